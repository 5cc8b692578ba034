import type { JsonObject } from '../json.js';

const leaves = (...names: readonly string[]): JsonObject => Object.fromEntries(names.map((name) => [name, '']));

/** What a search is to tell of each order: what a snapshot is made of, and no more (§2.2). An empty leaf is as good as null. */
export const SNAPSHOT_TEMPLATE: JsonObject = {
  ...leaves('OrderId', 'CurrencyCode', 'OrderTotal', 'CancelledOrderTotal', 'IsCancelled'),
  ...leaves('UpdatedTimestamp', 'TotalTaxes', 'TotalInformationalTaxes'),
  OrderHold: [leaves('HoldTypeId', 'StatusId')],
  Release: [leaves('ReleaseId', 'ShipFromLocationId')],
  Payment: [
    {
      PaymentMethod: [
        {
          ...leaves('PaymentMethodId', 'CurrentAuthAmount', 'CurrentSettledAmount', 'IsVoided'),
          PaymentTransaction: [
            {
              ...leaves('ProcessedAmount', 'RequestedAmount', 'TransactionExpiryDate'),
              TransactionType: leaves('PaymentTransactionTypeId'),
              PaymentResponseStatus: leaves('PaymentResponseStatusId'),
            },
          ],
        },
      ],
    },
  ],
  OrderLine: [
    {
      ...leaves('OrderLineId', 'ItemId', 'Quantity', 'IsReturn', 'IsCancelled'),
      ...leaves('PromisedDeliveryDate', 'PickupExpiryDate', 'CancellationRequestStatus'),
      CancelReason: leaves('ReasonId'),
      OrderLineCancelHistory: [{ CancelReason: leaves('ReasonId') }],
      QuantityDetail: [{ ...leaves('StatusId', 'Quantity'), Reason: leaves('ReasonId') }],
      FulfillmentDetail: [
        leaves('PackageId', 'TrackingNumber', 'CarrierCode', 'ReleaseId', 'ItemId', 'Quantity', 'FulfillmentDate'),
      ],
    },
  ],
};
