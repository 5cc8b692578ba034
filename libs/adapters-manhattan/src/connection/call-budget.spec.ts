import { beforeEach, describe, expect, it } from '@jest/globals';
import { omsOrganization } from '@tandem/domain';
import { CallBudget, type CallBudgetOptions } from './call-budget.js';

const MINUTE = 60_000;
const ORDER = '/order/api/order/order/save';
const STOCK = '/inventory/api/availability/availabilitydetail';
let now: number;

const budgetOf = (options: CallBudgetOptions) => new CallBudget(omsOrganization('AURORA'), options, () => now);
const spent = expect.objectContaining({ kind: 'suspending', code: 'oms.budget_spent' });

beforeEach(() => {
  now = 90 * MINUTE;
});

describe('The budget of calls in an hour (§2.7)', () => {
  it('is spent after as many calls, and is whole again when they are more than an hour past', () => {
    const budget = budgetOf({ perHour: 2 });
    budget.take(ORDER);
    now += 30 * MINUTE;
    budget.take(STOCK);
    expect(() => budget.take(ORDER)).toThrow(spent);
    now += 30 * MINUTE;
    expect(() => budget.take(ORDER)).toThrow(spent);
    now += MINUTE;
    budget.take(ORDER);
    expect(() => budget.take(ORDER)).toThrow(spent);
  });

  it('keeps its last calls for orders', () => {
    const budget = budgetOf({ perHour: 3, keptForOrders: 2 });
    budget.take(STOCK);
    expect(() => budget.take(STOCK)).toThrow(spent);
    budget.take(ORDER);
    budget.take(ORDER);
    expect(() => budget.take(ORDER)).toThrow(spent);
  });

  it('is not lowered by a call that was not made', () => {
    const budget = budgetOf({ perHour: 1 });
    budget.take(ORDER);
    expect(() => budget.take(ORDER)).toThrow(spent);
    now += 30 * MINUTE;
    expect(() => budget.take(ORDER)).toThrow(spent);
    now += 31 * MINUTE;
    expect(() => budget.take(ORDER)).not.toThrow();
  });
});
