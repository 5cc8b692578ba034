import { toUnits } from '../wire/decimals.js';
import { isObject, objectIn, referenceId, rows, text, type JsonObject } from '../wire/json.js';
import { invalid } from '../wire/refusal.js';
import { ON_HAND, type Supply, type SupplyKey, type SupplyStore } from './supply-store.js';

/** The vendor's bound of one call (§2.7). */
const MOST_EVENTS = 50;

interface SupplyChange {
  key: SupplyKey;
  mode: 'A' | 'S' | 'R';
  quantity: number;
  eta: string | null;
  sequence: number | null;
}

/** `POST …/supply/supplyEvent` (§6.4): all or nothing. @throws Refusal naming the first event that cannot be read */
export function receiveSupplyEvents(
  store: SupplyStore,
  organization: string,
  body: JsonObject,
  mayReplace: (locationId: string) => boolean,
): void {
  const events = rows(body, 'SupplyEvent');
  if (events.length === 0) throw invalid('SupplyEvent', 'SupplyEvent is required');
  if (events.length > MOST_EVENTS)
    throw invalid('SupplyEvent', `At most ${MOST_EVENTS} supply events are allowed per call`);
  const changes = events.map((event, index) => readEvent(organization, event, index));
  for (const { mode, key } of changes)
    if (mode === 'R' && !mayReplace(key.locationId))
      throw invalid('QuantityAdjustmentType', `Replace is not enabled for location ${key.locationId}`);
  for (const change of changes) apply(store, change);
}

function readEvent(organization: string, event: JsonObject, index: number): SupplyChange {
  const definition = objectIn(event, 'SupplyDefinition') ?? {};
  const particulars = objectIn(definition, 'SupplyData') ?? {};
  const required = (owner: JsonObject, name: string) => {
    const value = owner[name];
    if (value === undefined || value === null || value === '' || isObject(value))
      throw invalid(name, `SupplyEvent[${index}]: ${name} is required`);
    return String(value);
  };
  const mode = (['A', 'S', 'R'] as const).find((known) => known === particulars.QuantityAdjustmentType);
  if (!mode) throw invalid('QuantityAdjustmentType', `SupplyEvent[${index}]: QuantityAdjustmentType must be A, S or R`);
  const quantity = Number(required(particulars, 'Quantity'));
  if (!Number.isFinite(quantity)) throw invalid('Quantity', `SupplyEvent[${index}]: Quantity must be a number`);
  const sequence = particulars.ExternalSequenceNumber;
  return {
    key: {
      organization,
      itemId: required(definition, 'ItemId'),
      locationId: required(definition, 'LocationId'),
      supplyType: referenceId(definition, 'SupplyType', 'SupplyTypeId') ?? ON_HAND,
    },
    mode,
    quantity,
    eta: text(particulars, 'ETA') ?? null,
    sequence: sequence === undefined || sequence === null ? null : Number(sequence),
  };
}

/** A replacement whose sequence number is not higher than the stored one is passed over without a word (§2.6, §10.25). */
function apply(store: SupplyStore, { key, mode, quantity, eta, sequence }: SupplyChange): void {
  const stored = store.find(key)?.externalSequenceNumber ?? null;
  if (mode === 'R' && stored !== null && (sequence === null || sequence <= stored)) return;
  store.change(key, (supply) => {
    supply.quantity = changed(supply, mode, toUnits(quantity));
    if (eta !== null) supply.eta = eta;
    if (sequence !== null) supply.externalSequenceNumber = Math.max(sequence, stored ?? sequence);
  });
}

function changed({ quantity }: Supply, mode: SupplyChange['mode'], by: number): number {
  if (mode === 'R') return by;
  return mode === 'A' ? quantity + by : quantity - by;
}
