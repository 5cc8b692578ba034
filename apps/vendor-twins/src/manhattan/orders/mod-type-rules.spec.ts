import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLine, anOrder } from '../testing/an-order.js';
import { eventually } from '../../testing/eventually.js';
import { startPushReceiver } from '../testing/push-receiver.js';
import { firstMessage, ORDER, TwinClient } from '../testing/twin-client.js';
import { objectIn, rows } from '../wire/json.js';

describe('§3.7 modification rules', () => {
  let twin: TwinClient;
  beforeEach(async () => {
    twin = await TwinClient.start();
  });
  afterEach(() => twin.close());

  const at = async (orderId: string, status: string, ...steps: string[]) => {
    await twin.live(orderId, ...steps.map((name) => ({ after: 0, do: name })));
    await twin.save(anOrder(orderId, { IsConfirmed: true, OrderLine: [aLine('1'), aLine('2')] }));
    await eventually(
      `${orderId} is at ${status}`,
      async () => (await twin.stored(orderId)).MaxFulfillmentStatusId === status,
    );
  };
  const WAREHOUSE = ['allocate', 'release', 'process', 'pick', 'pack', 'ship'];
  const upTo = (status: string) =>
    WAREHOUSE.slice(0, ['2000', '3000', '3500', '3600', '3700', '7000'].indexOf(status) + 1);
  const line = (change: object) => ({ OrderLine: [{ OrderLineId: '1', ...change }] });
  const instruction = {
    OrderNote: [{ NoteId: 'N', NoteText: 'ring twice', NoteCategory: { NoteCategoryId: 'Instruction' } }],
  };
  const communication = {
    OrderNote: [{ NoteId: 'N', NoteText: 'called', NoteCategory: { NoteCategoryId: 'Communication' } }],
  };

  it.each([
    ['OrderLine::Quantity::Decrease', line({ Quantity: 1 }), '2000', '3000'],
    ['OrderLine::Quantity::Increase', line({ Quantity: 3 }), '2000', '3000'],
    ['OrderLine::Cancel', line({ IsCancelled: true }), '2000', '3000'],
    ['OrderLine::AddressId', line({ ShipToAddress: { Address: { City: 'Elsewhere' } } }), '3600', '3700'],
    ['OrderLine::Add', { OrderLine: [aLine('3')] }, '3700', '7000'],
    ['Order::Note::Instruction', instruction, '2000', '3000'],
  ])('%s is allowed until its status and refused from there on', async (modType, change, allowed, refused) => {
    await at('OK', allowed, ...upTo(allowed));
    expect((await twin.post(`${ORDER}/save`, { OrderId: 'OK', ...change })).status).toBe(200);
    await at('NO', refused, ...upTo(refused));
    const { status, body } = await twin.post(`${ORDER}/save`, { OrderId: 'NO', ...change });
    expect({ status, words: firstMessage(body) }).toEqual({
      status: 400,
      words: expect.stringContaining(`${modType}: `),
    });
  });

  it('communication notes are allowed at any time', async () => {
    await at('N1', '7000', ...upTo('7000'));
    expect((await twin.post(`${ORDER}/save`, { OrderId: 'N1', ...communication })).status).toBe(200);
  });

  it('§2.5 one forbidden change rejects the whole update', async () => {
    await at('W1', '3000', ...upTo('3000'));
    const update = { OrderId: 'W1', CustomerEmail: 'ann@example.test', ...line({ Quantity: 1 }) };
    expect((await twin.post(`${ORDER}/save`, update)).status).toBe(400);
    expect(await twin.stored('W1')).not.toHaveProperty('CustomerEmail');
  });

  it('a tenant decides otherwise by order type', async () => {
    const modTypes = { Web: { 'OrderLine::Quantity::*': { RestrictFromStatus: 2000 } } };
    expect((await twin.put('/control/config', { modTypes })).status).toBe(200);
    await at('T1', '2000', 'allocate');
    expect((await twin.post(`${ORDER}/save`, { OrderId: 'T1', ...line({ Quantity: 1 }) })).status).toBe(400);
    await twin.save(anOrder('T2', { OrderType: { OrderTypeId: 'Phone' } }));
    await twin.post(`${ORDER}/T2/allocate`, {});
    expect((await twin.post(`${ORDER}/save`, { OrderId: 'T2', ...line({ Quantity: 1 }) })).status).toBe(200);
  });

  it('a rule may refuse what comes after confirmation', async () => {
    await twin.put('/control/config', {
      modTypes: { '*': { 'Order::CustomerInfo': { RestrictPostConfirmation: true } } },
    });
    await twin.save(anOrder('C1'));
    const change = (email: string) => twin.post(`${ORDER}/save`, { OrderId: 'C1', CustomerEmail: email });
    expect((await change('ann@example.test')).status).toBe(200);
    await twin.save({ OrderId: 'C1', IsConfirmed: true });
    expect((await change('eve@example.test')).status).toBe(400);
  });

  it.each([
    { Web: 1 },
    { Web: { 'Order::Cancel': 3000 } },
    { Web: { 'Order::Cancel': { RestrictFromStatus: '3000' } } },
    { Web: { 'Order::Cancel': { Nonsense: true } } },
  ])('refuses rules that cannot be read: %j', async (modTypes) => {
    expect((await twin.put('/control/config', { modTypes })).status).toBe(400);
  });

  it('§3.1 permittedModTypes and ModTypes tell for order and lines what may change now', async () => {
    await at('P1', '3000', ...upTo('3000'));
    const permitted = objectIn((await twin.get(`${ORDER}/orderId/P1/permittedModTypes`)).body, 'data') ?? {};
    expect(permitted.PermittedModTypes).toEqual(
      expect.arrayContaining(['Order::Hold::Apply', 'OrderLine::Add', 'Order::CustomerInfo']),
    );
    expect(permitted.PermittedModTypes).not.toContain('Order::Cancel');
    const [first] = rows(permitted, 'OrderLinePermittedModTypes');
    expect(first).toMatchObject({
      OrderLineId: '1',
      PermittedModTypes: expect.arrayContaining(['OrderLine::AddressId']),
    });
    expect(first?.PermittedModTypes).not.toContain('OrderLine::Cancel');
    expect((await twin.get(`${ORDER}/orderId/P1/ModTypes`)).body).toMatchObject({
      data: { IneligibleModTypes: ['Order::Cancel', 'Order::Note::Instruction'] },
    });
    expect((await twin.get(`${ORDER}/orderId/NOPE/permittedModTypes`)).status).toBe(404);
  });

  it('§7.3 publishes only modifications whose rule says so', async () => {
    const receiver = await startPushReceiver();
    await twin.put('/control/publishing', { http: { url: receiver.url } });
    await twin.put('/control/config', { modTypes: { Web: { 'Order::Hold::Apply': { PublishOrder: false } } } });
    await twin.save(anOrder('U1'));
    await twin.save({ OrderId: 'U1', OrderHold: [{ HoldTypeId: 'PaymentFraud', StatusId: '1000' }] });
    await twin.save({ OrderId: 'U1', OrderHold: [{ HoldTypeId: 'PaymentFraud', StatusId: '2000' }] });
    const report = await eventually('everything is delivered', async () => {
      const { body } = await twin.get('/control/publishing');
      return body.pending === 0 && body;
    });
    expect(report.published).toBe(2);
    await receiver.close();
  });
});
