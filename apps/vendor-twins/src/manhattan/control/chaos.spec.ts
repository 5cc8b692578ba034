import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { anOrder } from '../testing/an-order.js';
import { firstMessage, ORDER, TwinClient } from '../testing/twin-client.js';

describe('the failure switches of the Manhattan twin', () => {
  let twin: TwinClient;
  beforeEach(async () => {
    twin = await TwinClient.start();
  });
  afterEach(() => twin.close());

  const save = (orderId: string) => twin.post(`${ORDER}/save`, anOrder(orderId));
  const fired = async () => (await twin.get('/control/chaos')).body.fired;

  it('answers 5xx before anything happens, as HTML or as an envelope', async () => {
    await twin.put('/control/chaos', { status5xxRatio: 1 });
    const statuses = await Promise.all(Array.from({ length: 12 }, async (_, n) => (await save(`F${n}`)).status));
    expect(new Set(statuses)).toEqual(new Set([500, 503]));
    expect((await twin.get('/control/writes')).body.counts).toEqual({ effective: 0, repeats: 0, refused: 0 });
    expect(await fired()).toEqual({ status5xxRatio: 12 });
  });

  it('fails with a lock wait timeout', async () => {
    await twin.put('/control/chaos', { lockWaitRatio: 1 });
    const { status, body } = await save('L1');
    expect(status).toBe(500);
    expect(firstMessage(body)).toContain('Lock wait timeout');
  });

  it('says success with an ERROR inside, and saves nothing', async () => {
    await twin.put('/control/chaos', { softFailureRatio: 1 });
    expect(await save('S1')).toMatchObject({
      status: 200,
      body: { success: true, messages: { Message: [{ Type: 'ERROR' }] } },
    });
    expect((await twin.get('/control/orders/S1')).status).toBe(404);
  });

  it('§10.3 refuses with 400 though the only message is a warning', async () => {
    await twin.put('/control/chaos', { warningRatio: 1 });
    expect(await save('W1')).toMatchObject({
      status: 400,
      body: { success: false, messages: { Message: [{ Type: 'WARNING', Code: '10209' }] } },
    });
    expect((await twin.get('/control/orders/W1')).status).toBe(404);
  });

  it('§1 a token expires on the way: the call and its repeat are 401 until the caller logs in again', async () => {
    await twin.put('/control/chaos', { status401Ratio: 1 });
    expect((await save('T1')).status).toBe(401);
    await twin.put('/control/chaos', { status401Ratio: 0 });
    expect((await save('T1')).status).toBe(401);
    await twin.logIn();
    expect((await save('T1')).status).toBe(200);
    expect(await fired()).toEqual({ status401Ratio: 1 });
  });

  it.each([
    [-1, '1'],
    [5, '7'],
    [-9, '0'],
  ])('§2.2 searches lie about totalCount by %i', async (totalCountOffset, totalCount) => {
    for (const id of ['C1', 'C2']) await save(id);
    await twin.put('/control/chaos', { totalCountOffset });
    const { body } = await twin.post(`${ORDER}/search`, { Query: '' });
    expect(body).toMatchObject({ header: { totalCount }, data: [{ OrderId: 'C1' }, { OrderId: 'C2' }] });
    expect(await fired()).toEqual({ totalCountOffset: 1 });
  });

  it('commits and then loses the answer', async () => {
    await twin.put('/control/chaos', { answerLost: 1 });
    await expect(save('A1')).rejects.toThrow('fetch failed');
    expect((await twin.stored('A1')).OrderId).toBe('A1');
    await twin.put('/control/chaos', { answerLost: 0 });
    expect((await save('A1')).status).toBe(200);
    expect((await twin.get('/control/writes?key=A1')).body.counts).toEqual({ effective: 1, repeats: 1, refused: 0 });
  });

  it('makes the same random choices from the same seed', async () => {
    const choices = async (seed: number) => {
      const other = await TwinClient.start({ seed });
      await other.put('/control/chaos', { softFailureRatio: 0.5 });
      const sizes: unknown[] = [];
      for (let n = 0; n < 20; n += 1)
        sizes.push(firstMessage((await other.post(`${ORDER}/save`, anOrder(`N${n}`))).body));
      await other.close();
      return sizes;
    };
    const first = await choices(7);
    expect(await choices(7)).toEqual(first);
    expect(await choices(8)).not.toEqual(first);
  });

  it('refuses a switch that it does not have', async () => {
    expect((await twin.put('/control/chaos', { copise: 3 })).status).toBe(400);
  });

  it('counts calls by path and status, and forgets everything on reset', async () => {
    await save('R1');
    await twin.get(`${ORDER}/orderId/NONE`);
    expect((await twin.get('/control/calls')).body).toMatchObject({
      'POST /oauth/token': { 200: 1 },
      [`POST ${ORDER}/save`]: { 200: 1 },
      [`GET ${ORDER}/orderId/:orderId`]: { 404: 1 },
    });
    await twin.post('/control/reset', {});
    expect((await twin.get('/control/calls')).body).toEqual({});
    expect((await twin.get('/control/orders/R1')).status).toBe(404);
    expect((await save('R2')).status).toBe(200);
  });

  it('shows people the orders with their ladder', async () => {
    await save('<PAGE>');
    const { body } = await twin.get('/control');
    expect(body.text).toContain('&lt;PAGE&gt;');
    expect(body.text).toContain('1000: 2');
    expect((await twin.get('/control/health')).body).toEqual({ status: 'ok' });
  });
});
