import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLine, anOrder } from '../testing/an-order.js';
import { eventually } from '../../testing/eventually.js';
import { TwinClient } from '../testing/twin-client.js';
import { rows, type JsonObject } from '../wire/json.js';
import { vendorTime } from '../wire/vendor-time.js';

describe('the life of an order after confirmation', () => {
  let twin: TwinClient;
  beforeAll(async () => {
    twin = await TwinClient.start();
  });
  afterAll(() => twin.close());

  const finished = (orderId: string) =>
    eventually(`the life of ${orderId} is over`, async () => {
      const { body } = await twin.get(`/control/lives/${orderId}`);
      return body.pending === 0 && body;
    });
  const units = (line: JsonObject | undefined): JsonObject =>
    Object.fromEntries(rows(line ?? {}, 'QuantityDetail').map((row) => [String(row.StatusId), row.Quantity ?? 0]));
  const lineOf = (order: JsonObject, id = '1') => rows(order, 'OrderLine').find((line) => line.OrderLineId === id);
  const milestones = (order: JsonObject) => rows(order, 'OrderMilestone').map((row) => row.MilestoneDefinitionId);
  const allSteps = ['allocate', 'release', 'process', 'pick', 'pack', 'ship', 'deliver'].map((name) => ({
    after: 1,
    do: name,
  }));

  it('§3.2 goes by itself from open to fulfilled, and leaves empty rows as a trace', async () => {
    await twin.save(anOrder('D1', { IsConfirmed: true }));
    await finished('D1');
    const order = await twin.stored('D1');
    expect(order).toMatchObject({
      MinFulfillmentStatusId: '7000',
      MaxFulfillmentStatusId: '7000',
      FulfillmentStatus: 'Fulfilled',
    });
    expect(units(lineOf(order))).toEqual({ 1000: 0, 2000: 0, 3000: 0, 7000: 2 });
    expect(milestones(order)).toEqual(
      ['Created', 'Confirmed', 'Allocated', 'Released', 'Shipped'].map((name) => `Order::Milestone::${name}`),
    );
  });

  it('does not begin before confirmation, nor again with a repeat', async () => {
    await twin.live('D2', ...allSteps);
    await twin.save(anOrder('D2'));
    expect((await twin.get('/control/lives/D2')).body).toMatchObject({
      done: 0,
      pending: 7,
      waitingFor: 'confirmation',
    });
    await twin.save({ OrderId: 'D2', IsConfirmed: true });
    await finished('D2');
    await twin.save({ OrderId: 'D2', IsConfirmed: true });
    expect((await twin.get('/control/lives/D2')).body).toMatchObject({ done: 7, failed: [] });
    expect(units(lineOf(await twin.stored('D2')))).toMatchObject({ 7000: 0, 7500: 2 });
  });

  it('§4.2 ships one line of three from two nodes in two parcels, with a release per location', async () => {
    const at = (shipFromLocationId: string, quantity: number) => [{ orderLineId: '1', quantity, shipFromLocationId }];
    await twin.live(
      'SPLIT',
      { after: 0, do: 'allocate', lines: [...at('NODE-1', 2), ...at('NODE-2', 1)] },
      { after: 0, do: 'release' },
      {
        after: 0,
        do: 'ship',
        lines: at('NODE-1', 2),
        package: { packageId: 'P1', trackingNumber: 'TRK1', carrierCode: 'CARRIER-A' },
      },
      {
        after: 0,
        do: 'ship',
        lines: at('NODE-2', 1),
        package: { packageId: 'P2', trackingNumber: 'TRK2', carrierCode: 'CARRIER-B' },
      },
    );
    await twin.save(anOrder('SPLIT', { IsConfirmed: true, OrderLine: [aLine('1', { Quantity: 3 })] }));
    await finished('SPLIT');
    const order = await twin.stored('SPLIT');
    expect(rows(order, 'Release')).toMatchObject([
      { ReleaseId: 'SPLIT1', ShipFromLocationId: 'NODE-1', ReleaseLine: [{ Quantity: 2, FulfilledQuantity: 2 }] },
      { ReleaseId: 'SPLIT2', ShipFromLocationId: 'NODE-2', ReleaseLine: [{ Quantity: 1, FulfilledQuantity: 1 }] },
    ]);
    expect(rows(lineOf(order) ?? {}, 'FulfillmentDetail')).toMatchObject([
      {
        PackageId: 'P1',
        TrackingNumber: 'TRK1',
        CarrierCode: 'CARRIER-A',
        Quantity: 2,
        ReleaseId: 'SPLIT1',
        ReleaseLineId: '1',
      },
      {
        PackageId: 'P2',
        TrackingNumber: 'TRK2',
        CarrierCode: 'CARRIER-B',
        Quantity: 1,
        ReleaseId: 'SPLIT2',
        ReleaseLineId: '1',
      },
    ]);
    expect(rows(order, 'OrderTrackingInfo').map(({ TrackingNumber }) => TrackingNumber)).toEqual(['TRK1', 'TRK2']);
  });

  it('§5.3 invoices parcels so that the invoices add up to the order total', async () => {
    const OrderLineTaxDetail = [{ TaxDetailId: 'T', TaxAmount: 1 }];
    const OrderLineChargeDetail = [{ ChargeDetailId: 'D', ChargeTotal: -1 }];
    const one = { after: 0, do: 'ship', lines: [{ orderLineId: '1', quantity: 1 }] };
    await twin.live('INV', { after: 0, do: 'allocate' }, { after: 0, do: 'release' }, one, one, one);
    await twin.save(
      anOrder('INV', {
        IsConfirmed: true,
        OrderLine: [aLine('1', { Quantity: 3, UnitPrice: 3.33, OrderLineTaxDetail, OrderLineChargeDetail })],
        OrderChargeDetail: [{ ChargeDetailId: 'S', ChargeTotal: 4.95 }],
      }),
    );
    await finished('INV');
    const order = await twin.stored('INV');
    expect(order.OrderTotal).toBe(14.94);
    const invoices = rows(order, 'Invoice');
    expect(invoices.map(({ TotalTaxes }) => TotalTaxes)).toEqual([0.33, 0.34, 0.33]);
    expect(invoices.reduce((cents, { InvoiceTotal }) => cents + Math.round(Number(InvoiceTotal) * 100), 0)).toBe(1494);
  });

  it('§4.5 waits with the release while a hold is applied, and goes on when it is resolved', async () => {
    await twin.live('HELD', ...allSteps.slice(0, 2));
    const hold = (StatusId: string) => ({ OrderHold: [{ HoldTypeId: 'PaymentFraud', StatusId }] });
    await twin.save(anOrder('HELD', { IsConfirmed: true, ...hold('1000') }));
    await eventually(
      'the release waits',
      async () => (await twin.get('/control/lives/HELD')).body.waitingFor === 'hold PaymentFraud is applied',
    );
    expect((await twin.stored('HELD')).MaxFulfillmentStatusId).toBe('2000');
    await twin.save({ OrderId: 'HELD', ...hold('2000') });
    await finished('HELD');
    expect((await twin.stored('HELD')).MaxFulfillmentStatusId).toBe('3000');
  });

  it.each([
    ['DATED', (now: number) => ({ DoNotReleaseBefore: vendorTime(now + 500) }), {}],
    ['LINEHOLD', () => ({}), { OrderLineHold: [{ HoldTypeId: 'AddressVerification', StatusId: '1000' }] }],
  ])('§4.5 does not release %s before its date or under a line hold', async (orderId, header, line) => {
    await twin.live(orderId, ...allSteps.slice(0, 2));
    await twin.save(anOrder(orderId, { IsConfirmed: true, ...header(Date.now()), OrderLine: [aLine('1', line)] }));
    await eventually(
      'the release waits',
      async () =>
        String((await twin.get(`/control/lives/${orderId}`)).body.waitingFor).match(/line hold|not to be released/) !==
        null,
    );
    const OrderLineHold = [{ HoldTypeId: 'AddressVerification', StatusId: '2000' }];
    if (orderId === 'LINEHOLD') await twin.save({ OrderId: orderId, OrderLine: [{ OrderLineId: '1', OrderLineHold }] });
    expect(await finished(orderId)).toMatchObject({ done: 2, failed: [] });
  });

  it('§3.8 only the holds that the tenant names keep an order from being released', async () => {
    await twin.put('/control/config', { holdsBlockingRelease: 'PaymentFraud, ReturnItemsPending' });
    const held = (id: string, HoldTypeId: string) =>
      twin.save(anOrder(id, { IsConfirmed: true, OrderHold: [{ HoldTypeId, StatusId: '1000' }] }));
    await held('HB1', 'BillingWarning');
    await held('HB2', 'PaymentFraud');
    const stands = (id: string, status: string) =>
      eventually(`${id} is ${status}`, async () => (await twin.stored(id)).MinFulfillmentStatusId === status);
    await Promise.all([stands('HB1', '7000'), stands('HB2', '2000')]);
    await eventually('HB2 waits', async () =>
      String((await twin.get('/control/lives/HB2')).body.waitingFor).includes('PaymentFraud'),
    );
    await twin.put('/control/config', { holdsBlockingRelease: '*' });
  });

  it('§3.5 allocation may precede confirmation; the release waits for it', async () => {
    await twin.put('/control/config', { livesBegin: 'created' });
    await twin.save(anOrder('EA1'));
    const stands = (status: string) =>
      eventually(`EA1 is ${status}`, async () => (await twin.stored('EA1')).MinFulfillmentStatusId === status);
    await stands('2000');
    await eventually('it waits', async () =>
      String((await twin.get('/control/lives/EA1')).body.waitingFor).includes('not confirmed'),
    );
    await twin.save({ OrderId: 'EA1', IsConfirmed: true });
    await stands('7000');
    const passed = rows(await twin.stored('EA1'), 'OrderMilestone').map((row) => [
      String(row.MilestoneDefinitionId).replace('Order::Milestone::', ''),
      row.ActualTime,
    ]);
    const at = (name: string) => String(passed.find(([known]) => known === name)?.[1]);
    expect(at('Allocated') < at('Confirmed')).toBe(true);
    expect(at('Confirmed') < at('Released')).toBe(true);
    await twin.put('/control/config', { livesBegin: 'confirmed' });
  });

  it('follows the script for * when it has none of its own, and refuses a script that it cannot read', async () => {
    const other = await TwinClient.start();
    await other.live('*', { after: 0, do: 'backorder' });
    await other.save(anOrder('STAR', { IsConfirmed: true }));
    await eventually(
      'the order is back-ordered',
      async () => (await other.stored('STAR')).MaxFulfillmentStatusId === '1500',
    );
    expect((await other.live('*', { after: 0, do: 'teleport' })).status).toBe(400);
    await other.close();
  });

  it('lives one life per organization when two have the same order id', async () => {
    await twin.live('TWO', { after: 0, do: 'allocate' });
    for (const SelectedOrganization of ['NORTH', 'SOUTH'])
      await twin.post('/order/api/order/order/save', anOrder('TWO', { IsConfirmed: true }), { SelectedOrganization });
    await eventually('both are allocated', async () => {
      const orders = await Promise.all(
        ['NORTH', 'SOUTH'].map((org) => twin.get(`/control/orders/TWO?organization=${org}`)),
      );
      return orders.every(({ body }) => body.MaxFulfillmentStatusId === '2000');
    });
  });

  it('§3.2 shorts units back to 1500 with the reason, and cancels them as the system', async () => {
    const lines = [{ orderLineId: '1', quantity: 1 }];
    await twin.live(
      'SHORT',
      ...allSteps.slice(0, 4),
      { after: 0, do: 'short', lines, reasonId: 'Inventory Not Found' },
      { after: 0, do: 'cancel', lines },
      { after: 0, do: 'ship' },
    );
    await twin.save(anOrder('SHORT', { IsConfirmed: true }));
    await finished('SHORT');
    const line = lineOf(await twin.stored('SHORT'));
    expect(units(line)).toMatchObject({ 1500: 0, 3600: 0, 7000: 1 });
    expect(line).toMatchObject({
      Quantity: 1,
      LineShortCount: 1,
      OrderLineCancelHistory: [{ CancelQuantity: 1, CancelReason: { ReasonId: 'FulfillmentSystemShorted' } }],
    });
  });

  it('§3.2 releases digital goods directly, without allocation', async () => {
    await twin.live('DIGI', { after: 0, do: 'release' }, { after: 0, do: 'ship' });
    const digital = {
      DeliveryMethod: { DeliveryMethodId: 'Email' },
      OrderLineAdditional: { Email: 'kim@example.test' },
    };
    await twin.save(anOrder('DIGI', { IsConfirmed: true, OrderLine: [aLine('1', digital)] }));
    await finished('DIGI');
    expect(units(lineOf(await twin.stored('DIGI')))).toEqual({ 1000: 0, 3000: 0, 7000: 2 });
  });

  it('shows a step that is not possible instead of forcing it', async () => {
    await twin.live(
      'FAIL',
      { after: 0, do: 'ship' },
      { after: 0, do: 'allocate', lines: [{ orderLineId: '9' }] },
      { after: 0, do: 'allocate' },
    );
    await twin.save(anOrder('FAIL', { IsConfirmed: true }));
    expect(await finished('FAIL')).toMatchObject({
      done: 1,
      failed: [
        { step: 0, do: 'ship', because: 'nothing to ship' },
        { step: 1, do: 'allocate', because: 'Order line 9 is unknown or cancelled' },
      ],
    });
  });

  it('counts its own steps as life, not as writes of the caller', async () => {
    await twin.live('BY', { after: 0, do: 'allocate' });
    await twin.save(anOrder('BY', { IsConfirmed: true }));
    await finished('BY');
    const { body } = await twin.get('/control/writes?key=BY');
    expect(rows(body, 'effective').map(({ by }) => by)).toEqual(['api', 'life']);
    expect(body.counts).toEqual({ effective: 1, repeats: 0, refused: 0 });
  });
});
