import type { JsonObject } from '../json.js';

const leaves = (...names: readonly string[]): JsonObject => Object.fromEntries(names.map((name) => [name, '']));

/** What a search is to tell of each order: what a snapshot is made of, and no more (§2.2). An empty leaf is as good as null. */
export const SNAPSHOT_TEMPLATE: JsonObject = {
  ...leaves('OrderId', 'OrgId', 'CurrencyCode', 'OrderTotal', 'CancelledOrderTotal', 'IsCancelled'),
  ...leaves('UpdatedTimestamp', 'MaxFulfillmentStatusId'),
  OrderHold: [leaves('HoldTypeId', 'StatusId')],
  Release: [leaves('ReleaseId', 'ShipFromLocationId')],
  OrderLine: [
    {
      ...leaves('OrderLineId', 'ItemId', 'Quantity', 'IsReturn', 'IsCancelled'),
      ...leaves('MinFulfillmentStatusId', 'MaxFulfillmentStatusId'),
      QuantityDetail: [{ ...leaves('StatusId', 'Quantity'), Status: leaves('StatusId') }],
      FulfillmentDetail: [
        leaves('PackageId', 'TrackingNumber', 'CarrierCode', 'ReleaseId', 'ItemId', 'Quantity', 'FulfillmentDate'),
      ],
    },
  ],
};
