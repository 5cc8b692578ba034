import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../testing/eventually.js';
import { anOrder } from '../testing/an-order.js';
import { startPushReceiver, type PushReceiver } from '../testing/push-receiver.js';
import { firstMessage, ORDER, TwinClient } from '../testing/twin-client.js';
import { objectIn, rows, type JsonObject } from '../wire/json.js';
import { CHAOS_PROFILES } from './chaos-profiles.js';

type ProfileName = keyof typeof CHAOS_PROFILES;

describe('§11 the chaos profiles of the Manhattan twin', () => {
  let twin: TwinClient;
  let receiver: PushReceiver;
  beforeEach(async () => {
    twin = await TwinClient.start();
    receiver = await startPushReceiver();
    await twin.put('/control/publishing', { http: { url: receiver.url, shape: 'bare' } });
  });
  afterEach(async () => {
    await twin.close();
    await receiver.close();
  });

  const save = (orderId: string) => twin.post(`${ORDER}/save`, anOrder(orderId));
  const ids = () => receiver.pushes.map(({ body }) => String(body.OrderId));
  const pushed = (count: number) =>
    eventually(`${count} messages`, () => receiver.pushes.length >= count && receiver.pushes);
  const publishes = (count: number) => Promise.all(Array.from({ length: count }, (_, n) => save(`N${n + 10}`)));
  /** Saves until one is answered as wanted: the seed makes sure that one will be. */
  const untilSave = (what: string, fits: (answer: { status: number; body: JsonObject }) => boolean) =>
    eventually(what, async () => fits(await save('S1')));

  const feel: Record<ProfileName, () => Promise<unknown>> = {
    duplicate: async () => {
      await save('D1');
      await pushed(3);
      expect(ids()).toEqual(['D1', 'D1', 'D1']);
    },
    reorder: async () => {
      for (let n = 10; n < 30; n += 1) await save(`N${n}`);
      await pushed(20);
      expect(ids()).not.toEqual([...ids()].sort());
    },
    delay: async () => {
      const before = Date.now();
      await save('L1');
      const [push] = await pushed(1);
      expect((push?.at ?? 0) - before).toBeGreaterThanOrEqual(300);
    },
    drop: async () => {
      await publishes(20);
      const { published } = (await twin.get('/control/publishing')).body;
      expect(Number(published)).toBeGreaterThan(5);
      expect(Number(published)).toBeLessThan(20);
    },
    'unknown-attributes': async () => {
      await save('U1');
      const [push] = await pushed(1);
      expect(push?.body).toHaveProperty('NewReleaseAttribute');
    },
    consolidated: async () => {
      await save('C1');
      await twin.save({ OrderId: 'C1', CustomerEmail: 'ann@example.test' });
      const [push] = await pushed(1);
      expect(push?.body).toMatchObject({ ConsolidatedPayload: true, data: [{ OrderId: 'C1' }, { OrderId: 'C1' }] });
    },
    'without-change-log': async () => {
      await save('W1');
      const [push] = await pushed(1);
      expect(push?.body).not.toHaveProperty('ChangeLog');
      expect(push?.body.UpdatedTimestamp).toMatch(/T\d\d:\d\d:\d\d$/);
    },
    'server-errors': () => untilSave('a 5xx', ({ status }) => status >= 500),
    'expired-token': () => untilSave('a 401', ({ status, body }) => status === 401 && body.error === 'invalid_token'),
    'lock-wait': () => untilSave('a lock wait', ({ body }) => firstMessage(body).includes('Lock wait timeout')),
    'success-with-failure': () =>
      untilSave('an ERROR inside', ({ status, body }) => {
        const [message] = rows(objectIn(body, 'messages') ?? {}, 'Message');
        return status === 200 && body.success === true && body.data === null && message?.Type === 'ERROR';
      }),
    'slow-index': async () => {
      await save('I1');
      const found = async () => rows((await twin.post(`${ORDER}/search`, { Query: "OrderId = 'I1'" })).body, 'data');
      expect(await found()).toEqual([]);
      await twin.post('/control/clock', { advanceMs: 5_000 });
      expect(await found()).toHaveLength(1);
    },
  };

  it.each(Object.keys(feel))('%s is switched on by name, felt, and gone after a reset', async (name) => {
    const { status, body } = await twin.post(`/control/chaos/profiles/${name}`, {});
    expect({ status, body }).toMatchObject({ status: 200, body: { name, section: expect.stringMatching(/^§/) } });
    await Object.entries(feel).find(([known]) => known === name)?.[1]();
    await twin.post('/control/reset', {});
    await twin.logIn();
    expect((await save('S1')).status).toBe(200);
    expect((await twin.get('/control/chaos')).body).toMatchObject({ copies: 1, dropRatio: 0, status5xxRatio: 0 });
  });

  it('adds a profile to what is on', async () => {
    await twin.put('/control/chaos', { delayMs: 7 });
    await twin.post('/control/chaos/profiles/duplicate', {});
    await twin.post('/control/chaos/profiles/drop', {});
    expect((await twin.get('/control/chaos')).body).toMatchObject({ copies: 3, dropRatio: 0.25, delayMs: 7 });
  });

  it('lists the profiles, and names them to one who asks for another', async () => {
    expect(Object.keys((await twin.get('/control/chaos/profiles')).body)).toEqual(Object.keys(feel));
    const { status, body } = await twin.post('/control/chaos/profiles/earthquake', {});
    expect({ status, error: body.error }).toEqual({ status: 404, error: expect.stringContaining('slow-index') });
  });
});
