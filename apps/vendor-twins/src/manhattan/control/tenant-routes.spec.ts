import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { anOrder } from '../testing/an-order.js';
import { TwinClient } from '../testing/twin-client.js';

describe('the tenant of the Manhattan twin', () => {
  let twin: TwinClient;
  beforeEach(async () => {
    twin = await TwinClient.start();
  });
  afterEach(() => twin.close());

  it('§12 lists every switch with its value, default, choices and section, and takes a new value', async () => {
    const { body } = await twin.get('/control/config');
    expect(body.verificationPolicy).toMatchObject({ value: 'line', default: 'line', oneOf: ['line', 'order'] });
    for (const described of Object.values(body))
      expect(described).toMatchObject({ section: expect.stringMatching(/^§/) });
    expect((await twin.put('/control/config', { verificationPolicy: 'order' })).status).toBe(200);
    expect((await twin.get('/control/config')).body.verificationPolicy).toMatchObject({ value: 'order' });
  });

  it.each([{ verificationPolicy: 'neither' }, { varianceHolds: 'yes' }, { noSuchSwitch: true }])(
    'refuses %j by name and keeps what was',
    async (wanted) => {
      const before = (await twin.get('/control/config')).body;
      const { status, body } = await twin.put('/control/config', wanted);
      expect({ status, error: body.error }).toEqual({
        status: 400,
        error: expect.stringContaining(String(Object.keys(wanted)[0])),
      });
      expect((await twin.get('/control/config')).body).toEqual(before);
    },
  );

  it('a clock that is advanced takes the life of an order with it, each step at its own time', async () => {
    const hour = 3_600_000;
    await twin.live('C1', { after: hour, do: 'allocate' }, { after: hour, do: 'release' }, { after: hour, do: 'ship' });
    await twin.save(anOrder('C1', { IsConfirmed: true }));
    await twin.post('/control/clock', { advanceMs: 2 * hour });
    const order = await twin.stored('C1');
    expect(order.MinFulfillmentStatusId).toBe('3000');
    expect(Date.parse(`${String(order.UpdatedTimestamp)}Z`) - Date.now()).toBeGreaterThan(1.9 * hour);
    await twin.post('/control/reset', {});
    expect(Date.parse(`${String((await twin.get('/control/clock')).body.now)}Z`) - Date.now()).toBeLessThan(1_000);
  });

  it('a clock does not go back', async () => {
    expect((await twin.post('/control/clock', { advanceMs: -1 })).status).toBe(400);
  });
});
