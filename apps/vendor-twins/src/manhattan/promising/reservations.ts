import { sourcesOf, takeFrom, totalOf, type Source } from './sources.js';
import type { Inventory } from '../inventory/inventory.js';
import type { AvailabilityView } from '../inventory/view.js';
import { ON_HAND } from '../supply/supply-store.js';
import { fromUnits, toUnits } from '../wire/decimals.js';
import { flag, rows, text, type JsonObject } from '../wire/json.js';
import { invalid } from '../wire/refusal.js';
import { epochOf } from '../wire/vendor-time.js';

interface Reserved {
  itemId: string;
  sources: Source[];
}

const TYPES = ['Query', 'Reservation', 'Optimization'] as const;

/** `promise` (§6.5): plans a demand, and for a reservation keeps the stock until it is replaced or expires. */
export class Reservations {
  private readonly kept = new Map<string, { reserved: Reserved[]; callOff: () => void }>(); // by organization and request

  constructor(private readonly inventory: Inventory) {}

  /** The list of fields is not published whole (§12): this answers what was asked with what it may have. @throws Refusal */
  promise(organization: string, view: AvailabilityView, body: JsonObject): JsonObject {
    const type = TYPES.find((known) => known === body.RequestType);
    if (!type) throw invalid('RequestType', `RequestType must be one of ${TYPES.join(', ')}`);
    for (const name of ['PromisingRequestId', 'DemandType'])
      if (text(body, name) === undefined) throw invalid(name, `${name} is required`);
    const requestId = text(body, 'PromisingRequestId') ?? '';
    const details = rows(body, 'PromisingRequestDetail');
    if (details.length === 0) throw invalid('PromisingRequestDetail', 'PromisingRequestDetail is required');
    if (type === 'Reservation') this.release(organization, requestId);
    const answered = details.map((row) => this.plan(organization, view, row));
    if (type === 'Reservation') this.keep(organization, requestId, answered, text(body, 'ReservationExpiryDate'));
    return {
      PromisingRequestId: requestId,
      RequestType: type,
      IsConfirmed: flag(body, 'IsConfirmed'),
      PromisingRequestDetail: answered.map(({ row, sources }) => ({
        ...row,
        PromisedQuantity: fromUnits(totalOf(sources)),
        PromisedSupply: sources.map(({ locationId, quantity }) => ({
          ShipFromLocationId: locationId,
          Quantity: fromUnits(quantity),
        })),
      })),
    };
  }

  clear(): void {
    for (const { callOff } of this.kept.values()) callOff();
    this.kept.clear();
  }

  private plan(organization: string, view: AvailabilityView, row: JsonObject) {
    const [itemId, quantity] = [text(row, 'ItemId'), Number(row.Quantity)];
    if (itemId === undefined || !(quantity > 0)) throw invalid('ItemId', 'Every detail needs ItemId and Quantity');
    const found = sourcesOf(view, itemId, this.inventory.store.of(organization, itemId));
    const onHand = found.filter(({ eta }) => eta === null);
    return { row, itemId, sources: takeFrom(onHand, toUnits(quantity)) };
  }

  private keep(organization: string, requestId: string, reserved: Reserved[], expiry: string | undefined): void {
    this.allocate(organization, reserved, 1);
    const { clock } = this.inventory;
    const callOff =
      expiry === undefined
        ? () => undefined
        : clock.later(Math.max(0, epochOf(expiry) - clock.now()), () => this.release(organization, requestId));
    this.kept.set(JSON.stringify([organization, requestId]), { reserved, callOff });
  }

  private release(organization: string, requestId: string): void {
    const key = JSON.stringify([organization, requestId]);
    const kept = this.kept.get(key);
    if (!kept) return;
    kept.callOff();
    this.kept.delete(key);
    this.allocate(organization, kept.reserved, -1);
  }

  private allocate(organization: string, reserved: Reserved[], sign: 1 | -1): void {
    for (const { itemId, sources } of reserved)
      for (const { locationId, quantity } of sources)
        this.inventory.store.change({ organization, itemId, locationId, supplyType: ON_HAND }, (supply) => {
          supply.allocated += sign * quantity;
        });
  }
}
