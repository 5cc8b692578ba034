import { describe, expect, it } from '@jest/globals';
import type { SeedRecord } from '../../support/stack/crm-twin.js';
import { centsOf, sumOf } from '../cents.js';
import type { GoldenCase } from '../golden-order.js';
import { goldenSites } from '../sites.js';
import { goldenOrders } from './index.js';

const catalogue = { idOf: (name: string) => `id-of-${name}` };
const cases = goldenSites.flatMap((site) =>
  goldenOrders
    .filter((order) => order.sold(site))
    .map((order) => order.place({ site, suffix: 'T1', turn: 0, catalogue, paceMs: 10, now: 0 })),
);
const named = cases.map((order) => [`${order.shape} at ${order.site.id}`, order] as const);

const of = (order: GoldenCase, type: string): readonly SeedRecord[] =>
  order.records.filter((record) => record.attributes.type === type);
const amounts = (records: readonly SeedRecord[], field: string) =>
  sumOf(records.map((record) => centsOf(record[field])));

describe('Golden orders', () => {
  it.each(named)('%s is paid to the cent by what the CRM holds', (_, order) => {
    const goods = amounts(of(order, 'OrderItem'), 'TotalLineAmount');
    const discounts =
      amounts(of(order, 'OrderItemAdjustmentLineItem'), 'Amount') +
      amounts(of(order, 'OrderAdjustmentGroup'), 'OMS_Amount__c');
    const taxes = order.site.pricesIncludeTax ? 0 : amounts(of(order, 'OrderItemTaxLineItem'), 'Amount');
    expect(amounts(of(order, 'Order_Tender__c'), 'Amount__c')).toBe(goods + discounts + taxes);
    expect(sumOf(order.terms.tenders.map(({ amount }) => amount))).toBe(order.terms.total);
  });

  it('cost what is written down here, whatever the arithmetic above them becomes', () => {
    expect(Object.fromEntries(cases.map((order) => [order.number, order.terms.total]))).toEqual({
      'G01-AU-T1': 5289,
      'G02-AU-T1': 20654,
      'G03-AU-T1': 30475,
      'G04-AU-T1': 11936,
      'G05-AU-T1': 8549,
      'G06-AU-T1': 7070,
      'G07-AU-T1': 22138,
      'G08-AU-T1': 12470,
      'G09-AU-T1': 9960,
      'G10-AU-T1': 5910,
      'G11-AU-T1': 2639,
      'G12-AU-T1': 17800,
      'G13-AU-T1': 5279,
      'G14-AU-T1': 9434,
      'G15-AU-T1': 2639,
      'G16-AU-T1': 5279,
      'G17-AU-T1': 5920,
      'G18-AU-T1': 17800,
      'G19-AU-T1': 6857,
      'G21-AU-T1': 3885,
      'G23-AU-T1': 7080,
      'G24-AU-T1': 8900,
      'G25-AU-T1': 17800,
      'G26-AU-T1': 17800,
      'G27-AU-T1': 17800,
      'G28-AU-T1': 343250,
      'G01-BO-T1': 4990,
      'G02-BO-T1': 19485,
      'G03-BO-T1': 30475,
      'G04-BO-T1': 11260,
      'G05-BO-T1': 8065,
      'G06-BO-T1': 7070,
      'G07-BO-T1': 20885,
      'G08-BO-T1': 12470,
      'G09-BO-T1': 9960,
      'G10-BO-T1': 5575,
      'G11-BO-T1': 2490,
      'G12-BO-T1': 17800,
      'G13-BO-T1': 4980,
      'G14-BO-T1': 8900,
      'G15-BO-T1': 2490,
      'G16-BO-T1': 4980,
      'G17-BO-T1': 5585,
      'G18-BO-T1': 17800,
      'G19-BO-T1': 6470,
      'G20-BO-T1': 14175,
      'G21-BO-T1': 3885,
      'G23-BO-T1': 7080,
      'G24-BO-T1': 8900,
      'G25-BO-T1': 17800,
      'G26-BO-T1': 17800,
      'G27-BO-T1': 17800,
      'G28-BO-T1': 323750,
      'G22-JP-T1': 1272200,
    });
  });

  it.each(named.filter(([, { ending }]) => !ending.edits))(
    '%s spreads its order discount over the lines without a rest',
    (_, order) => {
      const asGiven =
        amounts(of(order, 'OrderItemAdjustmentLineItem'), 'Amount') +
        amounts(of(order, 'OrderAdjustmentGroup'), 'OMS_Amount__c');
      expect(sumOf(order.terms.lines.map((line) => line.discounts)) + asGiven).toBe(0);
    },
  );

  it.each(named)('%s ends with every unit in one place, where its history leads', (_, order) => {
    for (const { id, quantity } of order.terms.lines) {
      const places = Object.entries(order.ending.lines[id] ?? {});
      expect(sumOf(places.map(([, units]) => units))).toBe(quantity);
      const inWords = places.map(([place, units]) => `${units} ${place}`).join(', ');
      expect(order.ending.lineHistory[id]?.at(-1)).toBe(inWords);
    }
    expect(order.ending.orderHistory.at(-1)).toBe(order.ending.status);
  });

  it.each(named)('%s refers only to records that stand before it', (_, order) => {
    const known = new Set<string>();
    for (const { attributes, ...fields } of order.records) {
      for (const value of Object.values(fields)) {
        if (typeof value === 'string' && value.startsWith('@')) expect(known).toContain(value.slice(1));
      }
      expect(known).not.toContain(attributes.referenceId);
      known.add(attributes.referenceId);
    }
  });
});
