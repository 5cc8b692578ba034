import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aReturn, aShippedOrder } from '../testing/a-return.js';
import { anOrder } from '../testing/an-order.js';
import { TwinClient } from '../testing/twin-client.js';

describe('the control page of the Manhattan twin', () => {
  let twin: TwinClient;
  beforeEach(async () => {
    twin = await TwinClient.start();
  });
  afterEach(() => twin.close());

  const page = async (path = '/control') => String((await twin.get(path)).body.text);
  /** Sends a form as a browser does, and gives the page that it leads to. */
  const send = async (path: string, fields: Record<string, string>) => {
    const response = await fetch(`${twin.url}/control/page/${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
    });
    expect([response.status, response.redirected]).toEqual([200, true]);
    return response.text();
  };
  const push = (step: string, quantity: string, orderId = 'P1') =>
    send('step', { organization: 'NORTH', orderId, orderLineId: '1', step, quantity });
  /** The filled rungs of the ladder, as `status: quantity`. */
  const rungs = (shown: string) => [...shown.matchAll(/title="(\d+: [\d.]+)"/g)].map(([, rung]) => rung);

  it('shows every order with the ladder of its lines', async () => {
    await twin.save(anOrder('P1'));
    const shown = await page();
    expect(shown).toContain('P1 <small>NORTH</small>');
    expect(shown).toContain('not confirmed');
    expect(rungs(shown)).toEqual(['1000: 2']);
  });

  it('shows the order that changed last first', async () => {
    for (const id of ['P1', 'P2', 'P3']) await twin.save(anOrder(id));
    await twin.save(anOrder('P2', { IsConfirmed: true }));
    const shown = [...(await page()).matchAll(/<h3>(P\d)/g)].map(([, id]) => id);
    expect(shown).toEqual(['P2', 'P3', 'P1']);
  });

  it('pushes a unit along, and leaves the trace of where it was (§3.2)', async () => {
    await twin.live('P1');
    await twin.save(anOrder('P1', { IsConfirmed: true }));
    expect(await page()).toContain('aria-label="allocate one of line 1 of P1"');
    expect(rungs(await push('allocate', '1'))).toEqual(['1000: 1', '2000: 1']);
    expect(rungs(await push('release', '1'))).toEqual(['1000: 1', '2000: 0', '3000: 1']);
    expect(rungs(await push('allocate', ''))).toEqual(['1000: 0', '2000: 1', '3000: 1']);
    const shown = await push('ship', '');
    expect(rungs(shown)).toEqual(['1000: 0', '2000: 1', '3000: 0', '7000: 1']);
    expect(shown).toContain('P1, line 1: ship is done.');
  });

  it('says why a step is not possible, and moves nothing', async () => {
    await twin.live('P1');
    await twin.save(anOrder('P1'));
    expect(await push('ship', '1')).toContain('P1: nothing to ship.');
    expect(await push('release', '1')).toContain('P1: the order is not confirmed.');
    expect(await push('allocate', '1', 'P2')).toContain('order P2 is not known');
    expect(await push('fly', '1')).toContain('There is no step fly.');
    expect(await push('allocate', 'many')).toContain('many is no quantity.');
    expect(rungs(await page())).toEqual(['1000: 2']);
  });

  it('finds orders by name', async () => {
    for (const id of ['P1', 'P2', 'Q1']) await twin.save(anOrder(id));
    const shown = async (words: string) =>
      [...(await page(`/control?orders=${words}`)).matchAll(/<h3>(\w\d)/g)].map(([, id]) => id);
    expect([...(await shown('p')).sort(), ...(await shown('q1')), ...(await shown('z'))]).toEqual(['P1', 'P2', 'Q1']);
    expect(await page('/control?orders=z')).toContain('None of that name.');
  });

  it('ships one unit as another item, and says so at its stage', async () => {
    await twin.live('P1');
    await twin.save(anOrder('P1', { IsConfirmed: true }));
    for (const step of ['allocate', 'release']) await push(step, '');
    const fields = { organization: 'NORTH', orderId: 'P1', orderLineId: '1', step: 'ship', quantity: '1' };
    expect(await send('step', { ...fields, itemId: 'SKU-9' })).toContain('as SKU-9');
  });

  it('pushes goods along that come back', async () => {
    await aShippedOrder(twin, 'O1');
    await twin.save(aReturn('R1', 'O1'));
    const back = (step: string, quantity = '') =>
      send('return', { organization: 'NORTH', orderId: 'R1', orderLineId: '1', step, quantity });
    expect(rungs(await page('/control?orders=R1'))).toEqual(['11000: 1']);
    expect(await back('receive', '1')).toContain('R1, line 1: Receipt is done.');
    expect(rungs(await page('/control?orders=R1'))).toEqual(['11000: 0', '15000: 1']);
    expect(await back('verify')).toContain('R1, line 1: LineVerification is done.');
    expect(rungs(await page('/control?orders=R1'))).toEqual(['11000: 0', '15000: 0', '18000: 1']);
    expect(await page('/control?orders=R1')).not.toContain('verify one');
  });

  it('names the holds of an order, and shows a cancelled one as such', async () => {
    await twin.save(anOrder('P1', { OrderHold: [{ HoldTypeId: 'PaymentFraud', StatusId: '1000' }] }));
    expect(await page()).toContain('on hold: PaymentFraud');
    await twin.save({ OrderId: 'P1', IsCancelled: true });
    const shown = await page();
    expect(shown).toContain('<span class="badge bad">cancelled</span>');
    expect(shown).not.toContain('allocate one');
  });

  it('sets the tenant, and marks what is not as the sheet has it', async () => {
    expect(await page()).toContain('as the sheet has it');
    const shown = await send('tenant', { refundOrder: 'charge-sequence', archiveDays: '7', varianceHolds: 'on' });
    expect(shown).toContain('The tenant is set.');
    expect((await twin.get('/control/config')).body).toMatchObject({
      refundOrder: { value: 'charge-sequence' },
      archiveDays: { value: 7 },
      varianceHolds: { value: true },
      cancelEndpoints: { value: false },
    });
    expect(shown).toContain('refundOrder *');
    expect(await send('tenant', { refundOrder: 'whim' })).toContain('refundOrder: not one of its values.');
    expect(await send('tenant', { archiveDays: 'few' })).toContain('archiveDays: no number.');
  });

  it('switches failures on by name, and calms them', async () => {
    expect(await send('profile', { profile: 'duplicate' })).toContain('duplicate is on.');
    expect((await twin.get('/control/chaos')).body).toMatchObject({ copies: 3 });
    expect(await send('profile', { profile: 'earthquake' })).toContain('There is no profile earthquake.');
    expect(await send('profile', { profile: '' })).toContain('All is calm.');
    expect((await twin.get('/control/chaos')).body).toMatchObject({ copies: 1 });
  });

  it('shows and sets the chaos switches', async () => {
    const shown = await send('chaos', { copies: '2', dropRatio: '0.5', unknownAttributes: 'on' });
    expect(shown).toContain('name="copies" id="copies" value="2"');
    expect(shown).toMatch(/id="unknownAttributes" checked/);
    const { body } = await twin.get('/control/chaos');
    expect(body).toMatchObject({ copies: 2, dropRatio: 0.5, unknownAttributes: true, ipLockAfter: 100 });
    expect(await send('chaos', { copies: 'two' })).toContain('copies: no number.');
    expect((await twin.get('/control/chaos')).body).toMatchObject({ copies: 2 });
  });

  it('goes ahead in time', async () => {
    const before = Date.parse(`${String((await twin.get('/control/clock')).body.now)}Z`);
    expect(await send('clock', { seconds: '86400' })).toContain('The clock went 86400 seconds ahead.');
    const after = Date.parse(`${String((await twin.get('/control/clock')).body.now)}Z`);
    expect(after - before).toBeGreaterThanOrEqual(86_400_000);
    expect(await send('clock', { seconds: '-1' })).toContain('The clock goes ahead only.');
  });

  it('shows where messages go, the views with their thresholds, and the stock', async () => {
    await twin.put('/control/publishing', { pubsub: { topic: 'orders' } });
    const view = { name: 'Web', id: 'v', type: 'network', locations: ['DC1'], outThreshold: 2, limitedThreshold: 5 };
    await twin.put('/control/inventory/views', { organization: 'NORTH', views: [view] });
    const supply = [{ itemId: 'SKU-1', locationId: 'DC1', quantity: 7 }];
    await twin.put('/control/inventory/supply', { organization: 'NORTH', supply });
    await twin.save(anOrder('P1'));
    const shown = (await page()).replace(/\s+/g, ' ').replace(/> </g, '><');
    expect(shown).toContain('Pub/Sub projects/twin/topics/orders (bare)');
    expect(shown).toMatch(/<dt>published<\/dt><dd>2<\/dd>/);
    expect(shown).toContain('<td>Web</td><td>network</td><td>2 / 5</td>');
    expect(shown).toContain('<td>SKU-1</td><td>DC1</td><td>On Hand Available</td><td>7</td>');
  });

  it('escapes what comes from outside', async () => {
    await twin.save(anOrder('<b>"Q"</b>'));
    const shown = await page('/control?note=%3Cscript%3E');
    expect(shown).toContain('&lt;b&gt;&quot;Q&quot;&lt;/b&gt;');
    expect(shown).toContain('&lt;script&gt;');
    expect(shown).not.toContain('<script');
  });
});
