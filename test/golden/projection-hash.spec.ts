import { describe, expect, it } from '@jest/globals';
import { rightWorld } from './judge/right-world.js';
import { goldenOrders } from './orders/index.js';
import { projectionHash } from './projection-hash.js';
import { goldenSites } from './sites.js';

const evidenceOf = (run: string) => {
  const [order] = goldenOrders;
  const [site] = goldenSites;
  if (!order || !site) throw new Error('There is no golden order.');
  const catalogue = { idOf: (name: string) => name };
  return rightWorld(order.place({ site, suffix: run, turn: 0, catalogue, paceMs: 1, now: 0 }));
};
const seen = evidenceOf('AAA111');

describe('The hash of what the CRM shows', () => {
  it('is the same for another run that ends alike, in whatever order records come', () => {
    const other = evidenceOf('BBB222');
    const turned = { ...other, crm: { ...other.crm, history: other.crm.history.toReversed() } };
    expect(projectionHash([turned], 'BBB222')).toBe(projectionHash([seen], 'AAA111'));
  });

  it.each(['OMS_Qty_Shipped__c', 'OMS_Line_Status__c'])('is another one where %s is', (field) => {
    const [line, ...others] = seen.crm.lines;
    const changed = { ...seen, crm: { ...seen.crm, lines: [{ ...line, [field]: 'x' }, ...others] } };
    expect(projectionHash([changed], 'AAA111')).not.toBe(projectionHash([seen], 'AAA111'));
  });

  it('is another one where a step of the history is missing', () => {
    const shorter = { ...seen, crm: { ...seen.crm, history: seen.crm.history.slice(1) } };
    expect(projectionHash([shorter], 'AAA111')).not.toBe(projectionHash([seen], 'AAA111'));
  });
});
