import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLine, anOrder } from '../testing/an-order.js';
import { eventually } from '../../testing/eventually.js';
import { startPushReceiver, type PushReceiver } from '../testing/push-receiver.js';
import { ORDER, TwinClient } from '../testing/twin-client.js';
import { objectIn, parsedObject, rows, text, type JsonObject } from '../wire/json.js';

describe('§7 publishing over HTTP', () => {
  let twin: TwinClient;
  let receiver: PushReceiver;
  beforeEach(async () => {
    twin = await TwinClient.start();
    receiver = await startPushReceiver();
  });
  afterEach(async () => {
    await twin.close();
    await receiver.close();
  });

  const aim = (more: object = {}, rest: object = {}) =>
    twin.put('/control/publishing', { http: { url: receiver.url, ...more }, ...rest });
  const arrived = (count: number) =>
    eventually(`${count} pushes arrived`, () => receiver.pushes.length >= count && receiver.pushes);
  const settled = () =>
    eventually('nothing is pending', async () => {
      const { body } = await twin.get('/control/publishing');
      return body.pending === 0 && body;
    });
  const payloadOf = (body: JsonObject) => objectIn(body, 'OriginalPayload') ?? {};
  const headersOf = (body: JsonObject) => objectIn(body, 'OriginalHeaders') ?? {};
  const modTypes = (order: JsonObject) => objectIn(objectIn(order, 'ChangeLog') ?? {}, 'ModTypes');

  it('§7.2 pushes the snapshot with its headers, wrapped', async () => {
    await aim();
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await twin.post(`${ORDER}/save`, anOrder('P1'), { traceparent });
    const [push] = await arrived(1);
    const headers = headersOf(push?.body ?? {});
    expect(headers).toMatchObject({
      MSG_TYPE: 'PublishOrderEventMSGType',
      OUTBOUND_MSG_TYPE: 'PublishOrderEventMSGType',
      QueueName: 'queue.publishOrderEvent',
      Organization: 'NORTH',
      User: 'svc-north',
      TRANSACTIONAL: 'true',
      TRACE_ID: '0af7651916cd43dd8448eb211c80319c',
    });
    expect(headers.MSG_ID_PK).toMatch(/^.{34}$/);
    expect(headers.msg_submission_time_utc).toMatch(/T\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(payloadOf(push?.body ?? {})).toMatchObject({ OrderId: 'P1', MinFulfillmentStatusId: '1000' });
  });

  it('§7.3 tells in the change log what changed, at the header and on the children', async () => {
    await twin.save(
      anOrder('P2', {
        OrderLine: [aLine('1'), aLine('2')],
        OrderChargeDetail: [{ ChargeDetailId: 'S', ChargeType: { ChargeTypeId: 'Shipping' }, ChargeTotal: 5 }],
      }),
    );
    await aim();
    await twin.save({ OrderId: 'P2', OrderLine: [{ OrderLineId: '1', Quantity: 1 }] });
    const part = payloadOf((await arrived(1))[0]?.body ?? {});
    expect(modTypes(part)).toEqual({ Order: [], OrderLine: ['OrderLine::Quantity::Decrease'], QuantityDetail: [] });
    expect(objectIn(part, 'ChangeLog')?.ChangeSet).toEqual([
      { ModType: 'OrderLine::Quantity::Decrease', Properties: [{ Property: 'Quantity', Old: '2', New: '1' }] },
    ]);
    expect(rows(part, 'OrderLine').map((line) => line.ChangeLog === null)).toEqual([false, true]);
    await twin.save({ OrderId: 'P2', IsCancelled: true });
    const whole = payloadOf((await arrived(2))[1]?.body ?? {});
    expect(modTypes(whole)).toMatchObject({
      Order: expect.arrayContaining(['Order::Cancel', 'Order::ChargeDetail::Shipping::Remove']),
      OrderLine: ['OrderLine::Cancel', 'OrderLine::Cancel::Customer'],
    });
  });

  it('§7.3 publishes once per effective transaction: not for a repeat, an import or a refusal', async () => {
    await aim();
    await twin.save(anOrder('P3'));
    await twin.save(anOrder('P3'));
    await twin.save(anOrder('P4', { OrderActions: { IsImport: true } }));
    await twin.post(`${ORDER}/save`, { OrderId: 'P3', OrderLine: [{ OrderLineId: '1', Quantity: -1 }] });
    await twin.save({ OrderId: 'P3', CustomerEmail: 'x@example.test' });
    await arrived(2);
    expect(await settled()).toMatchObject({ published: 2, delivered: 2 });
  });

  it('publishes every step of a life with a later UpdatedTimestamp', async () => {
    await aim();
    await twin.live('P5', ...['allocate', 'release', 'ship'].map((name) => ({ after: 0, do: name })));
    await twin.save(anOrder('P5', { IsConfirmed: true }));
    const pushes = await arrived(4);
    const orders = pushes.map(({ body }) => payloadOf(body));
    const byTime = orders.sort((a, b) =>
      (text(a, 'UpdatedTimestamp') ?? '') < (text(b, 'UpdatedTimestamp') ?? '') ? -1 : 1,
    );
    expect(byTime.map(({ MaxFulfillmentStatusId }) => MaxFulfillmentStatusId)).toEqual([
      '1000',
      '2000',
      '3000',
      '7000',
    ]);
    expect(new Set(orders.map(({ UpdatedTimestamp }) => UpdatedTimestamp)).size).toBe(4);
  });

  it('tries again until the receiver acknowledges', async () => {
    receiver.answers.push(500, 503, 404);
    await aim();
    await twin.save(anOrder('P6'));
    await arrived(1);
    expect(receiver.refused).toBe(3);
    expect(await settled()).toMatchObject({ published: 1, delivered: 1 });
  });

  it('brings the message when a receiver that was gone comes back', async () => {
    await aim();
    const port = Number(new URL(receiver.url).port);
    await receiver.close();
    await twin.save(anOrder('P7'));
    expect((await twin.get('/control/publishing')).body).toMatchObject({ pending: 1, delivered: 0 });
    receiver = await startPushReceiver(port);
    await arrived(1);
    expect(await settled()).toMatchObject({ delivered: 1, pending: 0 });
  });

  it('delivers every copy under one message id, copies spread and messages out of order', async () => {
    await aim();
    await twin.put('/control/chaos', { copies: 3, shuffleWithinMs: 400 });
    for (let price = 1; price <= 8; price += 1)
      await twin.save(anOrder('P8', { OrderLine: [aLine('1', { UnitPrice: price })] }));
    const pushes = await arrived(24);
    const copies = Map.groupBy(pushes, ({ body }) => headersOf(body).MSG_ID_PK);
    expect([...copies.values()].map(({ length }) => length)).toEqual(Array.from({ length: 8 }, () => 3));
    const spreads = [...copies.values()].map(
      (same) => Math.max(...same.map(({ at }) => at)) - Math.min(...same.map(({ at }) => at)),
    );
    expect(Math.max(...spreads)).toBeGreaterThan(150);
    const times = pushes.map(({ body }) => text(payloadOf(body), 'UpdatedTimestamp'));
    expect(times).not.toEqual([...times].sort());
    expect((await twin.get('/control/chaos')).body.fired).toMatchObject({ copies: 8, shuffleWithinMs: 8 });
  });

  it('holds every message back by delayMs', async () => {
    await aim();
    await twin.put('/control/chaos', { delayMs: 200 });
    await twin.save(anOrder('P17'));
    const [push] = await arrived(1);
    const submitted = Date.parse(text(headersOf(push?.body ?? {}), 'msg_submission_time_utc') ?? '');
    expect((push?.at ?? 0) - submitted).toBeGreaterThanOrEqual(200);
  });

  it('signs the raw body with HMAC, or shows a bearer token', async () => {
    await aim({ hmacSecret: 'shared-secret' });
    await twin.save(anOrder('P9'));
    const [push] = await arrived(1);
    const timestamp = String(push?.headers['x-tandem-timestamp']);
    const expected = createHmac('sha256', 'shared-secret')
      .update(`${timestamp}.${push?.raw ?? ''}`)
      .digest('hex');
    expect(push?.headers['x-tandem-signature']).toBe(`sha256=${expected}`);
    expect(timestamp).toMatch(/^\d{10}$/);
    await aim({ bearer: 'push-token' });
    await twin.save(anOrder('P10'));
    expect((await arrived(2))[1]?.headers.authorization).toBe('Bearer push-token');
  });

  it('takes the other shapes: bare with HTTP headers, and the push form of Pub/Sub', async () => {
    await aim({ shape: 'bare' });
    await twin.save(anOrder('P11'));
    const bare = (await arrived(1))[0];
    expect(bare?.body.OrderId).toBe('P11');
    expect(bare?.headers).toMatchObject({ msg_type: 'PublishOrderEventMSGType', organization: 'NORTH' });
    await aim({ shape: 'pubsub-push' });
    await twin.save(anOrder('P12'));
    const message = objectIn((await arrived(2))[1]?.body ?? {}, 'message') ?? {};
    const decoded: unknown = JSON.parse(Buffer.from(text(message, 'data') ?? '', 'base64').toString());
    expect(parsedObject(decoded)?.OrderId).toBe('P12');
    expect(objectIn(message, 'attributes')?.MSG_TYPE).toBe('PublishOrderEventMSGType');
  });

  it('§7.3 groups the snapshots of an order within the interval when consolidated', async () => {
    await aim({ shape: 'bare' }, { consolidated: true, consolidationMs: 80 });
    await twin.save(anOrder('P13'));
    await twin.save({ OrderId: 'P13', CustomerEmail: 'x@example.test' });
    const body = (await arrived(1))[0]?.body ?? {};
    expect(body.ConsolidatedPayload).toBe(true);
    expect(rows(body, 'data').map(({ OrderId, CustomerEmail }) => [OrderId, CustomerEmail])).toEqual([
      ['P13', undefined],
      ['P13', 'x@example.test'],
    ]);
    expect(
      rows(body, 'data').every((order) => /^\d{4}-.*\.\d{3}$/.test(text(order, 'EventSubmitTimestamp') ?? '')),
    ).toBe(true);
  });

  it('distorts the template on demand: no change log, dates without fraction, unknown attributes', async () => {
    await aim();
    await twin.put('/control/chaos', { withoutChangeLog: true, datesWithoutFraction: true, unknownAttributes: true });
    await twin.save(anOrder('P14'));
    const order = payloadOf((await arrived(1))[0]?.body ?? {});
    expect(order).not.toHaveProperty('ChangeLog');
    expect(order.UpdatedTimestamp).toMatch(/T\d\d:\d\d:\d\d$/);
    expect(order).toHaveProperty('NewReleaseAttribute');
    expect(rows(order, 'OrderLine')[0]).toHaveProperty('UnknownAttribute');
  });

  it('§7.3 cuts orders to the publish template of the tenant', async () => {
    const TemplateJson = { OrderId: null, OrderLine: [{ OrderLineId: null }] };
    await twin.post('/order/api/fwcore/responseTemplate/save', {
      TemplateId: 'Slim',
      BaseEntity: 'Order',
      TemplateJson,
    });
    await twin.put('/control/config', { publishTemplate: 'Slim' });
    await aim({ shape: 'bare' });
    await twin.save(anOrder('TPL'));
    const [push] = await arrived(1);
    expect(push?.body).toEqual({ OrderId: 'TPL', OrderLine: [{ OrderLineId: '1' }] });
  });

  it('§12, §13 names attributes as the tenant does, or leaves them out', async () => {
    const attributeNames = { PERSIST_TO_MSG_STORE: 'PersistMessageToStore', MSG_ID_PK: '' };
    await twin.put('/control/publishing', { attributeNames });
    await aim({ shape: 'wrapped' });
    await twin.save(anOrder('ATT'));
    const [push] = await arrived(1);
    const headers = objectIn(push?.body ?? {}, 'OriginalHeaders');
    expect(headers).toMatchObject({ PersistMessageToStore: 'true', MSG_TYPE: 'PublishOrderEventMSGType' });
    expect(headers).not.toHaveProperty('PERSIST_TO_MSG_STORE');
    expect(headers).not.toHaveProperty('MSG_ID_PK');
  });

  it('drops messages for good only by its switch', async () => {
    await aim();
    await twin.put('/control/chaos', { dropRatio: 1 });
    await twin.save(anOrder('P15'));
    expect(await settled()).toMatchObject({ published: 0 });
    expect((await twin.get('/control/chaos')).body.fired).toEqual({ dropRatio: 1 });
  });

  it('§3.1 publishes an order again on request, with nothing in the change log', async () => {
    await twin.save(anOrder('P16'));
    await aim();
    const { body } = await twin.post(`${ORDER}/publish`, { OrderIds: ['P16', 'NONE'] });
    expect(body).toMatchObject({ success: true, messages: { Size: 1, Message: [{ Type: 'ERROR' }] } });
    expect(payloadOf((await arrived(1))[0]?.body ?? {})).toMatchObject({ OrderId: 'P16', ChangeLog: null });
  });
});
