import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aReturn, aShippedOrder } from '../testing/a-return.js';
import { anOrder } from '../testing/an-order.js';
import { startPushReceiver } from '../testing/push-receiver.js';
import { eventually } from '../../testing/eventually.js';
import { ORDER, TwinClient } from '../testing/twin-client.js';
import { rows } from '../wire/json.js';

const DAY = 86_400_000;

describe('the rest of the order component', () => {
  let twin: TwinClient;
  beforeEach(async () => {
    twin = await TwinClient.start();
    await twin.live('*');
  });
  afterEach(() => twin.close());

  const found = async (path: string, Query: string) => rows((await twin.post(path, { Query })).body, 'data');

  it('§3.1 tells what an order is worth, and its payments anew', async () => {
    await twin.save(anOrder('V1'));
    expect((await twin.post(`${ORDER}/getOrderValue`, { OrderId: 'V1' })).body).toMatchObject({
      data: { OrderTotal: 20, CurrencyCode: 'USD' },
    });
    expect((await twin.get(`${ORDER}/orderId/V1/syncPayment`)).body).toMatchObject({ data: { OrderId: 'V1' } });
    expect((await twin.get('/order/api/order/validationRule/orderId/V1/preview')).body.data).toEqual([]);
  });

  it('§4.1 shows reservations by search and by the id of the order', async () => {
    await twin.save(anOrder('V2', { IsConfirmed: true }));
    await twin.post(`${ORDER}/V2/allocate`, {});
    const reserved = { RequestId: 'V2', ReservationRequestDetail: [{ Quantity: 2, ReservationRequestId: 'V2' }] };
    const path = '/inventory/api/inventory/reservationRequest';
    expect(await found(`${path}/search`, "RequestId = 'V2'")).toMatchObject([reserved]);
    expect((await twin.get(`${path}/requestId/V2`)).body).toMatchObject({ data: reserved });
  });

  it('§3.1 finds ship-to addresses, and no modification that waits', async () => {
    await twin.save(anOrder('V3'));
    expect(await found('/order/api/order/shipToAddress/search', "OrderId = 'V3'")).toMatchObject([
      { Address: { City: 'Sampleton' }, AddressId: expect.stringMatching(/^[0-9a-f]{30}$/) },
    ]);
    expect(await found('/order/api/order/postReleaseModificationTracker/search', '')).toEqual([]);
  });

  it('§5.2 a return label is a document of its order', async () => {
    await aShippedOrder(twin, 'O4');
    await twin.save(aReturn('V4', 'O4'));
    await twin.post(`${ORDER}/orderId/V4/returnLabel/generate`, {});
    const documents = { data: [{ DocumentId: 'LABEL-V4', DocumentType: 'ReturnLabel' }] };
    expect((await twin.get(`${ORDER}/orderId/V4/documents`)).body).toMatchObject(documents);
    const { status, body } = await twin.get('/docmanagement/api/documentmanagement/LABEL-V4');
    expect({ status, body }).toMatchObject({ status: 200, body: { data: { DocumentId: 'LABEL-V4' } } });
    expect((await twin.get('/docmanagement/api/documentmanagement/LABEL-NO')).status).toBe(404);
  });

  it('§5.2 a write-off closes what is open, and processes nothing', async () => {
    await aShippedOrder(twin, 'O5');
    await twin.post(`${ORDER}/orderId/O5/writeOff`, {});
    expect(await twin.stored('O5')).toMatchObject({
      Invoice: [{ Status: { StatusId: 'Closed' }, AmountProcessed: 0 }],
    });
  });

  it('§3.1 posts sales again', async () => {
    const receiver = await startPushReceiver();
    await aShippedOrder(twin, 'O6');
    await twin.put('/control/publishing', { http: { url: receiver.url, shape: 'wrapped' } });
    await twin.post(`${ORDER}/publishSalesPosting/orderId/O6`, {});
    const [push] = await eventually('the posting', () => receiver.pushes.length > 0 && receiver.pushes);
    await receiver.close();
    expect(push?.body).toMatchObject({
      OriginalHeaders: { MSG_TYPE: 'PublishSalesPostingMSGType' },
      OriginalPayload: { OrderId: 'O6', Invoice: [{ InvoiceTotal: 29 }] },
    });
  });

  it('knows nothing of an unknown order', async () => {
    for (const path of [`${ORDER}/orderId/NO/documents`, `${ORDER}/orderId/NO/syncPayment`])
      expect((await twin.get(path)).status).toBe(404);
  });

  it('§3.9 archives a paid order after its days, and brings it back for a return', async () => {
    await aShippedOrder(twin, 'A1');
    expect((await twin.stored('A1')).ArchiveDate).toEqual(expect.stringMatching(/^\d{4}-/));
    const read = async () => (await twin.get(`${ORDER}/orderId/A1`)).status;
    const searched = async () => (await found(`${ORDER}/search`, "OrderId = 'A1'")).length;
    await twin.post('/control/clock', { advanceMs: 29 * DAY });
    expect([await read(), await searched()]).toEqual([200, 1]);
    await twin.post('/control/clock', { advanceMs: DAY });
    expect([await read(), await searched()]).toEqual([404, 0]);
    await twin.save(aReturn('RA1', 'A1'));
    expect([await read(), await searched()]).toEqual([200, 1]);
    expect(await twin.stored('A1')).not.toHaveProperty('ArchiveDate');
  });

  it.each([
    [0, 'nothing'],
    [30, 'money that is due'],
  ])('§3.9 archives nothing after %i days with %s outstanding', async (archiveDays) => {
    await twin.put('/control/config', { archiveDays });
    await twin.live('A2', ...['allocate', 'release', 'ship'].map((step) => ({ after: 0, do: step })));
    const settled = archiveDays === 0 ? 20 : 0;
    const method = { PaymentMethodId: 'PM', Amount: 20, CurrentAuthAmount: 20, CurrentSettledAmount: settled };
    await twin.save(anOrder('A2', { IsConfirmed: true, Payment: [{ PaymentMethod: [method] }] }));
    await eventually('it is shipped', async () => (await twin.stored('A2')).MinFulfillmentStatusId === '7000');
    expect(await twin.stored('A2')).not.toHaveProperty('ArchiveDate');
  });
});
