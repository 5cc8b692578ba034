import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLine, anOrder } from '../testing/an-order.js';
import { eventually } from '../../testing/eventually.js';
import { startPushReceiver, type PushReceiver } from '../testing/push-receiver.js';
import { ORDER, TwinClient } from '../testing/twin-client.js';
import { objectIn, rows } from '../wire/json.js';

describe('what the order component publishes beside the order', () => {
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

  const ofType = (type: string) =>
    receiver.pushes
      .map(({ body }) => ({
        headers: objectIn(body, 'OriginalHeaders') ?? {},
        payload: objectIn(body, 'OriginalPayload') ?? {},
      }))
      .filter(({ headers }) => String(headers.MSG_TYPE).includes(type));
  const arrived = (type: string, count: number) =>
    eventually(`${count} of ${type} arrived`, () => ofType(type).length >= count && ofType(type));
  const released = async (orderId: string) => {
    await twin.live(orderId, { after: 0, do: 'allocate' }, { after: 0, do: 'release' });
    const line = aLine('1', {
      OrderLineChargeDetail: [{ ChargeDetailId: 'D', ChargeType: { ChargeTypeId: 'Discount' }, ChargeTotal: -1 }],
    });
    await twin.save(anOrder(orderId, { IsConfirmed: true, OrderLine: [line] }));
    await eventually('it is released', async () => rows(await twin.stored(orderId), 'Release').length > 0);
  };
  const destination = (more: object = {}) =>
    twin.put('/control/config', {
      releaseDestinations: [
        { LocationId: 'NODE-1', ReleaseDestinationId: 'Order:Release:Event:ExampleStore', ...more },
      ],
    });

  it('§4.5 a release leaves in its flattened shape and casing, as an outbound message', async () => {
    await destination();
    await released('R1');
    const [message] = await arrived('PublishReleaseToStore', 1);
    expect(message?.headers).toMatchObject({
      ComponentName: 'xint',
      direction: 'Outbound',
      BROKER_TYPE: 'googlepubsub',
    });
    expect(message?.payload).toMatchObject({
      OrganizationId: 'NORTH',
      OrderId: 'R1',
      ReleaseId: 'R11',
      OrderTypeId: 'Web',
      City: 'Sampleton',
      OrderSubtotal: 20,
      OrderTotal: 19,
      ReleaseLine: [
        {
          ReleaseLineId: '1',
          Quantity: 2,
          IsPriceOverrIdden: false,
          OrderLineSubtotal: 20,
          DeliveryMethodId: 'ShipToAddress',
          ChargeDetail: [{ ChargeTypeId: 'Discount', ChargeTotal: -1 }],
          AllocationInfo: { AllocationId: 'R1-1-A1' },
          OrderLine: { ShipToAddress: { Address: { City: 'Sampleton' } } },
        },
      ],
      Order: {},
    });
    expect(message?.payload).not.toHaveProperty('OrderSubTotal');
    expect(message?.payload).not.toHaveProperty('OrderType');
  });

  it('§4.5 a basic template leaves the nested order out', async () => {
    await destination({ ReleaseTemplateName: 'BasicCustomer' });
    await released('R1');
    const [message] = await arrived('PublishReleaseToStore', 1);
    expect(message?.payload).not.toHaveProperty('Order');
    expect(rows(message?.payload ?? {}, 'ReleaseLine')[0]).not.toHaveProperty('OrderLine');
  });

  it('§4.5 without a row for the location nothing leaves; later an export sends it', async () => {
    await released('R1');
    await arrived('PublishOrderEvent', 3);
    expect(ofType('PublishReleaseToStore')).toEqual([]);
    await destination({ LocationId: '*' });
    expect((await twin.get(`${ORDER}/release/R11/export`)).status).toBe(200);
    await arrived('PublishReleaseToStore', 1);
    expect((await twin.get(`${ORDER}/R1/release/export`)).status).toBe(200);
    await arrived('PublishReleaseToStore', 2);
    expect((await twin.get(`${ORDER}/release/NOPE/export`)).status).toBe(404);
  });

  it.each([
    [{}],
    [[{ LocationId: 'NODE-1' }]],
    [[{ LocationId: 'A', ReleaseDestinationId: 'B', ReleaseTemplateName: 'C' }]],
  ])('refuses destinations that cannot be read: %j', async (releaseDestinations) => {
    expect((await twin.put('/control/config', { releaseDestinations })).status).toBe(400);
  });

  it('§3.2 status ids may carry decimals, in messages', async () => {
    await twin.put('/control/config', { statusIds: 'decimals' });
    await twin.save(anOrder('D1'));
    const [message] = await arrived('PublishOrderEvent', 1);
    expect(message?.payload).toMatchObject({ MinFulfillmentStatus: { StatusId: '1000.000' } });
  });

  it('§7.3 publishes order lines whose rule says so, and by hand', async () => {
    const modTypes = { '*': { 'OrderLine::Quantity::Decrease': { PublishOrder: false, PublishOrderLine: true } } };
    await twin.put('/control/config', { modTypes });
    await twin.save(anOrder('L1', { OrderLine: [aLine('1'), aLine('2')] }));
    await twin.save({ OrderId: 'L1', OrderLine: [{ OrderLineId: '2', Quantity: 1 }] });
    const [message] = await arrived('PublishOrderLine', 1);
    expect(message).toMatchObject({
      headers: { QueueName: 'queue.publishOrderLineEvent' },
      payload: { OrderId: 'L1', OrderLineId: '2', Quantity: 1 },
    });
    expect(JSON.stringify(message?.payload.ChangeLog)).toContain('OrderLine::Quantity::Decrease');
    await twin.post(`${ORDER}/orderLine/publish`, { OrderLineIdDTOList: [{ OrderId: 'L1', OrderLineId: '1' }] });
    const again = await arrived('PublishOrderLine', 2);
    expect(again[1]?.payload).toMatchObject({ OrderLineId: '1', ChangeLog: null });
  });
});
