import type { Fields } from '../feed/fields.js';
import { APPLIED, statusOf } from '../feed/order-snapshot.js';
import { versionOf } from '../orders/order-reader.js';

/** What a change has to know of an order before it is made, and to look for afterwards (§3.5). Lines that come back are left out. */
export interface HeldOrder {
  readonly id: string;
  readonly version: number | undefined;
  readonly currency: string | undefined;
  readonly confirmed: boolean;
  readonly cancelled: boolean;
  readonly holds: readonly HeldHold[];
  readonly lines: readonly HeldLine[];
  readonly fields: Fields;
}

export interface HeldLine {
  readonly id: string;
  readonly quantity: number;
  /** The highest rung that any of its units has reached; 0 where the template leaves it out. */
  readonly highest: number;
  readonly cancelled: boolean;
  /** What became of a cancellation after release (§3.6); undefined where nobody asked for one. */
  readonly cancelRequest: string | undefined;
  /** What each cancellation of units took (§3.6); undefined where the template leaves the history out. */
  readonly cancelledUnits: readonly number[] | undefined;
  readonly deliveryMethod: string | undefined;
  /** How often units came up short (§4.3); undefined where the template leaves it out. */
  readonly shorts: number | undefined;
  /** Why units came up short, those since found elsewhere included (§3.2). */
  readonly reasons: readonly string[];
  /** Where somebody wished it to be sent from (§4.4). */
  readonly wantedFrom: string | undefined;
  readonly holds: readonly HeldHold[];
}

export interface HeldHold {
  readonly type: string;
  readonly applied: boolean;
}

const CANCELLED = 9000;

export function heldOrder(order: Fields): HeldOrder {
  const cancelled = isCancelled(order);
  const lines = order.children('OrderLine').filter((line) => !line.flag('IsReturn'));
  return {
    id: order.requiredText('OrderId'),
    version: versionOf(order),
    currency: order.text('CurrencyCode'),
    confirmed: order.flag('IsConfirmed'),
    cancelled,
    holds: order.children('OrderHold').map(holdOf),
    lines: lines.map((line) => lineOf(line, cancelled)),
    fields: order,
  };
}

function lineOf(line: Fields, orderCancelled: boolean): HeldLine {
  return {
    id: line.requiredText('OrderLineId'),
    quantity: line.quantity('Quantity') ?? 0,
    highest: highestOf(line),
    cancelled: orderCancelled || isCancelled(line),
    cancelRequest: line.text('CancellationRequestStatus'),
    cancelledUnits: cancelledUnitsOf(line),
    deliveryMethod: line.reference('DeliveryMethod', 'DeliveryMethodId'),
    shorts: line.quantity('LineShortCount'),
    reasons: line.children('QuantityDetail').flatMap((row) => row.reference('Reason', 'ReasonId') ?? []),
    wantedFrom: line.child('OrderLinePromisingInfo')?.text('ShipFromLocationId'),
    holds: line.children('OrderLineHold').map(holdOf),
  };
}

const cancelledUnitsOf = (line: Fields): readonly number[] | undefined =>
  Array.isArray(line.raw['OrderLineCancelHistory'])
    ? line.children('OrderLineCancelHistory').flatMap((row) => row.quantity('CancelQuantity') ?? [])
    : undefined;

const isCancelled = (entity: Fields): boolean => entity.flag('IsCancelled') || highestOf(entity) === CANCELLED;

const highestOf = (entity: Fields): number => Math.floor(Number(statusOf(entity, 'MaxFulfillmentStatus') ?? 0)) || 0;

const holdOf = (hold: Fields): HeldHold => ({
  type: hold.requiredText('HoldTypeId'),
  applied: Number(hold.requiredText('StatusId')) === APPLIED,
});
