import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { firstMessage, TwinClient } from '../testing/twin-client.js';
import { objectIn, rows, type JsonObject } from '../wire/json.js';

const PROMISING = '/promising/api/promising';
const VIEW = {
  name: 'Web',
  id: 'view-1',
  type: 'network',
  locations: ['DC1', { id: 'S1', kind: 'Stores' }],
  futureSupplyTypes: ['On Order'],
};

describe('§6.5 promising of the Manhattan twin', () => {
  let twin: TwinClient;
  beforeEach(async () => {
    twin = await TwinClient.start();
    await twin.put('/control/inventory/views', { organization: 'NORTH', views: [VIEW] });
  });
  afterEach(() => twin.close());

  const stock = (...supply: [itemId: string, locationId: string, quantity: number, more?: object][]) =>
    twin.put('/control/inventory/supply', {
      organization: 'NORTH',
      supply: supply.map(([itemId, locationId, quantity, more]) => ({ itemId, locationId, quantity, ...more })),
    });
  const line = (DetailId: string, ItemId: string, Quantity: number, more: object = { EvaluateShipping: true }) => ({
    DetailId,
    ItemId,
    Quantity,
    ...more,
  });
  const request = (...RequestDetails: object[]) => ({
    RequestId: 'Cart_01',
    PromisingConfigName: 'Web',
    FulfillmentOptions: {
      Shipping: { ShippingMethodIds: ['GROUND', 'AIR'] },
      Pickup: { PickupLocationIds: ['S1', 'DC1'] },
      ShipToStore: { ShipToLocationIds: ['S1'] },
    },
    RequestDetails,
  });
  const atp = async (...details: object[]) => (await twin.post(`${PROMISING}/cart/atp`, request(...details))).body;
  const now = async () => String((await twin.get('/control/clock')).body.now);
  const hoursUntil = async (date: unknown) =>
    Math.round((Date.parse(`${String(date)}Z`) - Date.parse(`${await now()}Z`)) / 3_600_000);

  it.each(['product', 'cart'])('answers %s dates bare, without the envelope', async (subject) => {
    await stock(['SKU-1', 'DC1', 20]);
    const { status, body } = await twin.post(`${PROMISING}/${subject}/atp`, request(line('L1', 'SKU-1', 1)));
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(
      ['MessageDTO', 'PickupOptions', 'RequestId', 'ResponseDetails', 'ShipToStoreOptions', 'ShippingOptions'].sort(),
    );
    const [detail] = rows(body, 'ResponseDetails');
    expect(detail).toMatchObject({ DetailId: 'L1', ItemId: 'SKU-1', PickupOptions: [] });
    expect(rows(detail ?? {}, 'ShippingOptions')[0]).toMatchObject({
      ShippingMethodId: 'GROUND',
      Quantity: 20,
      SupplyDetailsInfo: [{ Eta: null, Quantity: 20, ShipFromLocationId: 'DC1' }],
    });
    const [ground] = rows(body, 'ShippingOptions');
    expect(ground?.EarliestShipDate).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    expect([await hoursUntil(ground?.EarliestShipDate), await hoursUntil(ground?.EarliestDeliveryDate)]).toEqual([
      24, 144,
    ]);
  });

  it('leaves an option without stock out of the header, and keeps it at the line with nothing', async () => {
    const body = await atp(line('L1', 'SKU-none', 1));
    expect(body.ShippingOptions).toEqual([]);
    const options = rows(rows(body, 'ResponseDetails')[0] ?? {}, 'ShippingOptions');
    expect(options.map(({ ShippingMethodId }) => ShippingMethodId)).toEqual(['GROUND', 'AIR']);
    for (const option of options)
      expect(option).toMatchObject({
        Quantity: 0,
        EarliestShipDate: null,
        EarliestDeliveryDate: null,
        SupplyDetailsInfo: [],
      });
  });

  it('says whether everything in the cart is there', async () => {
    await stock(['SKU-1', 'DC1', 2], ['SKU-2', 'DC1', 1]);
    const all = async (quantity: number) =>
      rows(await atp(line('L1', 'SKU-1', 2), line('L2', 'SKU-2', quantity)), 'ShippingOptions').map(
        ({ AreAllItemsAvailable }) => AreAllItemsAvailable,
      );
    expect(await all(1)).toEqual([true, true]);
    expect(await all(2)).toEqual([false, false]);
  });

  it("lets a line's own shipping method win over the header's", async () => {
    await stock(['SKU-1', 'DC1', 2]);
    const body = await atp(line('L1', 'SKU-1', 1, { EvaluateShipping: true, ShippingMethodId: 'DRONE' }));
    expect(rows(body, 'ShippingOptions').map(({ ShippingMethodId }) => ShippingMethodId)).toEqual(['DRONE']);
  });

  it('looks at the first pickup location alone, and at its own stock', async () => {
    await stock(['SKU-1', 'DC1', 9], ['SKU-1', 'S1', 2]);
    const pickup = { EvaluatePickup: true, EvaluatePickupWithShipTo: true };
    const body = await atp(line('L1', 'SKU-1', 3, pickup));
    expect(body.ShippingOptions).toEqual([]);
    expect(body.PickupOptions).toMatchObject([{ PickupLocationId: 'S1', AreAllItemsAvailable: false }]);
    expect(await hoursUntil(rows(body, 'PickupOptions')[0]?.EarliestPickupDate)).toBe(2);
    expect(body.ShipToStoreOptions).toMatchObject([{ ShipToLocationId: 'S1', AreAllItemsAvailable: true }]);
    expect(rows(body, 'ResponseDetails')[0]).toMatchObject({
      PickupOptions: [{ Quantity: 2, SupplyDetailsInfo: [{ ShipFromLocationId: 'S1' }] }],
    });
  });

  it('dates what is on its way by its arrival', async () => {
    await stock(['SKU-1', 'DC1', 1], ['SKU-1', 'S1', 5, { supplyType: 'On Order', eta: '2035-01-01T00:00:00.000' }]);
    const dates = async (quantity: number) =>
      rows(await atp(line('L1', 'SKU-1', quantity)), 'ShippingOptions')[0]?.EarliestShipDate;
    expect(await hoursUntil(await dates(1))).toBe(24);
    expect(await dates(2)).toBe('2035-01-02T00:00:00');
    await stock(['SKU-2', 'DC1', 1]);
    const cart = await atp(line('L1', 'SKU-1', 2), line('L2', 'SKU-2', 1));
    expect(rows(cart, 'ShippingOptions')[0]).toMatchObject({
      EarliestShipDate: '2035-01-02T00:00:00',
      EarliestDeliveryDate: '2035-01-07T00:00:00',
    });
  });

  it('goes by the lead times that it is told', async () => {
    await stock(['SKU-1', 'DC1', 1]);
    await twin.put('/control/promising', { shipHours: 1, transitDays: 1 });
    const [option] = rows(await atp(line('L1', 'SKU-1', 1)), 'ShippingOptions');
    expect([await hoursUntil(option?.EarliestShipDate), await hoursUntil(option?.EarliestDeliveryDate)]).toEqual([
      1, 25,
    ]);
  });

  const reserve = (id: string, Quantity: number, more: object = {}) =>
    twin.post(`${PROMISING}/promise`, {
      PromisingRequestId: id,
      RequestType: 'Reservation',
      DemandType: 'Allocation',
      PromisingRequestDetail: [{ ItemId: 'SKU-1', Quantity }],
      ...more,
    });
  const promised = ({ body }: { body: JsonObject }) =>
    rows(objectIn(body, 'data') ?? {}, 'PromisingRequestDetail').map(({ PromisedQuantity }) => PromisedQuantity)[0];
  const status = async () => {
    const { body } = await twin.post(`${PROMISING}/getInventoryStatus`, { RequestDetails: [{ ItemId: 'SKU-1' }] });
    return rows(body, 'data')[0];
  };

  it('reserves stock for a promise, in an envelope; a repeat replaces it, a query takes nothing', async () => {
    await stock(['SKU-1', 'DC1', 3], ['SKU-1', 'S1', 3]);
    expect(promised(await reserve('R1', 4, { RequestType: 'Query' }))).toBe(4);
    expect(await status()).toMatchObject({ TotalQuantity: 6 });
    const first = await reserve('R1', 4);
    expect(first.body).toMatchObject({ success: true, data: { PromisingRequestId: 'R1', RequestType: 'Reservation' } });
    expect(promised(first)).toBe(4);
    await reserve('R1', 5);
    expect(await status()).toMatchObject({ TotalQuantity: 1, StatusCode: 2, Status: 'AVAILABLE' });
    expect(promised(await reserve('R2', 5))).toBe(1);
    expect(await status()).toMatchObject({ TotalQuantity: 0, StatusCode: 0, Status: 'OUT_OF_STOCK' });
  });

  it('gives a reservation back when it expires', async () => {
    await stock(['SKU-1', 'DC1', 3]);
    const ReservationExpiryDate = new Date(Date.now() + 3_600_000).toISOString().slice(0, 19);
    await reserve('R1', 3, { ReservationExpiryDate });
    expect(await status()).toMatchObject({ TotalQuantity: 0 });
    await twin.post('/control/clock', { advanceMs: 3_600_000 });
    expect(await status()).toMatchObject({ TotalQuantity: 3 });
  });

  it.each([
    ['cart/atp', { RequestDetails: [line('1', 'A', 1)], PromisingConfigName: 'Nobody' }, 'PromisingConfigName'],
    ['cart/atp', {}, 'RequestDetails'],
    ['cart/atp', { RequestDetails: [line('1', 'A', 0)] }, 'Quantity'],
    ['promise', { RequestType: 'Wish' }, 'RequestType'],
    ['promise', { RequestType: 'Query', PromisingRequestId: '1' }, 'DemandType'],
    ['getInventoryStatus', {}, 'RequestDetails'],
  ])('refuses at %s %j by the field %s', async (path, body, field) => {
    const answer = await twin.post(`${PROMISING}/${path}`, body);
    expect([answer.status, firstMessage(answer.body).split(':')[0]]).toEqual([400, field]);
  });
});
