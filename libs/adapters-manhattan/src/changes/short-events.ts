import { given, type OrderChange } from '@tandem/domain';
import { unreadable } from '../feed/fields.js';
import type { JsonObject } from '../json.js';
import type { VendorCall } from './change-plan.js';
import type { HeldOrder } from './held-order.js';
import type { ReleasedUnits } from './released-units.js';

export interface FulfilmentEvents {
  /** Both paths are documented for the same body (§4.1, §13); `orderevent` where absent. */
  readonly eventsBy?: 'orderevent' | 'fulfillmentevent';
}

/**
 * One list of Short events (§4.3). Its message id is the same for every repeat of the change, for an OMS that tells repeats by it: that
 * is not documented (§2.6).
 */
export function shortEvents(
  change: OrderChange,
  held: HeldOrder,
  missing: readonly ReleasedUnits[],
  reason: string,
  { eventsBy = 'orderevent' }: FulfilmentEvents,
): VendorCall {
  const ExternalMessageId = `${change.number}:${change.version}`;
  const OrderEvent = missing.map((units, index): JsonObject => {
    if (units.releaseLineId === undefined) throw unreadable('Release.ReleaseLine.ReleaseLineId', 'value.missing');
    const sold = held.fields.children('OrderLine').find((line) => line.text('OrderLineId') === units.lineId);
    return given({
      ExternalMessageId: `${ExternalMessageId}:${index + 1}`,
      EventTypeId: 'Short',
      OrderId: change.number,
      OrderLineId: units.lineId,
      ReleaseId: units.releaseId,
      ReleaseLineId: units.releaseLineId,
      Item: sold?.text('ItemId'),
      Quantity: units.open,
      UOM: sold?.text('UOM'),
      ShortReasonId: reason,
    });
  });
  return { path: `/order/api/order/${eventsBy}/receive`, body: { ExternalMessageId, OrderEvent } };
}
