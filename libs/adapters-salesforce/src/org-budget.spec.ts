import { describe, expect, it } from '@jest/globals';
import { crmOrgName } from '@tandem/domain';
import { OrgBudget } from './org-budget.js';

function budgetOf(usage: string | undefined, keptPercent = 10) {
  const clock = { now: 0 };
  const budget = new OrgBudget(crmOrgName('north'), keptPercent, () => clock.now);
  budget.hear(usage);
  return { budget, clock };
}

describe('The budget of an org', () => {
  it('is not known before the org has spoken, and then everything may go', () => {
    const { budget } = budgetOf(undefined);
    expect(budget.state()).toBeUndefined();
    expect(() => budget.assertLeft('background')).not.toThrow();
  });

  it('lets orders go as long as the org takes them, and all else down to what is kept for them', () => {
    const { budget } = budgetOf('api-usage=899/1000; per-app-api-usage=17/250(appName=tandem)');
    expect(budget.state()).toEqual({ used: 899, limit: 1_000, keptForOrders: 100 });
    expect(() => budget.assertLeft('background')).not.toThrow();

    budget.hear('api-usage=900/1000');
    expect(() => budget.assertLeft('background')).toThrow('kept for orders');
    expect(() => budget.assertLeft('orders')).not.toThrow();

    budget.hear('api-usage=100/1000');
    expect(() => budget.assertLeft('background')).not.toThrow();
  });

  it('stays what it was where an answer says nothing of it', () => {
    const { budget } = budgetOf('api-usage=7/1000');
    budget.hear(undefined);
    budget.hear('something else');
    expect(budget.state()).toMatchObject({ used: 7 });
  });

  it('is asked about by one call where nobody has called for five minutes', () => {
    const { budget, clock } = budgetOf('api-usage=1000/1000');
    clock.now = 300_001;
    expect(() => budget.assertLeft('background')).not.toThrow();
    expect(() => budget.assertLeft('background')).toThrow('kept for orders');
  });
});
