import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aReturn, aReturnLine, returnEvent } from '../testing/a-return.js';
import { aLine, anOrder } from '../testing/an-order.js';
import { eventually } from '../../testing/eventually.js';
import { firstMessage, TwinClient } from '../testing/twin-client.js';
import { rows, type JsonObject } from '../wire/json.js';

describe('§3.5, §4.3 substitution at the Manhattan twin', () => {
  let twin: TwinClient;
  beforeEach(async () => {
    twin = await TwinClient.start();
    await twin.live('*', { after: 0, do: 'allocate' }, { after: 0, do: 'release' });
  });
  afterEach(() => twin.close());

  const line = async (orderId: string): Promise<JsonObject> => rows(await twin.stored(orderId), 'OrderLine')[0] ?? {};
  const standing = async (orderId: string, status: string) => {
    await eventually(`${orderId} is ${status}`, async () => (await line(orderId)).MinFulfillmentStatusId === status);
    return twin.stored(orderId);
  };
  const released = async (orderId: string) => {
    await twin.save(anOrder(orderId, { IsConfirmed: true, OrderLine: [aLine('1', { Quantity: 3, UnitPrice: 10 })] }));
    await standing(orderId, '3000');
  };
  const ship = (orderId: string, Item: string, Quantity: number) =>
    twin.post('/order/api/order/orderevent/receive', {
      OrderEvent: [
        {
          ...{ EventTypeId: 'Ship', OrderId: orderId, ReleaseId: `${orderId}1`, ReleaseLineId: '1', Item, Quantity },
          FulfillmentInfo: { PackageId: `PK-${Item}`, TrackingNumber: `TRK-${Item}` },
        },
      ],
    });
  const rungs = async (orderId: string) =>
    rows(await line(orderId), 'QuantityDetail')
      .filter(({ Quantity }) => Quantity !== 0)
      .map(({ StatusId, ItemId, Quantity, SubstitutionType }) => [
        StatusId,
        ItemId,
        Quantity,
        SubstitutionType ?? null,
      ]);

  it('shows the ordered item at the line, and the shipped one at unit row, parcel and invoice', async () => {
    await released('S1');
    expect((await ship('S1', 'SKU-9', 2)).status).toBe(200);
    expect((await ship('S1', 'SKU-1', 1)).status).toBe(200);
    expect(await rungs('S1')).toEqual([
      ['7000', 'SKU-9', 2, 'Immediate'],
      ['7000', 'SKU-1', 1, null],
    ]);
    expect(await twin.stored('S1')).toMatchObject({
      OrderLine: [
        {
          ItemId: 'SKU-1',
          MinFulfillmentStatusId: '7000',
          FulfillmentDetail: [
            { ItemId: 'SKU-9', Quantity: 2, PackageId: 'PK-SKU-9' },
            { ItemId: 'SKU-1', Quantity: 1, PackageId: 'PK-SKU-1' },
          ],
        },
      ],
      Release: [{ ReleaseLine: [{ ItemId: 'SKU-1', FulfilledQuantity: 3 }] }],
      Invoice: [
        { InvoiceTotal: 20, InvoiceLine: [{ ItemId: 'SKU-9', OrderedItemId: 'SKU-1', Quantity: 2 }] },
        { InvoiceTotal: 10, InvoiceLine: [{ ItemId: 'SKU-1', OrderedItemId: 'SKU-1', Quantity: 1 }] },
      ],
    });
  });

  it('keeps units substituted on their further way: delivered, coming back, returned', async () => {
    await released('S2');
    await ship('S2', 'SKU-9', 3);
    const delivered = {
      EventTypeId: 'StatusUpdate',
      StatusId: '7500',
      FulfillmentInfo: { TrackingNumber: 'TRK-SKU-9' },
    };
    await twin.post('/order/api/order/orderevent/receive', { OrderEvent: [delivered] });
    await twin.save(aReturn('R2', 'S2', { OrderLine: [aReturnLine('S2')] }));
    await returnEvent(twin, 'LineVerification', 'R2');
    expect(await rungs('S2')).toEqual([
      ['7500', 'SKU-9', 2, 'Immediate'],
      ['8500', 'SKU-9', 1, 'Immediate'],
    ]);
  });

  it('is played by a life, and by steps of one line for one item and the other', async () => {
    const ships = (itemId: string, quantity: number) => ({
      ...{ after: 0, do: 'ship', lines: [{ orderLineId: '1', quantity, itemId }] },
      package: { packageId: 'PK-1', trackingNumber: 'TRK-1', carrierCode: 'UPS' },
    });
    await twin.live(
      'S3',
      { after: 0, do: 'allocate' },
      { after: 0, do: 'release' },
      ships('SKU-9', 1),
      ships('SKU-1', 2),
    );
    await twin.save(anOrder('S3', { IsConfirmed: true, OrderLine: [aLine('1', { Quantity: 3 })] }));
    expect(await standing('S3', '7000')).toMatchObject({
      OrderLine: [
        {
          FulfillmentDetail: [
            { ItemId: 'SKU-9', PackageId: 'PK-1' },
            { ItemId: 'SKU-1', PackageId: 'PK-1' },
          ],
        },
      ],
      OrderTrackingInfo: [{ TrackingNumber: 'TRK-1' }],
    });
    expect((await twin.get('/control/lives/S3')).body).toMatchObject({ failed: [], pending: 0 });
  });

  it('takes the shipped item from stock, and gives the reservation of the ordered one back', async () => {
    const supply = ['SKU-1', 'SKU-9'].map((itemId) => ({ itemId, locationId: 'NODE-1', quantity: 10 }));
    await twin.put('/control/inventory/supply', { organization: 'NORTH', supply });
    await released('S4');
    await ship('S4', 'SKU-9', 3);
    const stock = async (itemId: string) => {
      const query = encodeURIComponent(`ItemId = '${itemId}'`);
      const [row] = rows((await twin.get(`/inventory/api/inventory/supply?query=${query}`)).body, 'data');
      return row;
    };
    expect(await stock('SKU-1')).toMatchObject({ Quantity: 10, SupplyAllocation: { AllocatedQuantity: 0 } });
    expect(await stock('SKU-9')).toMatchObject({ Quantity: 7, SupplyAllocation: { AllocatedQuantity: 0 } });
  });

  it('is refused where the tenant does not substitute', async () => {
    await twin.put('/control/config', { substitution: 'refuse' });
    await released('S5');
    const { status, body } = await ship('S5', 'SKU-9', 1);
    expect({ status, words: firstMessage(body) }).toEqual({ status: 400, words: expect.stringMatching(/^Item: /) });
    expect(await rungs('S5')).toEqual([['3000', 'SKU-1', 3, null]]);
  });

  it.each([
    ['generated', 'PKG-S6-1'],
    ['reported', null],
  ])('§4.2 a package that nobody names is %s', async (packageIds, PackageId) => {
    await twin.put('/control/config', { packageIds });
    await released('S6');
    const event = {
      EventTypeId: 'Ship',
      OrderId: 'S6',
      ReleaseId: 'S61',
      ReleaseLineId: '1',
      Item: 'SKU-1',
      Quantity: 3,
    };
    const OrderEvent = [{ ...event, FulfillmentInfo: { PackageId: '' } }];
    expect((await twin.post('/order/api/order/orderevent/receive', { OrderEvent })).status).toBe(200);
    expect(await twin.stored('S6')).toMatchObject({
      OrderLine: [{ FulfillmentDetail: [{ PackageId, TrackingNumber: null, Quantity: 3 }] }],
      Invoice: [{ PackageId, InvoiceTotal: 30 }],
    });
  });
});
