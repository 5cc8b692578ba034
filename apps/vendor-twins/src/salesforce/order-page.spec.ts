import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anOrder, member, startTwin, type TwinFixture } from './testing/twin-fixture.js';

describe('The page on which a person edits an order of the Salesforce twin', () => {
  let twin: TwinFixture;
  beforeAll(async () => {
    twin = await startTwin();
  });
  afterAll(() => twin.close());
  beforeEach(() => twin.control('POST', 'reset'));

  const save = async (order: string, fields: Record<string, string>) =>
    (await fetch(`${twin.url}/control/orders/${order}`, { method: 'POST', body: new URLSearchParams(fields) })).text();

  it('links every order, and shows it with its lines, escaped', async () => {
    const { order } = await twin.seed(anOrder('O1', { PoNumber: '<b>7</b>' }));
    expect(await (await fetch(`${twin.url}/control`)).text()).toContain(`<a href="/control/orders/${order}">`);
    const page = await (await fetch(`${twin.url}/control/orders/${order}`)).text();
    expect(page).toContain('Line 00000001 Lamp');
    expect(page).not.toContain('<b>7');
    expect((await fetch(`${twin.url}/control/orders/801000000000000`)).status).toBe(404);
  });

  it('saves what was changed and nothing else, by a person: the event’s origin names no client of ours', async () => {
    const { order = '' } = await twin.seed(anOrder('O1', { PoNumber: '7' }));
    const page = await save(order, { object: 'Order', id: order, PoNumber: '7', ShippingCity: 'Graz' });
    expect(page).toContain('Saved: Shipping City.');
    expect((await twin.control('GET', 'writes')).body).toMatchObject({
      effective: [{ kind: 'update', changes: { ShippingCity: { from: null, to: 'Graz' } }, client: null }],
      counts: { effective: 1 },
    });
    expect(member((await twin.control('GET', 'events')).body, 'kept')).toBe(1);
    expect((await twin.control('GET', 'calls')).body).toMatchObject({ writes: { calls: 0, records: 0 } });
  });

  it('tells a refusal as the org words it, and writes nothing', async () => {
    const { order = '', line = '' } = await twin.seed(anOrder('O1', { Status: 'Activated' }));
    const page = await save(order, { object: 'OrderItem', id: line, Quantity: '3' });
    expect(page).toContain('FIELD_INTEGRITY_EXCEPTION');
    expect((await twin.control('GET', `records/OrderItem`)).body).toMatchObject({ records: [{ Quantity: 2 }] });
  });
});
