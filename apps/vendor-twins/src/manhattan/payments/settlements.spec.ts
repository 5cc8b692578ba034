import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../testing/eventually.js';
import { anOrder } from '../testing/an-order.js';
import { startPushReceiver } from '../testing/push-receiver.js';
import { TwinClient } from '../testing/twin-client.js';
import { objectIn, rows } from '../wire/json.js';

describe('§5.3 who settles what was shipped', () => {
  let twin: TwinClient;
  beforeEach(async () => {
    twin = await TwinClient.start();
    await twin.live('*', ...['allocate', 'release', 'ship'].map((step) => ({ after: 0, do: step })));
  });
  afterEach(() => twin.close());

  const shipped = async (orderId: string, mode: string) => {
    const ProcessingMode = { ProcessingModeId: mode };
    const methods = [8, 12].map((Amount, n) => ({ PaymentMethodId: `PM${n}`, Amount, CurrentAuthAmount: Amount }));
    await twin.save(anOrder(orderId, { IsConfirmed: true, Payment: [{ ProcessingMode, PaymentMethod: methods }] }));
    await eventually(`${orderId} is shipped`, async () => rows(await twin.stored(orderId), 'Invoice').length === 1);
  };
  const status = async (orderId: string) => objectIn(await twin.stored(orderId), 'PaymentStatus')?.StatusId;
  const settles = (orderId: string) =>
    eventually(`${orderId} is paid`, async () => (await status(orderId)) === '5000.000');

  it.each([
    ['automatic', 'ExternalProcessing'],
    ['automatic', 'InternalProcessing'],
    ['internal-only', 'InternalProcessing'],
  ])('%s settles what is paid by %s, over all methods, and closes the invoice', async (settlements, mode) => {
    await twin.put('/control/config', { settlements });
    await shipped('S1', mode);
    await settles('S1');
    const closed = {
      TransactionType: { PaymentTransactionTypeId: 'Settlement' },
      Status: { PaymentTransactionStatusId: 'Closed' },
    };
    expect(await twin.stored('S1')).toMatchObject({
      Invoice: [{ Status: { StatusId: 'Closed' }, AmountProcessed: 20 }],
      Payment: [
        {
          PaymentMethod: [
            { CurrentSettledAmount: 8, PaymentTransaction: [{ ...closed, ProcessedAmount: 8 }] },
            { CurrentSettledAmount: 12, PaymentTransaction: [{ ...closed, ProcessedAmount: 12 }] },
          ],
        },
      ],
    });
  });

  it.each([
    ['manual', 'InternalProcessing'],
    ['internal-only', 'ExternalProcessing'],
  ])('%s leaves what is paid by %s open', async (settlements, mode) => {
    await twin.put('/control/config', { settlements });
    await shipped('S2', mode);
    await twin.post('/control/clock', { advanceMs: 60_000 });
    expect(await status('S2')).toBe('3000.000');
    expect(await twin.stored('S2')).toMatchObject({ Invoice: [{ Status: { StatusId: 'Open' }, AmountProcessed: 0 }] });
  });

  it('§3.2 is told as awaiting settlement first, and then as paid', async () => {
    const receiver = await startPushReceiver();
    await twin.put('/control/config', { settlements: 'automatic' });
    await twin.put('/control/publishing', { http: { url: receiver.url, shape: 'bare' } });
    await shipped('S3', 'InternalProcessing');
    await settles('S3');
    const told = () => receiver.pushes.flatMap(({ body }) => rows({ one: [body] }, 'one'));
    const statuses = () => new Set(told().map((order) => objectIn(order, 'PaymentStatus')?.StatusId));
    await eventually('it is told', () => statuses().has('5000.000'));
    await receiver.close();
    expect([...statuses()].sort()).toEqual(['3000.000', '4000.000', '5000.000']);
  });
});
