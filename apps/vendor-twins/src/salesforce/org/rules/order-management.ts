import { Refusal } from '../refusal.js';
import type { Draft, Rule } from './rule.js';

const fulfilmentCategories: Readonly<Record<string, string>> = {
  Draft: 'DRAFT',
  Allocated: 'ACTIVATED',
  Assigned: 'FULFILLING',
  Pickpack: 'FULFILLING',
  'Pick Complete': 'FULFILLING',
  Printed: 'FULFILLING',
  'Pack Complete': 'FULFILLING',
  Fulfilled: 'CLOSED',
  Cancelled: 'CANCELLED',
  Rejected: 'REJECTED',
};
const returnCategories: Readonly<Record<string, string>> = {
  Draft: 'Draft',
  Submitted: 'Activated',
  Approved: 'Activated',
  Canceled: 'Canceled',
  Closed: 'Closed',
};

/** The category follows the status; a fulfilment order starts as a draft, gets its lines, and is allocated then (§4.3). */
export const fulfillmentOrderRule: Rule = {
  derive(draft) {
    draft['StatusCategory'] = fulfilmentCategories[String(draft['Status'])] ?? null;
  },

  creating(draft) {
    if (draft['StatusCategory'] !== 'DRAFT')
      throw new Refusal('FIELD_INTEGRITY_EXCEPTION', 'A fulfillment order is created in Draft.', ['Status']);
  },
};

/** Under the licence a return order starts submitted or approved (§4.3). */
export const returnOrderRule: Rule = {
  derive(draft) {
    draft['StatusCategory'] = returnCategories[String(draft['Status'])] ?? null;
  },

  creating(draft) {
    if (draft['StatusCategory'] !== 'Activated')
      throw new Refusal('FIELD_INTEGRITY_EXCEPTION', 'A return order is created with a status of category Activated.', [
        'Status',
      ]);
  },
};

/** The status of a line is computed from its quantities; the first formula that is true wins (§4.3). */
export const orderItemSummaryRule: Rule = {
  derive(draft) {
    const amount = (name: string) => Number(draft[`Quantity${name}`] ?? 0);
    draft['QuantityNetOrdered'] = amount('Ordered') - amount('Canceled');
    draft['Status'] = statusOf(amount);
  },
};

type Amount = (name: string) => number;

function statusOf(amount: Amount): NonNullable<Draft[string]> {
  const now = amount('');
  const initiated = amount('ReturnInitiated');
  if (now > 0 && initiated === amount('Fulfilled') && amount('Returned') < initiated) return 'RETURNINITIATED';
  if (now === 0 && amount('Returned') > 0) return 'RETURNED';
  if (now === 0 && amount('Canceled') > 0) return 'CANCELED';
  if (amount('Ordered') - amount('Canceled') <= amount('Fulfilled')) return 'FULFILLED';
  if (amount('Fulfilled') > 0) return 'PARTIALLYFULFILLED';
  if (now <= amount('Allocated')) return 'ALLOCATED';
  return amount('Allocated') > 0 ? 'PARTIALLYALLOCATED' : 'ORDERED';
}
