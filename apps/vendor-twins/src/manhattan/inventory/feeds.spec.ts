import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../testing/eventually.js';
import { startPushReceiver, type PushReceiver } from '../testing/push-receiver.js';
import { TwinClient } from '../testing/twin-client.js';
import { objectIn, rows, type JsonObject } from '../wire/json.js';

const NETWORK = {
  name: 'Ship',
  id: 'view-1',
  type: 'network',
  locations: ['DC1'],
  outThreshold: 2,
  limitedThreshold: 5,
};
const LOCAL = { name: 'Pick', id: 'view-2', type: 'location', locations: ['S1', 'S2'] };

describe('§6.3 outbound availability of the Manhattan twin', () => {
  let twin: TwinClient;
  let receiver: PushReceiver;
  beforeEach(async () => {
    twin = await TwinClient.start();
    receiver = await startPushReceiver();
    await twin.put('/control/publishing', { http: { url: receiver.url } });
  });
  afterEach(async () => {
    await twin.close();
    await receiver.close();
  });

  const views = (...list: object[]) => twin.put('/control/inventory/views', { organization: 'NORTH', views: list });
  const setAll = (...supply: object[]) => twin.put('/control/inventory/supply', { organization: 'NORTH', supply });
  const set = (itemId: string, locationId: string, quantity: number, more: object = {}) =>
    setAll({ itemId, locationId, quantity, ...more });
  const sync = (view: string, more: object = {}) =>
    twin.post('/control/inventory/sync', { organization: 'NORTH', view, ...more });
  const settings = (more: object) => twin.put('/control/inventory/settings', more);
  /** What was published since the last call, by type, in the order of publishing. */
  const published = async (type: string): Promise<JsonObject[]> => {
    await eventually('all is delivered', async () => (await twin.get('/control/publishing')).body.pending === 0);
    const all = receiver.pushes.splice(0).map(({ body }) => ({
      headers: objectIn(body, 'OriginalHeaders') ?? {},
      payload: objectIn(body, 'OriginalPayload') ?? {},
    }));
    all.sort((left, right) => (String(left.headers.MSG_ID_PK) < String(right.headers.MSG_ID_PK) ? -1 : 1));
    return all.filter(({ headers }) => headers.MSG_TYPE === type).map(({ payload }) => payload);
  };
  const alerts = () => published('PublishAvailabilityAlertMSGType');
  const details = async () =>
    (await published('PublishAvailabilitySyncMSGType')).filter((page) => page.MessageType === 'SyncDetails');
  const ids = (page: JsonObject | undefined) => rows(page ?? {}, 'AvailabilityDetails').map(({ ItemId }) => ItemId);

  it('alerts of a new record and of a crossed threshold, and is silent between thresholds', async () => {
    await views(NETWORK, LOCAL);
    await set('SKU-1', 'DC1', 10);
    expect(await alerts()).toMatchObject([{ ItemId: 'SKU-1', StatusCode: 2, TotalQuantity: 10, ViewName: 'Ship' }]);
    await set('SKU-1', 'DC1', 6);
    expect(await alerts()).toEqual([]);
    await set('SKU-1', 'DC1', 5);
    expect(await alerts()).toMatchObject([{ StatusCode: 1, TotalQuantity: 5 }]);
    await set('SKU-1', 'DC1', 0);
    expect(await alerts()).toMatchObject([{ StatusCode: 0, TotalQuantity: 0 }]);
    await set('SKU-1', 'S1', 50);
    await set('SKU-2', 'S1', 50);
    expect(await alerts()).toEqual([]);
    await set('SKU-3', 'DC1', 0);
    expect(await alerts()).toMatchObject([{ ItemId: 'SKU-3', StatusCode: 0 }]);
  });

  it('alerts of a new first future date where that is configured', async () => {
    await views({ ...NETWORK, futureSupplyTypes: ['On Order'] });
    await set('SKU-1', 'DC1', 0);
    await alerts();
    const order = (day: number) => ({ supplyType: 'On Order', eta: `2031-05-0${day}T00:00:00.000` });
    await set('SKU-1', 'DC1', 5, order(3));
    expect(await alerts()).toEqual([]);
    await settings({ alertOnFutureDate: true });
    await set('SKU-1', 'DC1', 5, order(2));
    expect(await alerts()).toMatchObject([{ NextAvailabilityDate: '2031-05-02T00:00:00.000' }]);
  });

  it('tells every change of every network view where change events are configured', async () => {
    await views(NETWORK, { ...NETWORK, name: 'Ship All', id: 'view-9' });
    await settings({ changeEvents: true });
    await setAll(...[10, 9].map((quantity) => ({ itemId: 'SKU-1', locationId: 'DC1', quantity })));
    const changes = await published('PublishAvailabilityChangeMSGType');
    const seen = changes.map(({ ViewName, TotalQuantity }) => `${String(ViewName)} ${String(TotalQuantity)}`);
    expect(seen.sort()).toEqual(['Ship 10', 'Ship 9', 'Ship All 10', 'Ship All 9']);
    const times = changes.map(({ TransactionDateTime }) => String(TransactionDateTime));
    expect(new Set(times).size).toBe(2);
  });

  it('says that there is stock and a quantity of 0 where a view does not publish quantities', async () => {
    await views({ ...NETWORK, publishesQuantity: false });
    await set('SKU-1', 'DC1', 10);
    expect(await alerts()).toMatchObject([{ StatusCode: 2, TotalQuantity: 0, Quantity: {} }]);
  });

  it('brings a full network sync as Start, Details by page and End', async () => {
    await views(NETWORK);
    for (const n of [1, 2, 3, 4, 5]) await set(`SKU-${n}`, 'DC1', n);
    await alerts();
    await sync('Ship', { chunk: 2 });
    const messages = await published('PublishAvailabilitySyncMSGType');
    const of = (type: string) => messages.filter(({ MessageType }) => MessageType === type);
    const totals = { TransactionNumber: '1', ViewName: 'Ship', TotalCount: 5, TotalPages: 3 };
    expect(of('StartSync')).toMatchObject([totals]);
    expect(of('EndSync')).toMatchObject([totals]);
    const pages = of('SyncDetails').sort((left, right) => Number(left.CurrentPage) - Number(right.CurrentPage));
    expect(pages.map(({ CurrentPage, CurrentCount }) => [CurrentPage, CurrentCount])).toEqual([
      [0, 2],
      [1, 2],
      [2, 1],
    ]);
    expect(pages[2]).toMatchObject({ ...totals, AvailabilityDetails: [{ ItemId: 'SKU-5', TotalQuantity: 5 }] });
  });

  it('skips pages that are empty or get lost, and still counts them', async () => {
    await views({ ...NETWORK, infiniteItems: ['SKU-1'] });
    for (const n of [1, 2, 3, 4]) await set(`SKU-${n}`, 'DC1', n === 2 ? 0 : n);
    await alerts();
    await sync('Ship', { chunk: 1, withoutZero: true, skipPages: [3] });
    const [only, ...others] = await details();
    expect(others).toEqual([]);
    expect([ids(only), only?.CurrentPage, only?.TotalPages]).toEqual([['SKU-3'], 2, 4]);
    await settings({ sendEmptyPages: true });
    await sync('Ship', { chunk: 2, withoutZero: true });
    const first = (await details()).find(({ CurrentPage }) => CurrentPage === 0);
    expect(first).toMatchObject({ CurrentCount: 0, ExcludedInfiniteSupplyCount: 1, AvailabilityDetails: [] });
  });

  it('counts locations in the pages of a location sync, and items apart', async () => {
    await views(LOCAL);
    for (const [item, place] of [
      ['A', 'S1'],
      ['B', 'S1'],
      ['C', 'S1'],
      ['A', 'S2'],
    ] as const)
      await set(item, place, 4);
    await sync('Pick', { chunk: 2 });
    const pages = await details();
    const shown = pages.map((page) => [
      page.CurrentPage,
      page.TotalPages,
      page.Locations,
      page.ItemCountForLocation,
      page.CurrentItemCount,
      page.TotalItemPages,
    ]);
    expect(shown).toHaveLength(3);
    expect(shown).toEqual(
      expect.arrayContaining([
        [0, 2, ['S1'], 3, 2, 2],
        [0, 2, ['S1'], 3, 1, 2],
        [1, 2, ['S2'], 1, 1, 1],
      ]),
    );
    expect(rows(pages[0] ?? {}, 'AvailabilityDetails')[0]).toMatchObject({ Quantity: 4 });
  });

  it('brings in a delta the latest values changed since the run before, without Start and End', async () => {
    await views(LOCAL);
    await set('A', 'S1', 4);
    await set('B', 'S1', 4);
    await sync('Pick', { kind: 'delta' });
    expect((await details()).flatMap(ids).sort()).toEqual(['A', 'B']);
    await set('A', 'S1', 3);
    await set('A', 'S1', 2);
    await sync('Pick', { kind: 'delta' });
    const messages = await published('PublishAvailabilitySyncMSGType');
    expect(messages).toMatchObject([
      { MessageType: 'SyncDetails', AvailabilityDetails: [{ ItemId: 'A', Quantity: 2 }] },
    ]);
    await sync('Pick', { kind: 'delta' });
    expect(await published('PublishAvailabilitySyncMSGType')).toEqual([]);
    // So many at once that the last of them is stamped ahead of the clock.
    await setAll(...Array.from({ length: 50 }, (_, n) => ({ itemId: `M${n}`, locationId: 'S1', quantity: 1 })));
    await sync('Pick', { kind: 'delta' });
    expect((await details()).flatMap(ids)).toHaveLength(50);
    await sync('Pick', { kind: 'delta' });
    expect(await details()).toEqual([]);
    await views(NETWORK);
    expect((await sync('Ship', { kind: 'delta' })).status).toBe(400);
  });

  it('tells in a delta of an item that left the view as out of stock', async () => {
    await views(LOCAL);
    await set('A', 'S1', 4);
    await sync('Pick', { kind: 'delta' });
    await views({ ...LOCAL, items: [] });
    await set('A', 'S1', 5);
    await details();
    await sync('Pick', { kind: 'delta' });
    expect((await details()).flatMap((page) => rows(page, 'AvailabilityDetails'))).toMatchObject([
      { ItemId: 'A', StatusCode: 0, Quantity: 0 },
    ]);
  });

  it('§12 names the parts of its wrappers as configured', async () => {
    await views(NETWORK);
    await settings({ discriminatorName: 'Kind', startValue: 'BEGIN', recordsName: 'Rows', alertRecordName: 'Alert' });
    await set('A', 'DC1', 9);
    expect(await alerts()).toMatchObject([{ Alert: { ItemId: 'A' } }]);
    await sync('Ship');
    const messages = await published('PublishAvailabilitySyncMSGType');
    expect(messages.map(({ Kind }) => Kind).sort()).toEqual(['BEGIN', 'EndSync', 'SyncDetails']);
    expect(messages.find(({ Rows }) => Rows)?.Rows).toMatchObject([{ ItemId: 'A' }]);
    expect((await settings({ unknownName: 'x' })).status).toBe(400);
  });

  it('§7.1 repeats stock messages under chaos as any other', async () => {
    await views(NETWORK);
    await twin.put('/control/chaos', { copies: 3 });
    await set('A', 'DC1', 9);
    expect(await alerts()).toHaveLength(3);
  });
});
