import type { Sample } from './samples.js';

/** What the network holds of an item, as an answer tells it (§6.2). */
export const networkRow = (item: string, changes: Sample = {}): Sample => ({
  ItemId: item,
  Status: 'AVAILABLE',
  StatusCode: 2,
  NextAvailabilityDate: null,
  ViewName: 'Ship To Home',
  ViewId: '0b9d0f6e-0000-4000-8000-000000000001',
  TransactionDateTime: '2026-03-01T03:02:08.283',
  TotalQuantity: 50.0,
  Quantity: { DistributionCenters: 43, Stores: 7 },
  NetworkProtectionQuantity: {},
  SubstitutionDetails: { SubstituteItems: [{ ItemId: 'OTHER', Status: 'AVAILABLE', StatusCode: 2, Quantity: {} }] },
  IsInfiniteAvailability: null,
  ...changes,
});

/** What one location holds of it: here `Quantity` is a number. */
export const locationRow = (item: string, location: string, changes: Sample = {}): Sample => ({
  ItemId: item,
  LocationId: location,
  Status: 'AVAILABLE',
  StatusCode: '2',
  Quantity: '3.0',
  TransactionDateTime: '2026-03-01T03:02:08',
  ViewName: 'Store Stock',
  IsInfiniteAvailability: false,
  ...changes,
});

/** Promises for one line: by one method, by none of another, and at a store (§6.5). No envelope around it. */
export const promiseAnswer = (): Sample => ({
  RequestId: 'C-1',
  ShippingOptions: [{ ShippingMethodId: 'UPS_GROUND', AreAllItemsAvailable: true }],
  PickupOptions: [],
  ShipToStoreOptions: [],
  ResponseDetails: [
    {
      DetailId: 'L1',
      ItemId: 'SKU-1',
      ShippingOptions: [
        {
          ShippingMethodId: 'UPS_GROUND',
          EarliestShipDate: '2026-03-25T21:45:00',
          EarliestDeliveryDate: '2026-03-30T21:45:00',
          Quantity: 20.0,
          SupplyDetailsInfo: [{ Eta: null, Quantity: 20.0, ShipFromLocationId: 'DC1' }],
        },
        {
          ShippingMethodId: 'AIR',
          EarliestShipDate: null,
          EarliestDeliveryDate: null,
          Quantity: 0,
          SupplyDetailsInfo: [],
        },
      ],
      PickupOptions: [
        {
          PickupLocationId: '1001',
          EarliestPickupDate: '2026-03-24T09:00:00',
          SupplyDetailsInfo: [{ Quantity: 1 }, { Quantity: '2.0' }],
        },
      ],
    },
  ],
  MessageDTO: null,
});
