import type { Violation } from '../kernel/faults.js';
import type { CrmOrderId, CrmRecordId, LineId } from '../kernel/ids.js';
import type { Instant } from '../kernel/instant.js';
import { unreachable } from '../kernel/unreachable.js';
import type { SiteProfile } from '../sites/site-profile.js';
import type { AgentAction, AnsweredRequest, BegunRequest } from './agent-request.js';
import { ORDER_NEVER_SENT } from './decide-request.js';
import type { ChangeAnswer, OmsOrderChanges } from './oms-order-changes.js';
import type { SubmittedOrder } from './order.js';
import { requestRecord } from './project-requests.js';
import type { RecordChange } from './projection.js';
import { assertUnchanging, nextVersion, type PlacedOrder } from './revision.js';

export const isAnswered = ({ order }: PlacedOrder, id: CrmRecordId): boolean =>
  (order.requests ?? []).some((known) => known.id === id);

/** @throws TransientFault while a revision or another request is with the OMS: one change of an order at a time. */
export function requestBegun(tracked: PlacedOrder, begun: BegunRequest): PlacedOrder {
  assertUnchanging(tracked.order);
  return { ...tracked, order: { ...tracked.order, begun } };
}

/** Tells the OMS, in the version after the last one: safe to repeat. */
export function actionSent(
  oms: OmsOrderChanges,
  site: SiteProfile,
  { order }: PlacedOrder,
  action: AgentAction,
): Promise<ChangeAnswer> {
  const change = { number: order.terms.number, version: nextVersion(order) };
  switch (action.kind) {
    case 'cancel':
      return oms.cancel(site, { ...change, ...action });
    case 'hold':
      return oms.applyHold(site, { ...change, ...action });
    case 'release-hold':
      return oms.resolveHold(site, { ...change, ...action });
    default:
      return unreachable(action);
  }
}

/** What the agent is told of the OMS's answer. */
export function answerOf(
  { order }: PlacedOrder,
  { id, action }: BegunRequest,
  answer: ChangeAnswer,
  at: Instant,
): AnsweredRequest {
  switch (answer.kind) {
    case 'changed':
      return { id, at, answer: 'confirmed', sentence: DONE[action.kind], confirmedAt: answer.order.at };
    case 'requested':
      return { id, at, answer: 'accepted', sentence: PASSED_ON, awaits: linesOf(order, action) };
    case 'refused':
      return refusalOf(id, answer.violations, at);
    default:
      return unreachable(answer);
  }
}

export const refusalOf = (id: CrmRecordId, violations: readonly Violation[], at: Instant): AnsweredRequest => ({
  ...{ id, at, answer: 'refused' },
  sentence: violations.map(({ sentence, remedy }) => `${sentence} ${remedy}`).join(' '),
});

/** Of an order that we keep no track of: no projection shows the answer. */
export function refusedUnread(id: CrmRecordId, order: CrmOrderId, at: Instant): RecordChange {
  const { address, fields } = requestRecord(order, refusalOf(id, [ORDER_NEVER_SENT], at));
  return { address, isNew: false, fields: { ...fields } };
}

const DONE = {
  cancel: 'The OMS has cancelled it.',
  hold: 'The OMS holds it back.',
  'release-hold': 'The OMS has released the hold.',
} as const satisfies Record<AgentAction['kind'], string>;

const PASSED_ON = 'The OMS has passed it on to the warehouse, whose answer is still to come.';

const linesOf = ({ terms }: SubmittedOrder, action: AgentAction): readonly LineId[] =>
  (action.kind === 'cancel' && action.lines ? action.lines : terms.lines).map(({ id }) => id);

export function requestEnded(tracked: PlacedOrder, answered: AnsweredRequest): PlacedOrder {
  const { begun, ...order } = tracked.order;
  const omsVersion = begun ? { omsVersion: nextVersion(order) } : {};
  return { ...tracked, order: { ...order, ...omsVersion, requests: [...(order.requests ?? []), answered] } };
}
