import type { TenantSwitches } from '../control/tenant-switches.js';
import { minorUnit } from '../wire/currency.js';
import { fromUnits, setUnits, share, units, type Units } from '../wire/decimals.js';
import { flag, objectIn, rows, text, type JsonObject } from '../wire/json.js';
import { invalid } from '../wire/refusal.js';
import { epochOf } from '../wire/vendor-time.js';
import { lineById } from '../fulfilment/selection.js';
import { unitsIn } from '../orders/quantities.js';
import { STATUS } from '../orders/status-ladder.js';

export interface ReturnSurroundings {
  /** The stored order of the same organization. */
  orderById: (orderId: string) => JsonObject | undefined;
  /** Units that an older return only announces and this one may take over. */
  reopenable: (parentOrderId: string, parentLineId: string) => Units;
  switches: Readonly<TenantSwitches>;
  /** Milliseconds since the epoch. */
  now: number;
}

const DAY_MS = 86_400_000;

/**
 * What a save makes of return lines (§5.1): they must come from units that their parent can give back, and what the host
 * did not price itself is copied from the parent, prorated and negated. An exchange waits on `ReturnItemsPending`.
 * @throws Refusal 400 naming the field: no or an unknown parent, more than returnable, too old
 */
export function completeReturnLines(
  draft: JsonObject,
  before: JsonObject | undefined,
  payload: JsonObject,
  surroundings: ReturnSurroundings,
): void {
  const lines = rows(draft, 'OrderLine');
  const returns = lines.filter((line) => flag(line, 'IsReturn'));
  if (returns.length === 0) return;
  const claimed = new Map<JsonObject, Units>();
  for (const line of returns) {
    const old = before && lineById(before, text(line, 'OrderLineId'));
    const more = units(line, 'Quantity') - (old ? units(old, 'Quantity') : 0);
    if (more <= 0 || flag(line, 'IsCancelled')) continue;
    const parent = parentLineOf(line, surroundings);
    if (!parent) continue;
    const earlier = claimed.get(parent) ?? 0;
    const reopened = before ? 0 : reopenedFor(line, surroundings);
    claimed.set(parent, earlier + more);
    refuseUnreturnable(line, parent, earlier + more - reopened, surroundings);
    if (old) continue;
    const actions = objectIn(payload, 'OrderActions') ?? {};
    price(line, parent, actions, { earlier: earlier - reopened, minor: minorUnit(text(draft, 'CurrencyCode')) });
  }
  const parents = returns.map((line) => text(line, 'ParentOrderId')).filter((id) => id !== undefined);
  draft.RelatedOrderIds = [...new Set(parents)];
  if (returns.length < lines.length) waitForReturnedGoods(draft);
}

function reopenedFor(line: JsonObject, { reopenable }: ReturnSurroundings): Units {
  return reopenable(text(line, 'ParentOrderId') ?? '', text(line, 'ParentOrderLineId') ?? '');
}

function parentLineOf(line: JsonObject, { orderById, switches }: ReturnSurroundings): JsonObject | undefined {
  const [orderId, lineId] = [text(line, 'ParentOrderId'), text(line, 'ParentOrderLineId')];
  if (orderId === undefined && switches.returnWithoutParent === 'accept') return undefined;
  if (orderId === undefined || lineId === undefined) {
    const missing = orderId === undefined ? 'ParentOrderId' : 'ParentOrderLineId';
    throw invalid(missing, `${missing} is required on return line ${text(line, 'OrderLineId') ?? '?'}`);
  }
  const parent = orderById(orderId);
  if (!parent) throw invalid('ParentOrderId', `Parent order ${orderId} is not known`);
  const parentLine = lineById(parent, lineId);
  if (!parentLine) throw invalid('ParentOrderLineId', `Parent order ${orderId} has no line ${lineId}`);
  return parentLine;
}

/** An API return is not asked whether the item is returnable, but its age counts (§5.1). */
function refuseUnreturnable(
  line: JsonObject,
  parent: JsonObject,
  quantity: Units,
  { switches, now }: ReturnSurroundings,
): void {
  const returnable = unitsIn(parent, [STATUS.fulfilled, STATUS.delivered]);
  if (quantity > returnable)
    throw invalid('Quantity', `Only ${fromUnits(returnable)} of the parent line can be returned`);
  const dates = rows(parent, 'FulfillmentDetail').map((row) => epochOf(text(row, 'FulfillmentDate') ?? ''));
  const tooOld = switches.returnAgeDays > 0 && Math.max(...dates) + switches.returnAgeDays * DAY_MS < now;
  line.IsReturnAllowedByAgePolicy = !tooOld;
  if (tooOld) throw invalid('IsReturnAllowedByAgePolicy', 'The return age policy does not allow this return');
}

/** Shares are cumulative over the returns of a line, so that together they take exactly what was paid. */
function price(
  line: JsonObject,
  parent: JsonObject,
  actions: JsonObject,
  { earlier, minor }: { earlier: Units; minor: Units },
): void {
  const isSet = (name: string) => String(actions[name]) === 'true';
  const before = earlier + unitsIn(parent, [STATUS.returnPending, STATUS.returned]);
  const whole = units(parent, 'Quantity');
  const negated = (row: JsonObject, name: string): JsonObject => {
    const due = (part: Units) => (part === 0 ? 0 : share(units(row, name), part, whole, minor));
    return { ...row, [name]: fromUnits(due(before) - due(before + units(line, 'Quantity'))) };
  };
  if (!isSet('IsAlreadyPriced')) setUnits(line, 'UnitPrice', -units(parent, 'UnitPrice'));
  if (!isSet('IsAlreadyCharged'))
    line.OrderLineChargeDetail = rows(parent, 'OrderLineChargeDetail').map((row) => negated(row, 'ChargeTotal'));
  if (!isSet('IsAlreadyTaxed'))
    line.OrderLineTaxDetail = rows(parent, 'OrderLineTaxDetail').map((row) => ({
      ...negated(row, 'TaxAmount'),
      TaxableAmount: negated(row, 'TaxableAmount').TaxableAmount ?? null,
    }));
}

function waitForReturnedGoods(draft: JsonObject): void {
  const holds = rows(draft, 'OrderHold');
  if (holds.some((hold) => hold.HoldTypeId === 'ReturnItemsPending')) return;
  draft.OrderHold = [...holds, { HoldTypeId: 'ReturnItemsPending', StatusId: '1000' }];
}
