import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLine, anOrder } from '../testing/an-order.js';
import { eventually } from '../../testing/eventually.js';
import { firstMessage, ORDER, TwinClient } from '../testing/twin-client.js';
import { objectIn, rows } from '../wire/json.js';

describe('what a tenant may choose about orders (§12, §13)', () => {
  let twin: TwinClient;
  beforeEach(async () => {
    twin = await TwinClient.start();
  });
  afterEach(() => twin.close());

  const choose = (wanted: object) => twin.put('/control/config', wanted);
  const found = async (query: string) =>
    rows((await twin.post(`${ORDER}/search`, { Query: query })).body, 'data').length;
  const released = async (orderId: string) => {
    await twin.live(orderId, { after: 0, do: 'allocate' }, { after: 0, do: 'release' });
    await twin.save(anOrder(orderId, { IsConfirmed: true }));
    await eventually('it is released', async () => (await twin.stored(orderId)).MinFulfillmentStatusId === '3000');
  };
  const ship = (orderId: string, Quantity: number, more: object = {}) => ({
    ...{ EventTypeId: 'Ship', OrderId: orderId, ReleaseId: `${orderId}1`, ReleaseLineId: '1', Item: 'SKU-1', Quantity },
    FulfillmentInfo: {},
    ...more,
  });
  const receive = (...OrderEvent: object[]) => twin.post('/order/api/order/orderevent/receive', { OrderEvent });
  const shipped = async (orderId: string) => {
    const [line] = rows(await twin.stored(orderId), 'OrderLine');
    return rows(line ?? {}, 'FulfillmentDetail').length;
  };

  it('§2.2 search lags behind by the time of the index, a read by id does not', async () => {
    await choose({ searchIndexDelayMs: 60_000 });
    await twin.save(anOrder('I1'));
    expect(await found("OrderId = 'I1'")).toBe(0);
    expect((await twin.get(`${ORDER}/orderId/I1`)).status).toBe(200);
    await twin.post('/control/clock', { advanceMs: 60_000 });
    expect(await found("OrderId = 'I1'")).toBe(1);
  });

  it('§2.2 totalCount is text, or a number', async () => {
    const count = async () => objectIn((await twin.post(`${ORDER}/search`, { Query: '' })).body, 'header')?.totalCount;
    expect(await count()).toBe('0');
    await choose({ totalCountType: 'number' });
    expect(await count()).toBe(0);
  });

  it('§3.2 the display text of 7000 is renamed, also where it is partial', async () => {
    await choose({ fulfilledName: 'Shipped' });
    await released('F1');
    await receive(ship('F1', 1));
    const read = async () => objectIn((await twin.get(`${ORDER}/orderId/F1`)).body, 'data')?.FulfillmentStatus;
    expect(await read()).toBe('Partially Shipped');
    await receive(ship('F1', 1));
    expect(await read()).toBe('Shipped');
  });

  it('§2.2 cuts a page to the largest size', async () => {
    await choose({ searchMaxSize: 2 });
    for (const id of ['P1', 'P2', 'P3']) await twin.save(anOrder(id));
    const { body } = await twin.post(`${ORDER}/search`, { Query: '', Size: 500 });
    expect(body).toMatchObject({ header: { totalCount: '3', size: 2 }, data: [{}, {}] });
  });

  it.each([
    ['429', 429, /^\d+$/],
    ['429-without-retry-after', 429, null],
    ['503', 503, null],
  ])('§2.7 answers %s over the hourly budget, until the next hour', async (overBudgetAnswer, status, retryAfter) => {
    await choose({ hourlyCallBudget: 2, overBudgetAnswer });
    const read = () => twin.get(`${ORDER}/orderId/NOPE`);
    expect([(await read()).status, (await read()).status]).toEqual([404, 404]);
    const over = await read();
    expect(over.status).toBe(status);
    expect(over.headers.get('retry-after')).toEqual(retryAfter && expect.stringMatching(retryAfter));
    await twin.post('/control/clock', { advanceMs: 3_600_000 });
    expect((await read()).status).toBe(404);
  });

  it('§3.1 reasons are searched by type, or forbidden without the grant', async () => {
    const search = () => twin.post('/order/api/order/reason/search', { Query: "ReasonTypeId = 'Cancel'" });
    const reasons = rows((await search()).body, 'data');
    expect(reasons).toContainEqual(
      expect.objectContaining({ ReasonId: '1000.000', CancellationInitiatedBy: 'Customer' }),
    );
    expect(reasons.map(({ ReasonId }) => ReasonId)).not.toContain('Store Reject');
    await choose({ reasonSearchGrant: false });
    expect((await search()).status).toBe(403);
  });

  it('§2.1 templateName projects reads and saves, once the template is saved', async () => {
    const TemplateJson = { OrderId: null, OrderLine: [{ OrderLineId: null }] };
    await twin.save(anOrder('T1'));
    expect((await twin.get(`${ORDER}/orderId/T1?templateName=Slim`)).body).toMatchObject({
      data: { CurrencyCode: 'USD' },
    });
    const template = { TemplateId: 'Slim', BaseEntity: 'Order', TemplateJson: JSON.stringify(TemplateJson) };
    await twin.post('/order/api/fwcore/responseTemplate/save', template);
    const slim = { OrderId: 'T1', OrderLine: [{ OrderLineId: '1' }] };
    expect(objectIn((await twin.get(`${ORDER}/orderId/T1?templateName=Slim`)).body, 'data')).toEqual(slim);
    expect(objectIn((await twin.post(`${ORDER}/save?templateName=Slim`, { OrderId: 'T1' })).body, 'data')).toEqual(
      slim,
    );
  });

  it('§10.10 bulkImport creates and never updates, and counts its failures in a 200', async () => {
    await twin.save(anOrder('B1'));
    const Data = [anOrder('B1', { CustomerEmail: 'new@example.test' }), anOrder('B2'), { OrderId: 'B3' }];
    const { status, body } = await twin.post(`${ORDER}/bulkImport`, { Data });
    expect({ status, body }).toMatchObject({ status: 200, body: { data: { SuccessCount: 1, FailedCount: 2 } } });
    expect(await twin.stored('B1')).not.toHaveProperty('CustomerEmail');
    expect(await twin.stored('B2')).toMatchObject({ OrderId: 'B2' });
  });

  it('§4.3 a list with a refused event is rolled back, or kept without it', async () => {
    await released('E1');
    expect((await receive(ship('E1', 1), ship('E1', 9))).status).toBe(400);
    expect(await shipped('E1')).toBe(0);
    await choose({ eventLists: 'partial' });
    const { status, body } = await receive(ship('E1', 1), ship('E1', 9));
    expect({ status, words: firstMessage(body) }).toEqual({ status: 200, words: expect.stringMatching(/^Quantity: /) });
    expect(await shipped('E1')).toBe(1);
  });

  it.each([
    ['once', 200, 1],
    ['again', 200, 2],
    ['refuse', 400, 1],
  ])('§2.6 a repeated external message is handled by choice: %s', async (repeatedExternalMessage, status, times) => {
    await choose({ repeatedExternalMessage });
    await released('R1');
    const event = ship('R1', 1, { ExternalMessageId: 'WH-1' });
    await receive(event);
    expect((await receive(event)).status).toBe(status);
    expect(await shipped('R1')).toBe(times);
  });

  it.each([
    ['orderevent', 'fulfillmentevent'],
    ['fulfillmentevent', 'orderevent'],
  ])('§13 fulfilment events are received under %s alone', async (eventPaths, other) => {
    await choose({ eventPaths });
    await released('V1');
    const send = (path: string) => twin.post(`/order/api/order/${path}/receive`, { OrderEvent: [ship('V1', 1)] });
    expect((await send(other)).status).toBe(404);
    expect((await send(eventPaths)).status).toBe(200);
  });

  it.each([
    ['IsImport', 'IsImported'],
    ['IsImported', 'IsImport'],
  ])('§13 only %s lifts the modification rules', async (importSpelling, other) => {
    await choose({ importSpelling });
    await released('M1');
    const cancel = (name: string) =>
      twin.post(`${ORDER}/save`, { OrderId: 'M1', IsCancelled: true, OrderActions: { [name]: true } });
    expect((await cancel(other)).status).toBe(400);
    expect((await cancel(importSpelling)).status).toBe(200);
  });

  it.each([
    ['clear', undefined],
    ['ignore', 'ann@example.test'],
  ])('§2.5 an explicit null is handled by choice: %s', async (nullOnSave, left) => {
    await choose({ nullOnSave });
    await twin.save(anOrder('N1', { CustomerEmail: 'ann@example.test' }));
    const saved = await twin.save({ OrderId: 'N1', CustomerEmail: null });
    expect(saved.CustomerEmail).toBe(left);
  });

  it.each([
    ['10208', 'ERROR'],
    ['10209', 'WARNING'],
    ['10254', 'INFO'],
    ['pay::10001', 'ERROR'],
  ])('§2.3 a save may succeed with message %s inside', async (saveMessage, Type) => {
    await choose({ saveMessage });
    expect(await twin.post(`${ORDER}/save`, anOrder('S1'))).toMatchObject({
      status: 200,
      body: { success: true, data: { OrderId: 'S1' }, messages: { Message: [{ Type, Code: saveMessage }], Size: 1 } },
    });
    expect(await twin.stored('S1')).toMatchObject({ OrderId: 'S1' });
  });

  it('§3.2 extended statuses are refused, or move units on within their base', async () => {
    await released('X1');
    const wave = { EventTypeId: 'StatusUpdate', OrderId: 'X1', ReleaseId: 'X11', StatusId: '3000.500' };
    expect((await receive(wave)).status).toBe(400);
    await choose({ extendedStatuses: 'on' });
    expect((await receive(wave)).status).toBe(200);
    expect(await twin.stored('X1')).toMatchObject({
      MaxFulfillmentStatusId: '3000.500',
      FulfillmentStatus: 'Released',
      OrderLine: [
        { QuantityDetail: [{}, {}, { StatusId: '3000', Quantity: 0 }, { StatusId: '3000.500', Quantity: 2 }] },
      ],
    });
    expect((await receive(ship('X1', 2))).status).toBe(200);
    expect(await twin.stored('X1')).toMatchObject({ MinFulfillmentStatusId: '7000' });
    expect((await receive({ ...wave, StatusId: '9000.100' })).status).toBe(400);
  });

  it('§3.2 status ids may carry decimals, in answers', async () => {
    await choose({ statusIds: 'decimals' });
    expect(await twin.save(anOrder('Z1', { OrderHold: [{ HoldTypeId: 'H', StatusId: '1000' }] }))).toMatchObject({
      MinFulfillmentStatusId: '1000.000',
      OrderHold: [{ StatusId: '1000.000' }],
      OrderLine: [{ QuantityDetail: [{ StatusId: '1000.000', Status: { StatusId: '1000.000' } }] }],
      PaymentStatus: { StatusId: '1000.000' },
    });
    expect(await twin.stored('Z1')).toMatchObject({ MinFulfillmentStatusId: '1000' });
  });

  it('§13 DocType and ItemCondition are read as object or string, and written as the tenant does', async () => {
    const line = aLine('1', { OrderLineAdditional: { ItemCondition: 'New' } });
    const order = { OrderLine: [line], DocType: 'CustomerOrder' };
    expect(await twin.save(anOrder('K1', order))).toMatchObject({
      DocType: { DocTypeId: 'CustomerOrder' },
      OrderLine: [{ OrderLineAdditional: { ItemCondition: { ItemConditionId: 'New' } } }],
    });
    await choose({ docTypeShape: 'string', itemConditionShape: 'string' });
    expect(await twin.save(anOrder('K2', order))).toMatchObject({
      DocType: 'CustomerOrder',
      OrderLine: [{ OrderLineAdditional: { ItemCondition: 'New' } }],
    });
  });

  it('§3.1 paymentStatus tells it by id, and search may span organizations', async () => {
    await twin.save(anOrder('Y1'));
    expect((await twin.get(`${ORDER}/orderId/Y1/paymentStatus`)).body).toMatchObject({
      data: { PaymentStatus: { StatusId: '1000.000' } },
    });
    const { body } = await twin.post(`${ORDER}/searchOrderAcrossOrganizations`, { Query: "OrderId = 'Y1'" });
    expect(rows(body, 'data')).toHaveLength(1);
  });
});
