import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLine, anOrder } from '../testing/an-order.js';
import { eventually } from '../../testing/eventually.js';
import { ORDER, TwinClient } from '../testing/twin-client.js';
import { rows, type JsonObject } from '../wire/json.js';

describe('§4.4 the ways of a reroute at the Manhattan twin', () => {
  let twin: TwinClient;
  beforeEach(async () => {
    twin = await TwinClient.start();
    await twin.live('*');
  });
  afterEach(() => twin.close());

  const confirmed = (orderId: string, line: object = {}) =>
    twin.save(anOrder(orderId, { IsConfirmed: true, OrderLine: [aLine('1', { Quantity: 3, ...line })] }));
  const allocate = (orderId: string) => twin.post(`${ORDER}/${orderId}/allocate`, {});
  const line = async (orderId: string): Promise<JsonObject> => rows(await twin.stored(orderId), 'OrderLine')[0] ?? {};
  const places = async (orderId: string) =>
    rows(await line(orderId), 'Allocation')
      .filter(({ Quantity }) => Quantity !== 0)
      .map(({ ShipFromLocationId, Quantity }) => [ShipFromLocationId, Quantity]);
  const released = async (orderId: string, more: object = {}) => {
    await confirmed(orderId, more);
    await allocate(orderId);
    expect((await twin.get(`${ORDER}/${orderId}/release`)).status).toBe(200);
  };
  const short = (orderId: string, Quantity: number) =>
    twin.post('/order/api/order/orderevent/receive', {
      OrderEvent: [
        {
          ...{ EventTypeId: 'Short', OrderId: orderId, ReleaseId: `${orderId}1`, ReleaseLineId: '1', Quantity },
          ...{ ShortReasonId: 'Store Reject', EventProcess: 'Pick' },
        },
      ],
    });

  it('2: a store that rejects does not get the units again', async () => {
    await released('R1');
    expect((await short('R1', 2)).status).toBe(200);
    expect(await places('R1')).toEqual([
      ['NODE-1', 1],
      ['NODE-2', 2],
    ]);
    expect(await line('R1')).toMatchObject({ LineShortCount: 1, Quantity: 3 });
  });

  it('2: goods to be picked up have no other place, and stay back ordered (§10.27)', async () => {
    await released('R2', { DeliveryMethod: { DeliveryMethodId: 'PickUpAtStore' }, ShipToLocationId: 'STORE-1' });
    await short('R2', 3);
    expect(await places('R2')).toEqual([]);
    expect(await line('R2')).toMatchObject({ MinFulfillmentStatusId: '1500', Quantity: 3 });
  });

  it('4: what is deallocated is allocated anew by a mass action', async () => {
    await confirmed('R3');
    await allocate('R3');
    await twin.put('/control/config', { massActionMs: 60_000, excludedLocations: 'NODE-1' });
    const path = '/inventory/api/inventory/reservationRequestDetails/deallocate';
    await twin.post(path, { ReservationRequestId: 'R3', postToOrder: true });
    expect(await line('R3')).toMatchObject({ MinFulfillmentStatusId: '1500', Allocation: [] });
    await twin.post(`${ORDER}/massAction`, { Query: "OrderId = 'R3'", MassAction: 'Allocate' });
    await twin.post('/control/clock', { advanceMs: 60_000 });
    expect(await places('R3')).toEqual([['NODE-2', 3]]);
  });

  it('5: an excluded location is passed over, also as a wish; where none is left goods are back ordered', async () => {
    await twin.put('/control/config', { excludedLocations: 'NODE-1, NODE-7' });
    await confirmed('R4', { OrderLinePromisingInfo: { ShipFromLocationId: 'NODE-7' } });
    await allocate('R4');
    expect(await places('R4')).toEqual([['NODE-2', 3]]);
    await twin.put('/control/config', { shipFromLocations: 'NODE-1' });
    await confirmed('R5');
    await allocate('R5');
    expect(await line('R5')).toMatchObject({ MinFulfillmentStatusId: '1500' });
    expect(await places('R5')).toEqual([]);
  });

  it('5: a forced location that is excluded is no reason to take another one', async () => {
    await twin.put('/control/config', { excludedLocations: 'NODE-7' });
    await confirmed('R6', { OrderLinePromisingInfo: { ShipFromLocationId: 'NODE-7', IsForceAllocate: true } });
    await allocate('R6');
    expect(await line('R6')).toMatchObject({ MinFulfillmentStatusId: '1500' });
  });

  it('1 and 3: a release is pulled back, promised elsewhere and released from there', async () => {
    await released('R7');
    await twin.post(`${ORDER}/release/cancel`, { OrderId: 'R7', Release: [{ ReleaseId: 'R71' }] });
    const promise = { ShipFromLocationId: 'NODE-3', IsForceAllocate: true };
    await twin.save({ OrderId: 'R7', OrderLine: [{ OrderLineId: '1', OrderLinePromisingInfo: promise }] });
    await eventually('it is allocated at NODE-3', async () => (await places('R7'))[0]?.[0] === 'NODE-3');
    await twin.get(`${ORDER}/R7/release`);
    expect(rows(await twin.stored('R7'), 'Release').map((row) => [row.ReleaseId, row.ShipFromLocationId])).toEqual([
      ['R71', 'NODE-1'],
      ['R72', 'NODE-3'],
    ]);
  });
});
