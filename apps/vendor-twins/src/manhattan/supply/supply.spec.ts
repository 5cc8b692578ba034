import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { firstMessage, TwinClient } from '../testing/twin-client.js';
import { rows } from '../wire/json.js';

const SUPPLY = '/inventory/api/inventory/supply';

/** One event; the parts that a test is about come by name. */
function event(quantityAdjustmentType: string, quantity: number, more: { sequence?: number; location?: string } = {}) {
  return {
    TransactionTypeId: 'Adjustment',
    SupplyDefinition: {
      ItemId: 'SKU-1',
      LocationId: more.location ?? 'L1',
      SupplyType: { SupplyTypeId: 'On Hand Available' },
      SupplyData: {
        Quantity: quantity,
        UOM: 'U',
        QuantityAdjustmentType: quantityAdjustmentType,
        ETA: null,
        ExternalSequenceNumber: more.sequence ?? null,
      },
    },
  };
}

describe('§6.4 supply of the Manhattan twin', () => {
  let twin: TwinClient;
  beforeEach(async () => {
    twin = await TwinClient.start();
  });
  afterEach(() => twin.close());

  const send = (...SupplyEvent: object[]) => twin.post(`${SUPPLY}/supplyEvent`, { SupplyEvent });
  const find = async (query: string) =>
    rows((await twin.get(`${SUPPLY}?query=${encodeURIComponent(query)}`)).body, 'data');
  const quantity = async () => (await find("ItemId='SKU-1' AND LocationId='L1'"))[0]?.Quantity;

  it('adds, subtracts and replaces, and makes unknown items and places on the way (§10.24)', async () => {
    expect((await send(event('A', 5))).body.success).toBe(true);
    expect(await quantity()).toBe(5);
    await send(event('A', 2.5), event('S', 1));
    expect(await quantity()).toBe(6.5);
    await send(event('R', 40));
    expect(await quantity()).toBe(40);
  });

  it('§2.6 passes over a replacement whose sequence number is not higher, without a word', async () => {
    await send(event('R', 10, { sequence: 7 }));
    for (const late of [event('R', 99, { sequence: 6 }), event('R', 98, { sequence: 7 }), event('R', 97)])
      expect((await send(late)).body.success).toBe(true);
    expect(await quantity()).toBe(10);
    await send(event('R', 11, { sequence: 8 }));
    expect(await find("ItemId='SKU-1'")).toMatchObject([{ Quantity: 11, ExternalSequenceNumber: 8 }]);
  });

  it('answers a query by item, place and type, with what is allocated', async () => {
    await send(event('A', 5), event('A', 6, { location: 'L2' }));
    const found = await find("ItemId='SKU-1' AND LocationId='L2' AND SupplyTypeId.SupplyTypeId='On Hand Available'");
    expect(found).toMatchObject([{ LocationId: 'L2', Quantity: 6, SupplyAllocation: { AllocatedQuantity: 0 } }]);
    expect(await find("ItemId='SKU-1' AND SupplyTypeId.SupplyTypeId='On Order'")).toEqual([]);
  });

  it('refuses replacement where a location does not take it, and then takes nothing of the call', async () => {
    await twin.put('/control/inventory/settings', { replaceAt: 'L2,L3' });
    const { status, body } = await send(event('A', 1), event('R', 5));
    expect([status, firstMessage(body)]).toEqual([
      400,
      'QuantityAdjustmentType: Replace is not enabled for location L1',
    ]);
    expect(await quantity()).toBeUndefined();
    expect((await send(event('R', 5, { location: 'L3' }))).status).toBe(200);
  });

  it.each([
    ['no events', [], 'SupplyEvent: SupplyEvent is required'],
    [
      'an unknown mode',
      [event('X', 1)],
      'QuantityAdjustmentType: SupplyEvent[0]: QuantityAdjustmentType must be A, S or R',
    ],
    ['no number', [event('A', Number.NaN)], 'Quantity: SupplyEvent[0]: Quantity is required'],
    [
      'more events than a call may have (§2.7)',
      Array.from({ length: 51 }, () => event('A', 1)),
      'SupplyEvent: At most 50 supply events are allowed per call',
    ],
  ])('refuses %s', async (_, events, words) => {
    const { status, body } = await send(...events);
    expect([status, firstMessage(body)]).toEqual([400, words]);
  });

  it('keeps the stock of organizations apart', async () => {
    await twin.post(`${SUPPLY}/supplyEvent`, { SupplyEvent: [event('A', 5)] }, { SelectedOrganization: 'SOUTH' });
    expect(await quantity()).toBeUndefined();
  });
});
