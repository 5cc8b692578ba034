import { disagreements } from './agreement.js';
import { moneyImbalances, quantityImbalances } from './balance.js';
import { duplicateEffects } from './duplicates.js';
import { historyGaps, missedEndings } from './ending.js';
import type { OrderEvidence } from './evidence.js';
import { misunderstandings } from './terms.js';

export interface Verdict {
  readonly number: string;
  readonly shape: string;
  /** Whether the OMS has done all that it will do with the order. */
  readonly lived: boolean;
  /** Whether the CRM shows at this moment what the OMS holds. */
  readonly agrees: boolean;
  /** Whether the order came to its end and the CRM shows exactly what the OMS holds. */
  readonly converged: boolean;
  /** Why it has not converged, in sentences. */
  readonly differences: readonly string[];
  /** Effects that happened more than once. Never empty again once they were not. */
  readonly duplicateEffects: readonly string[];
  /** What was acknowledged and cannot be found. Only final when nothing moves any more. */
  readonly lost: readonly string[];
}

/** Judges one order by what both twins report of it. Pure. */
export function judge(evidence: OrderEvidence): Verdict {
  const { life } = evidence.oms;
  const lived = life !== undefined && life.pending === 0;
  const shown = disagreements(evidence);
  const differences = [
    ...(evidence.accepted ? [] : ['sync-api did not accept the order.']),
    ...(lived ? [] : ['The OMS is not done with the order.']),
    ...(life?.failed ?? []).map((step) => `The OMS could not do a step of its script: ${JSON.stringify(step)}.`),
    ...shown,
    ...misunderstandings(evidence),
    ...missedEndings(evidence),
    ...quantityImbalances(evidence),
    ...moneyImbalances(evidence),
    ...customerTooLate(evidence),
  ];
  return {
    number: evidence.expected.number,
    shape: evidence.expected.shape,
    lived,
    agrees: shown.length === 0,
    converged: differences.length === 0,
    differences: [...new Set(differences)],
    duplicateEffects: duplicateEffects(evidence),
    lost: lostOf(evidence),
  };
}

/** A registered customer is at the OMS before his order is: else the order lands on hold there. */
function customerTooLate({ expected, oms }: OrderEvidence): string[] {
  const key = expected.terms.customerId;
  if (key === undefined)
    return oms.writes.some(({ entity }) => entity === 'customer') ? ['A guest became a customer.'] : [];
  const created = (entity: string) => oms.writes.find((write) => write.entity === entity && write.kind === 'create');
  const [customer, order] = [created('customer'), created('order')];
  if (customer === undefined) return [`The OMS does not know customer ${key}.`];
  return order !== undefined && order.sequence < customer.sequence ? [`Customer ${key} came after his order.`] : [];
}

/** What we answered 202 for and the OMS never got, and what the OMS told and the CRM never showed. */
function lostOf(evidence: OrderEvidence): string[] {
  const { expected, accepted, oms } = evidence;
  if (!accepted) return [];
  if (oms.order === undefined) return [`${expected.number} was accepted and is not at the OMS.`];
  return historyGaps(evidence).map((gap) => `${expected.number}: ${gap}`);
}
