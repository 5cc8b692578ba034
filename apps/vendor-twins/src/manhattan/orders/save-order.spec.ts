import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLine, anOrder } from '../testing/an-order.js';
import { firstMessage, ORDER, TwinClient } from '../testing/twin-client.js';
import { parsedObject, rows, text } from '../wire/json.js';

describe('order/save of the Manhattan twin', () => {
  let twin: TwinClient;
  beforeAll(async () => {
    twin = await TwinClient.start();
  });
  afterAll(() => twin.close());

  const lineOf = (order: Parameters<typeof rows>[0], id = '1') =>
    rows(order, 'OrderLine').find((line) => line.OrderLineId === id) ?? {};
  const writes = async (key: string) => (await twin.get(`/control/writes?key=${key}`)).body;

  it('§2.3 answers the envelope with the saved order', async () => {
    const { status, body } = await twin.post(`${ORDER}/save`, anOrder('S1'));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      success: true,
      statusCode: 'OK',
      messages: { Message: [], Size: 0 },
      data: { OrderId: 'S1', OrgId: 'NORTH' },
    });
  });

  it('§2.5 keeps what a partial update does not send, and merges children by key', async () => {
    await twin.save(
      anOrder('M1', { OrderLine: [aLine('1'), aLine('2')], OrderNote: [{ NoteId: 'N1', NoteText: 'a' }] }),
    );
    const saved = await twin.save({
      OrderId: 'M1',
      CustomerEmail: 'ann@example.test',
      OrderNote: [
        { NoteId: 'N1', NoteText: 'b' },
        { NoteId: 'N2', NoteText: 'c' },
      ],
      OrderLine: [{ OrderLineId: '2', UnitPrice: 12.5 }],
    });
    expect(saved).toMatchObject({ CurrencyCode: 'USD', CustomerEmail: 'ann@example.test', OrderTotal: 45 });
    expect(rows(saved, 'OrderNote').map(({ NoteText }) => NoteText)).toEqual(['b', 'c']);
    expect(lineOf(saved, '1')).toMatchObject({ UnitPrice: 10, ItemId: 'SKU-1' });
    expect(lineOf(saved, '2')).toMatchObject({ UnitPrice: 12.5, Quantity: 2 });
  });

  it.each([
    ['OrderChargeDetail', 'ChargeDetailId', { ChargeTotal: 1 }],
    ['OrderTaxDetail', 'TaxDetailId', { TaxAmount: 1 }],
    ['OrderHold', 'HoldTypeId', { StatusId: '1000' }],
    ['OrderAttribute', 'AttributeName', { AttributeValue: 'x' }],
  ])('§2.5 has one row per key in %s however often it is sent', async (collection, key, rest) => {
    const id = `K-${collection}`;
    const child = { [collection]: [{ [key]: 'ONE', ...rest }] };
    await twin.save(anOrder(id, child));
    const again = await twin.save({ OrderId: id, ...child });
    expect(rows(again, collection)).toHaveLength(1);
    expect(await writes(id)).toMatchObject({ counts: { effective: 1, repeats: 1, refused: 0 } });
  });

  it('§2.5 merges payment methods and transactions by their ids, also without a payment group', async () => {
    const payment = (transactionId: string, CurrentAuthAmount: number) => ({
      Payment: [
        {
          PaymentMethod: [
            {
              PaymentMethodId: 'P1',
              Amount: 20,
              CurrentAuthAmount,
              PaymentTransaction: [{ PaymentTransactionId: transactionId }],
            },
          ],
        },
      ],
    });
    await twin.save(anOrder('PAY', payment('T1', 0)));
    const saved = await twin.save({ OrderId: 'PAY', ...payment('T2', 20) });
    const method = rows(rows(saved, 'Payment')[0] ?? {}, 'PaymentMethod')[0] ?? {};
    expect(rows(saved, 'Payment')).toHaveLength(1);
    expect(rows(method, 'PaymentTransaction')).toHaveLength(2);
    expect(saved.PaymentStatus).toEqual({ StatusId: '3000.000' });
  });

  it('§2.5 adds a child without a business key again, and replaces the collection on RESET', async () => {
    const pickup = { OrderLinePickupDetail: [{ FirstName: 'Kim' }] };
    await twin.save(anOrder('R1', { OrderLine: [aLine('1', pickup)] }));
    const doubled = await twin.save({ OrderId: 'R1', OrderLine: [{ OrderLineId: '1', ...pickup }] });
    expect(rows(lineOf(doubled), 'OrderLinePickupDetail')).toHaveLength(2);
    const Actions = { OrderLinePickupDetail: 'RESET' };
    const reset = await twin.save({ OrderId: 'R1', OrderLine: [{ OrderLineId: '1', ...pickup, Actions }] });
    expect(lineOf(reset).OrderLinePickupDetail).toEqual([{ FirstName: 'Kim' }]);
  });

  it('§2.5 removes a keyed child that a RESET does not name', async () => {
    const charge = (id: string) => ({ ChargeDetailId: id, ChargeType: { ChargeTypeId: 'Shipping' }, ChargeTotal: 5 });
    await twin.save(anOrder('R2', { OrderChargeDetail: [charge('A'), charge('B')] }));
    const saved = await twin.save({
      OrderId: 'R2',
      OrderChargeDetail: [charge('B')],
      Actions: { OrderChargeDetail: 'RESET' },
    });
    expect(rows(saved, 'OrderChargeDetail').map(({ ChargeDetailId }) => ChargeDetailId)).toEqual(['B']);
    expect(saved.OrderTotal).toBe(25);
  });

  it('§2.5 takes scalars as strings, DocType as a string, and ignores unknown attributes', async () => {
    const line = aLine('1', { Quantity: '3', UnitPrice: '9.99', IsGift: 'true' });
    const saved = await twin.save(
      anOrder('T1', { DocType: 'CustomerOrder', MessageHeader: { A: 1 }, BU: 'x', OrderLine: [line] }),
    );
    expect(saved).toMatchObject({ DocType: { DocTypeId: 'CustomerOrder' }, OrderTotal: 29.97 });
    expect(saved).not.toHaveProperty('BU');
    expect(lineOf(saved)).toMatchObject({ Quantity: 3, UnitPrice: 9.99, IsGift: true });
  });

  it('§2.5 generates a CC id when OrderId is empty', async () => {
    const saved = await twin.save(anOrder(''));
    expect(saved.OrderId).toMatch(/^CC\d+$/);
  });

  it('§3.4 counts discounts as negative charges and leaves informational amounts out, without float drift', async () => {
    const charge = (id: string, ChargeTotal: number, more: object = {}) => ({
      ChargeDetailId: id,
      ChargeType: { ChargeTypeId: 'Discount' },
      ChargeTotal,
      ...more,
    });
    const saved = await twin.save(
      anOrder('TOT', {
        OrderLine: [
          aLine('1', {
            Quantity: 3,
            UnitPrice: 0.1,
            OrderLineChargeDetail: [charge('D1', -0.1)],
            OrderLineTaxDetail: [{ TaxDetailId: 'T1', TaxAmount: 0.07 }],
          }),
          aLine('2', {
            Quantity: 1,
            UnitPrice: 0.2,
            OrderLineTaxDetail: [{ TaxDetailId: 'T2', TaxAmount: 9, IsInformational: true }],
          }),
        ],
        OrderChargeDetail: [charge('S1', 4.99), charge('I1', 100, { IsInformational: true })],
        OrderTaxDetail: [{ TaxDetailId: 'HT', TaxAmount: 0.35 }],
      }),
    );
    expect(saved).toMatchObject({
      OrderSubTotal: 0.5,
      TotalCharges: 4.99,
      TotalDiscounts: -0.1,
      TotalTaxes: 0.42,
      TotalInformationalTaxes: 9,
      OrderTotal: 5.81,
    });
    expect(lineOf(saved)).toMatchObject({ OrderLineSubTotal: 0.3, OrderLineTotal: 0.27 });
  });

  it('§3.4 counts a header discount once when its portions stand on the lines', async () => {
    const portion = (id: string, ChargeTotal: number) => ({
      OrderLineChargeDetail: [{ ChargeDetailId: id, HeaderChargeDetailId: 'H', ChargeTotal }],
    });
    const saved = await twin.save(
      anOrder('PRO', {
        OrderLine: [aLine('1', portion('A', -3.34)), aLine('2', portion('B', -3.33)), aLine('3', portion('C', -3.33))],
        OrderChargeDetail: [{ ChargeDetailId: 'H', ChargeTotal: -10, IsOrderDiscount: true }],
      }),
    );
    expect(saved).toMatchObject({ OrderSubTotal: 60, TotalDiscounts: -10, OrderTotal: 50 });
  });

  it('§3.3 gives lines to the same address the same thirty-character AddressId and FulfillmentGroupId', async () => {
    const elsewhere = { ShipToAddress: { Address: { Address1: '2 Other Road', Country: 'US' } } };
    const saved = await twin.save(anOrder('GRP', { OrderLine: [aLine('1'), aLine('2'), aLine('3', elsewhere)] }));
    const [one, two, three] = rows(saved, 'OrderLine').map((line) => [
      text(line, 'AddressId'),
      text(line, 'FulfillmentGroupId'),
    ]);
    expect(one).toEqual(two);
    expect(one?.every((hash) => /^[0-9a-f]{30}$/.test(hash ?? ''))).toBe(true);
    expect(three?.[0]).not.toBe(one?.[0]);
    expect(three?.[1]).not.toBe(one?.[1]);
  });

  it('§2.6 refuses a version that is not higher with 10208, accepts none, and publishes the version back', async () => {
    await twin.save(anOrder('V1', { OrderActions: { VersionTimestamp: 5 } }));
    const stale = await twin.post(`${ORDER}/save`, {
      OrderId: 'V1',
      CustomerEmail: 'x@example.test',
      OrderActions: { VersionTimestamp: 5 },
    });
    expect(stale.status).toBe(400);
    expect(firstMessage(stale.body)).toMatch(/^10208: /);
    const unversioned = await twin.save({ OrderId: 'V1', CustomerEmail: 'y@example.test' });
    expect(unversioned).toMatchObject({ VersionTimestamp: 5, CustomerEmail: 'y@example.test' });
    expect((await twin.save({ OrderId: 'V1', OrderActions: { VersionTimestamp: 6 } })).VersionTimestamp).toBe(6);
    expect(await writes('V1')).toMatchObject({ counts: { effective: 2, repeats: 1, refused: 1 } });
  });

  it('§2.7 takes 250 lines and refuses 251 with ManhValidationException', async () => {
    const lines = (count: number) => Array.from({ length: count }, (_, index) => aLine(String(index + 1)));
    expect((await twin.post(`${ORDER}/save`, anOrder('L250', { OrderLine: lines(250) }))).status).toBe(200);
    const refused = await twin.post(`${ORDER}/save`, anOrder('L251', { OrderLine: lines(251) }));
    expect(refused).toMatchObject({
      status: 400,
      body: {
        success: false,
        messageKey: 'error.400',
        statusCode: 'BAD_REQUEST',
        exceptions: [{ resource: 'ManhValidationException' }],
      },
    });
    expect((await twin.get('/control/orders/L251')).status).toBe(404);
  });

  it.each([
    ['OrderType', { OrderType: null }],
    ['CurrencyCode', { CurrencyCode: null }],
    ['Quantity', { OrderLine: [aLine('1', { Quantity: -1 })] }],
    ['UnitPrice', { OrderLine: [aLine('1', { UnitPrice: 'ten' })] }],
    ['ItemId', { OrderLine: [aLine('1', { ItemId: null })] }],
    ['OrgId', { OrgId: 'ELSEWHERE' }],
  ])('§2.3 refuses a create with a bad %s and names it', async (field, change) => {
    const { status, body } = await twin.post(`${ORDER}/save`, anOrder(`BAD-${field}`, change));
    expect(status).toBe(400);
    expect(firstMessage(body)).toMatch(new RegExp(`^${field}: `));
  });

  it('records the changed attributes of an effective write with its trace context', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await twin.post(`${ORDER}/save`, anOrder('W1'), { traceparent });
    await twin.save({ OrderId: 'W1', OrderLine: [{ OrderLineId: '1', Quantity: 3 }] });
    const { effective } = await writes('W1');
    expect(effective).toMatchObject([
      { entity: 'order', key: 'W1', kind: 'create', by: 'api', traceparent },
      { kind: 'update', changed: expect.arrayContaining(['OrderLine[1].Quantity', 'OrderTotal']), traceparent: null },
    ]);
  });

  it('§3.5 moves UpdatedTimestamp on with every effective save and leaves it on a repeat', async () => {
    const stamps: unknown[] = [];
    for (const price of [1, 2, 3, 3]) {
      const saved = await twin.save(anOrder('U1', { OrderLine: [aLine('1', { UnitPrice: price })] }));
      stamps.push(saved.UpdatedTimestamp);
    }
    expect(new Set(stamps).size).toBe(3);
    expect([...stamps].sort()).toEqual(stamps);
  });

  it('§3.8 derives IsOnHold from the holds', async () => {
    const hold = (StatusId: string) => ({ OrderId: 'H1', OrderHold: [{ HoldTypeId: 'CustomerFraudCheck', StatusId }] });
    await twin.save(anOrder('H1'));
    expect((await twin.save(hold('1000'))).IsOnHold).toBe(true);
    expect((await twin.save(hold('2000'))).IsOnHold).toBe(false);
  });

  it('§8 puts an order with an unknown customer on hold, and fills contact attributes from a known one', async () => {
    const unknown = await twin.save(anOrder('C1', { CustomerId: 'NOBODY' }));
    expect(unknown).toMatchObject({
      IsOnHold: true,
      OrderHold: [{ HoldTypeId: 'CustomerInfoNotAvailable', StatusId: '1000' }],
    });
    await twin.post('/customer/api/customer/customer/save', {
      CustomerId: 'CU-1',
      FirstName: 'Ada',
      Email: 'ada@example.test',
    });
    const known = await twin.save(anOrder('C2', { CustomerId: 'CU-1', CustomerEmail: 'own@example.test' }));
    expect(known).toMatchObject({ IsOnHold: false, CustomerFirstName: 'Ada', CustomerEmail: 'own@example.test' });
  });

  it('§2.2 finds orders by query, in pages, with totalCount as a string', async () => {
    const search = (body: object) => twin.post(`${ORDER}/search`, body);
    const tick = () => twin.post('/control/clock', { advanceMs: 1_000 });
    for (const id of ['Q1', 'Q2', "Q'3"]) await twin.save(anOrder(id)).then(tick);
    const all = await search({
      Query: "OrderId IN ('Q1','Q2','Q''3') and OrgId = 'NORTH'",
      Size: 2,
      Page: 1,
      Sort: [{ attribute: 'OrderId', direction: 'desc' }],
    });
    expect(all.body).toMatchObject({ header: { totalCount: '3', page: 1, size: 2 }, data: [{ OrderId: "Q'3" }] });
    const since = text(await twin.stored('Q2'), 'UpdatedTimestamp') ?? '';
    const Query = `OrderId IN ('Q1','Q2') and UpdatedTimestamp >= '${since}'`;
    const later = await search({ Query, Template: { OrderId: null, OrderLine: [{ OrderLineId: null }] } });
    expect(later.body.data).toEqual([{ OrderId: 'Q2', OrderLine: [{ OrderLineId: '1' }] }]);
    expect((await search({ Query: 'OrderId ~ 1' })).status).toBe(400);
  });

  it('§2.3 answers 400 in the envelope to a body that is no JSON', async () => {
    const { status, body } = await twin.postRaw(`${ORDER}/save`, '{"OrderId":');
    expect(status).toBe(400);
    expect(body).toMatchObject({ success: false, statusCode: 'BAD_REQUEST' });
  });

  it('§2.3 answers 404 in the envelope for an unknown order', async () => {
    const { status, body } = await twin.get(`${ORDER}/orderId/NONE`);
    expect(status).toBe(404);
    expect(parsedObject(body)?.success).toBe(false);
  });
});
