import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLine, anOrder } from '../testing/an-order.js';
import { eventually } from '../../testing/eventually.js';
import { firstMessage, ORDER, TwinClient } from '../testing/twin-client.js';
import { objectIn, rows, type JsonObject } from '../wire/json.js';

describe('§4 allocation, release and reroute by hand', () => {
  let twin: TwinClient;
  beforeEach(async () => {
    twin = await TwinClient.start();
    await twin.live('*');
  });
  afterEach(() => twin.close());

  const confirmed = (orderId: string, line: object = {}) =>
    twin.save(anOrder(orderId, { IsConfirmed: true, OrderLine: [aLine('1', { Quantity: 3, ...line })] }));
  const lineOf = async (orderId: string): Promise<JsonObject> => rows(await twin.stored(orderId), 'OrderLine')[0] ?? {};
  const units = async (orderId: string): Promise<JsonObject> =>
    Object.fromEntries(
      rows(await lineOf(orderId), 'QuantityDetail').map((row) => [String(row.StatusId), row.Quantity ?? 0]),
    );
  const released = async (orderId: string, line: object = {}) => {
    await confirmed(orderId, line);
    await twin.post(`${ORDER}/${orderId}/allocate`, {});
    expect((await twin.get(`${ORDER}/${orderId}/release`)).status).toBe(200);
  };
  const allocatedAt = (orderId: string, location: string) =>
    eventually(`${orderId} is allocated at ${location}`, async () => {
      const [allocation] = rows(await lineOf(orderId), 'Allocation');
      return allocation?.ShipFromLocationId === location && allocation.Quantity === 3;
    });

  it('§4.1 allocates and releases by order, by list and by line', async () => {
    await confirmed('A1');
    await twin.post(`${ORDER}/allocate`, { OrderIds: ['A1'] });
    expect(await units('A1')).toEqual({ 1000: 0, 2000: 3 });
    await twin.post(`${ORDER}/releaseOrders`, { OrderIds: ['A1'] });
    expect(await units('A1')).toEqual({ 1000: 0, 2000: 0, 3000: 3 });
    await confirmed('A2');
    const OrderLineIdDTOList = [{ OrderId: 'A2', OrderLineId: '1' }];
    await twin.post(`${ORDER}/orderLine/allocate`, { OrderLineIdDTOList });
    await twin.post(`${ORDER}/orderLine/release`, { OrderLineIdDTOList });
    expect(await units('A2')).toMatchObject({ 3000: 3 });
  });

  it('§4.5 refuses a release that is not confirmed, held or empty, in words', async () => {
    await twin.save(anOrder('B1'));
    const { status, body } = await twin.get(`${ORDER}/B1/release`);
    expect({ status, words: firstMessage(body) }).toEqual({
      status: 400,
      words: expect.stringContaining('not confirmed'),
    });
    await confirmed('B2');
    expect(firstMessage((await twin.get(`${ORDER}/B2/release`)).body)).toContain('nothing to release');
  });

  it('§4.4 release/cancel pulls open units back to allocated and keeps the release', async () => {
    await released('P1');
    await twin.post(`${ORDER}/changeStatus`, {
      OrderId: 'P1',
      ChangeStatusLine: [{ OrderLineId: '1', DropStatus: '3000', IntendedDropStatus: '7000', Quantity: 1 }],
    });
    await twin.post(`${ORDER}/release/cancel`, { OrderId: 'P1', Release: [{ ReleaseId: 'P11' }] });
    expect(await units('P1')).toEqual({ 1000: 0, 2000: 2, 3000: 0, 7000: 1 });
    expect(await twin.stored('P1')).toMatchObject({
      Release: [{ ReleaseLine: [{ Quantity: 3, FulfilledQuantity: 1, CancelledQuantity: 2 }] }],
      OrderLine: [{ Allocation: [{ Quantity: 2, Status: { StatusId: 'Open' } }] }],
    });
    await twin.get(`${ORDER}/P1/release`);
    expect(rows(await twin.stored('P1'), 'Release').map(({ ReleaseId }) => ReleaseId)).toEqual(['P11', 'P12']);
  });

  it.each([
    ['an unknown release', {}, 'NOPE'],
    ['goods for a store', { DeliveryMethod: { DeliveryMethodId: 'PickUpAtStore' }, ShipToLocationId: 'S-1' }, 'P21'],
  ])('§4.1 release/cancel refuses %s', async (_, line, ReleaseId) => {
    await released('P2', line);
    expect((await twin.post(`${ORDER}/release/cancel`, { OrderId: 'P2', Release: [{ ReleaseId }] })).status).toBe(400);
    expect(await units('P2')).toMatchObject({ 3000: 3 });
  });

  it('§4.4 a new ShipFromLocationId before release promises and allocates the line anew', async () => {
    await confirmed('R1');
    await twin.post(`${ORDER}/R1/allocate`, {});
    const saved = await twin.save({ OrderId: 'R1', OrderLine: [forced('1', 'NODE-7')] });
    expect(rows(saved, 'OrderLine')[0]).toMatchObject({ MaxFulfillmentStatusId: '1000', Allocation: [] });
    await allocatedAt('R1', 'NODE-7');
  });

  const forced = (OrderLineId: string, ShipFromLocationId: string) => ({
    OrderLineId,
    OrderLinePromisingInfo: { ShipFromLocationId, IsForceAllocate: true },
  });

  it('§4.4 forcing one line of two does not take; forcing both does', async () => {
    await twin.save(anOrder('R2', { IsConfirmed: true, OrderLine: [aLine('1', { Quantity: 3 }), aLine('2')] }));
    await twin.post(`${ORDER}/R2/allocate`, {});
    await twin.save({ OrderId: 'R2', OrderLine: [forced('1', 'NODE-7')] });
    await allocatedAt('R2', 'NODE-1');
    await twin.save({ OrderId: 'R2', OrderLine: [forced('1', 'NODE-8'), forced('2', 'NODE-8')] });
    await allocatedAt('R2', 'NODE-8');
  });

  it('§3.7 the promised location is fixed once the line is released', async () => {
    await released('R3');
    const { status, body } = await twin.post(`${ORDER}/save`, { OrderId: 'R3', OrderLine: [forced('1', 'NODE-7')] });
    expect({ status, words: firstMessage(body) }).toEqual({
      status: 400,
      words: expect.stringContaining('OrderLine::PromisingInfo::Location'),
    });
  });

  it('§4.4 deallocate gives the reservation back, and tells the order only if asked to', async () => {
    await confirmed('D1');
    await twin.post(`${ORDER}/D1/allocate`, {});
    const deallocate = (postToOrder: boolean) =>
      twin.post('/inventory/api/inventory/reservationRequestDetails/deallocate', {
        ReservationRequestId: 'D1',
        postToOrder,
      });
    await deallocate(false);
    expect(await units('D1')).toEqual({ 1000: 0, 2000: 3 });
    await deallocate(true);
    expect(await units('D1')).toEqual({ 1000: 0, 1500: 3, 2000: 0 });
    expect(await lineOf('D1')).toMatchObject({ Allocation: [] });
  });

  it.each([
    ['2000', '1500'],
    ['2000', '1000'],
    ['3000', '3500'],
    ['3000', '3600'],
    ['3000', '3700'],
    ['3000', '1500'],
    ['3000', '7000'],
  ])('§3.2 changeStatus moves a unit from %s to %s', async (DropStatus, IntendedDropStatus) => {
    await confirmed('S1');
    await twin.post(`${ORDER}/S1/allocate`, {});
    if (DropStatus === '3000') await twin.get(`${ORDER}/S1/release`);
    const line = { OrderLineId: '1', DropStatus, IntendedDropStatus, Quantity: 1 };
    expect((await twin.post(`${ORDER}/changeStatus`, { OrderId: 'S1', ChangeStatusLine: [line] })).status).toBe(200);
    expect(await units('S1')).toMatchObject({ [DropStatus]: 2, [IntendedDropStatus]: 1 });
  });

  it.each([
    ['1000', '7000', 1],
    ['1000', '2000', 4],
    ['2000', '3000', 1],
    ['1000', '2000', 0],
  ])('§3.2 changeStatus refuses %s to %s of %i', async (DropStatus, IntendedDropStatus, Quantity) => {
    await confirmed('S2');
    const line = { OrderLineId: '1', DropStatus, IntendedDropStatus, Quantity };
    expect((await twin.post(`${ORDER}/changeStatus`, { OrderId: 'S2', ChangeStatusLine: [line] })).status).toBe(400);
    expect(await units('S2')).toEqual({ 1000: 3 });
  });

  it('§3.1 massAction runs later as a job, one at a time, over what its query finds', async () => {
    await twin.put('/control/config', { massActionMs: 60_000 });
    for (const id of ['M1', 'M2']) await confirmed(id);
    const start = () => twin.post(`${ORDER}/massAction`, { Query: "OrderId = 'M1'", MassAction: 'Allocate' });
    const JobScheduleId = objectIn((await start()).body, 'data')?.JobScheduleId;
    expect((await start()).status).toBe(400);
    const job = async () =>
      rows(
        (
          await twin.post('/scheduler/api/scheduler/jobExecution/search', {
            Query: `JobScheduleId = '${String(JobScheduleId)}'`,
          })
        ).body,
        'data',
      );
    expect(await job()).toMatchObject([{ Status: 'Running' }]);
    expect(await units('M1')).toEqual({ 1000: 3 });
    await twin.post('/control/clock', { advanceMs: 60_000 });
    expect(await job()).toMatchObject([{ Status: 'Completed', ProcessedCount: 1 }]);
    expect(await units('M1')).toEqual({ 1000: 0, 2000: 3 });
    expect(await units('M2')).toEqual({ 1000: 3 });
    expect((await start()).status).toBe(200);
  });

  it('§3.1 unhold resolves line holds', async () => {
    await confirmed('H1', { OrderLineHold: [{ HoldTypeId: 'ShippingRestriction', StatusId: '1000' }] });
    await twin.post(`${ORDER}/orderLine/unhold`, { OrderLineIdDTOList: [{ OrderId: 'H1', OrderLineId: '1' }] });
    expect(await lineOf('H1')).toMatchObject({ IsOnHold: false, OrderLineHold: [{ StatusId: '2000' }] });
  });
});
