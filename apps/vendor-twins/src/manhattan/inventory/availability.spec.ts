import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLine, anOrder } from '../testing/an-order.js';
import { eventually } from '../../testing/eventually.js';
import { firstMessage, TwinClient } from '../testing/twin-client.js';
import { rows } from '../wire/json.js';

const AVAILABILITY = '/inventory/api/availability';
const NETWORK = {
  name: 'Ship To Home',
  id: 'view-1',
  type: 'network',
  locations: ['DC1', { id: 'S1', kind: 'Stores' }],
};
const STORES = { name: 'Pick Up', id: 'view-2', type: 'location', locations: [{ id: 'S1', kind: 'Stores' }, 'S2'] };

describe('§6 availability of the Manhattan twin', () => {
  let twin: TwinClient;
  beforeEach(async () => {
    twin = await TwinClient.start();
  });
  afterEach(() => twin.close());

  const views = (...list: object[]) => twin.put('/control/inventory/views', { organization: 'NORTH', views: list });
  const stock = (...supply: [itemId: string, locationId: string, quantity: number, more?: object][]) =>
    twin.put('/control/inventory/supply', {
      organization: 'NORTH',
      supply: supply.map(([itemId, locationId, quantity, more]) => ({ itemId, locationId, quantity, ...more })),
    });
  const ask = async (path: string, body: object) => {
    const answer = await twin.post(`${AVAILABILITY}/${path}`, body);
    expect(answer.body).toMatchObject({ success: true, statusCode: 'OK' });
    return rows(answer.body, 'data');
  };
  const network = async (...Items: string[]) => ask('availabilitydetail', { ViewName: 'Ship To Home', Items });

  it('§6.2 answers the network with a quantity object, by kind of location, in an envelope', async () => {
    await views(NETWORK);
    await stock(['SKU-1', 'DC1', 43], ['SKU-1', 'S1', 7], ['SKU-1', 'ELSEWHERE', 100]);
    const [row] = await network('SKU-1');
    expect(row).toMatchObject({
      ItemId: 'SKU-1',
      Status: 'AVAILABLE',
      StatusCode: 2,
      ViewName: 'Ship To Home',
      ViewId: 'view-1',
      TotalQuantity: 50,
      Quantity: { DistributionCenters: 43, Stores: 7 },
      NetworkProtectionQuantity: {},
      NextAvailabilityDate: null,
    });
    expect(row?.TransactionDateTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/);
  });

  it('§6.2 answers locations with a number, one row for each item and place', async () => {
    await views(STORES);
    await stock(['SKU-1', 'S1', 3], ['SKU-1', 'S2', 0]);
    const body = { ViewDefinitionId: 'view-2', Items: ['SKU-1'], Locations: ['S1', 'S2', 'S3'] };
    const found = await ask('location/availabilitydetail', body);
    expect(new Map(found.map((row) => [row.LocationId, [row.Quantity, row.StatusCode]]))).toEqual(
      new Map([
        ['S1', [3, 2]],
        ['S2', [0, 0]],
      ]),
    );
  });

  it('§6.2 leaves quantities out of the status flavours', async () => {
    await views(NETWORK, STORES);
    await stock(['SKU-1', 'S1', 3]);
    const [overall] = await ask('availabilitystatus', { ViewName: 'Ship To Home', Items: ['SKU-1'] });
    const [local] = await ask('location/availabilitystatus', {
      ViewName: 'Pick Up',
      Items: ['SKU-1'],
      Locations: ['S1'],
    });
    expect(overall).toMatchObject({ Status: 'AVAILABLE', StatusCode: 2 });
    expect(local).toMatchObject({ LocationId: 'S1', StatusCode: 2 });
    for (const row of [overall, local]) expect(Object.keys(row ?? {}).filter((n) => /Quantity/.test(n))).toEqual([]);
  });

  it('§6.1 tells of an item that is not eligible as out of stock in the network, and not at all at a location', async () => {
    await views({ ...NETWORK, items: ['SKU-1'] }, { ...STORES, items: ['SKU-1'] });
    await stock(['SKU-2', 'S1', 9]);
    expect(await network('SKU-2', 'SKU-unknown')).toHaveLength(2);
    for (const row of await network('SKU-2', 'SKU-unknown'))
      expect(row).toMatchObject({ Status: 'OUT_OF_STOCK', StatusCode: 0, TotalQuantity: 0, Quantity: {} });
    const body = { ViewName: 'Pick Up', Items: ['SKU-2'], Locations: ['S1'] };
    expect(await ask('location/availabilitydetail', body)).toEqual([]);
  });

  it('§6.1 keeps back protection, per record and of the network, and is never negative', async () => {
    await views({ ...NETWORK, protection: 2, networkProtection: 3 });
    await stock(['SKU-1', 'DC1', 10], ['SKU-1', 'S1', 1]);
    expect(await network('SKU-1')).toMatchObject([
      { TotalQuantity: 5, Quantity: { DistributionCenters: 8 }, NetworkProtectionQuantity: { Total: 3 } },
    ]);
    await stock(['SKU-1', 'DC1', 1]);
    expect(await network('SKU-1')).toMatchObject([{ TotalQuantity: 0, StatusCode: 0 }]);
  });

  it('§6.1 takes the thresholds as the last values of their status', async () => {
    await views({ ...NETWORK, outThreshold: 2, limitedThreshold: 5 });
    await twin.put('/control/inventory/settings', { statusLimited: 'FEW' });
    const at = async (quantity: number) => {
      await stock(['SKU-1', 'DC1', quantity]);
      return (await network('SKU-1')).map(({ Status, StatusCode }) => [StatusCode, Status])[0];
    };
    expect(await at(2)).toEqual([0, 'OUT_OF_STOCK']);
    expect(await at(3)).toEqual([1, 'FEW']);
    expect(await at(5)).toEqual([1, 'FEW']);
    expect(await at(6)).toEqual([2, 'AVAILABLE']);
  });

  it('§6.1 dates the next availability by eligible future supply while there is none', async () => {
    await views({ ...NETWORK, futureSupplyTypes: ['On Order'] });
    const order = { supplyType: 'On Order', eta: '2031-05-01T00:00:00.000' };
    await stock(['SKU-1', 'DC1', 0], ['SKU-1', 'S1', 8, order]);
    expect(await network('SKU-1')).toMatchObject([
      { TotalQuantity: 0, StatusCode: 0, NextAvailabilityDate: '2031-05-01T00:00:00.000' },
    ]);
  });

  it('§6.2 adds quantities on hand and to come where a template wants them', async () => {
    await views({ ...NETWORK, protection: 1, futureSupplyTypes: ['On Order'] });
    const order = (day: number) => ({ supplyType: 'On Order', eta: `2031-05-0${day}T00:00:00.000` });
    await stock(['SKU-1', 'DC1', 4], ['SKU-1', 'DC1', 8, order(3)], ['SKU-1', 'S1', 2, order(2)]);
    expect(await network('SKU-1')).not.toMatchObject([{ OnHandQuantity: 4 }]);
    await twin.put('/control/inventory/settings', { extraFields: true });
    expect(await network('SKU-1')).toMatchObject([
      {
        TotalQuantity: 3,
        OnHandQuantity: 4,
        FutureQuantity: 10,
        FirstAvailableFutureQuantity: 2,
        FirstAvailableFutureDate: '2031-05-02T00:00:00.000',
      },
    ]);
  });

  it('§2.7 refuses more locations than a call may name', async () => {
    await views(STORES);
    const Locations = Array.from({ length: 101 }, (_, n) => `S${n}`);
    const body = { ViewName: 'Pick Up', Items: ['A'], Locations };
    const { status, body: answer } = await twin.post(`${AVAILABILITY}/location/availabilitydetail`, body);
    expect([status, firstMessage(answer)]).toEqual([400, 'Locations: At most 100 locations are allowed']);
  });

  it('§6.1 knows items without end', async () => {
    await views({ ...NETWORK, infiniteItems: ['GIFT'] });
    expect(await network('GIFT')).toMatchObject([{ StatusCode: 2, TotalQuantity: 0, IsInfiniteAvailability: true }]);
  });

  it('§6.1 answers in any order', async () => {
    await views(NETWORK);
    const items = Array.from({ length: 12 }, (_, n) => `SKU-${n}`);
    const orders = [await network(...items), await network(...items)].map((found) => found.map(({ ItemId }) => ItemId));
    expect(orders[0]).not.toEqual(items);
    expect([...(orders[0] ?? [])].sort()).toEqual([...items].sort());
    expect(orders[0]).not.toEqual(orders[1]);
  });

  it('§6.2 finds the items of a style by colour and size, within the bounds of §2.7', async () => {
    await views(NETWORK, STORES);
    const product = (itemId: string, color: string, size: string) => ({ itemId, style: 'TEE', color, size });
    const products = [product('TEE-RS', 'RED', 'S'), product('TEE-RM', 'RED', 'M'), product('TEE-BS', 'BLUE', 'S')];
    await twin.put('/control/inventory/products', { organization: 'NORTH', products });
    await stock(['TEE-RS', 'S1', 1], ['TEE-BS', 'DC1', 2]);
    const StyleDetail = { Style: 'TEE', Color: ['RED'], Size: [] };
    const ids = (found: { ItemId?: unknown }[]) => found.map(({ ItemId }) => ItemId).sort();
    const styled = await ask('product/availability', { ViewName: 'Ship To Home', StyleDetail });
    expect(ids(styled)).toEqual(['TEE-RM', 'TEE-RS']);
    const list = [{ Style: 'TEE', Size: ['S'] }];
    expect(ids(await ask('productList/availability', { ViewName: 'Ship To Home', StyleDetail: list }))).toEqual([
      'TEE-BS',
      'TEE-RS',
    ]);
    const local = { ViewName: 'Pick Up', StyleDetail, Locations: ['S1'] };
    expect(await ask('location/product/availability', local)).toMatchObject([{ ItemId: 'TEE-RS', Quantity: 1 }]);
    await twin.put('/control/inventory/settings', { itemsPerStyle: 1 });
    const { status, body } = await twin.post(`${AVAILABILITY}/location/product/availability`, local);
    expect([status, firstMessage(body)]).toEqual([400, 'StyleDetail: Style TEE has more than 1 items']);
  });

  it.each([
    ['no view', { Items: ['A'] }, 'ViewName: ViewName or ViewDefinitionId is required'],
    ['an unknown view', { ViewName: 'X', Items: ['A'] }, 'ViewName: View X is not known or not active'],
    ['a view at rest', { ViewName: 'Off', Items: ['A'] }, 'ViewName: View Off is not known or not active'],
    ['a view of the other type', { ViewName: 'Pick Up', Items: ['A'] }, 'ViewName: View Pick Up is no network view'],
    ['no items', { ViewName: 'Ship To Home' }, 'Items: Items is required'],
  ])('§2.3 refuses %s', async (_, request, words) => {
    await views(NETWORK, STORES, { ...NETWORK, name: 'Off', id: 'off', active: false });
    const { status, body } = await twin.post(`${AVAILABILITY}/availabilitydetail`, request);
    expect([status, firstMessage(body)]).toEqual([400, words]);
  });

  it('§6.1 reserves what is allocated, lets go what is cancelled, and takes off what is shipped', async () => {
    await views(NETWORK);
    await stock(['SKU-1', 'DC1', 10]);
    const supply = async () => (await twin.get('/control/inventory/supply?organization=NORTH')).body.list;
    const available = async (quantity: number) =>
      eventually(`${quantity} available`, async () => (await network('SKU-1'))[0]?.TotalQuantity === quantity);
    const lines = [{ orderLineId: '1', shipFromLocationId: 'DC1' }];
    await twin.live('K1', { do: 'allocate', lines }, { do: 'cancel' });
    await twin.live('K2', { do: 'allocate', lines }, { do: 'release' }, { do: 'ship' });
    await twin.live('K3', { do: 'allocate', lines });
    await twin.save(anOrder('K3', { IsConfirmed: true, OrderLine: [aLine('1', { Quantity: 4 })] }));
    await available(6);
    await twin.save(anOrder('K1', { IsConfirmed: true }));
    await eventually('K1 is cancelled', async () => (await twin.stored('K1')).IsCancelled === true);
    await available(6);
    await twin.save(anOrder('K2', { IsConfirmed: true }));
    await eventually('K2 is shipped', async () => (await twin.stored('K2')).MinFulfillmentStatusId === '7000');
    await available(4);
    expect(JSON.parse(String(await supply()))).toMatchObject([
      { Quantity: 8, SupplyAllocation: { AllocatedQuantity: 4 } },
    ]);
  });
});
