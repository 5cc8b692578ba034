import { presentOf, type OrderLife } from '../fulfillment/order-life.js';
import { allOpen, recounted } from '../fulfillment/line-ledger.js';
import { rankOf, STAGES } from '../fulfillment/stage.js';
import type { Violation } from '../kernel/faults.js';
import { given } from '../kernel/given.js';
import { addQuantities } from '../kernel/quantity.js';
import type { AgentActionKind, AgentTerms, SiteProfile } from '../sites/site-profile.js';
import type { AgentAction, AgentAsk } from './agent-request.js';
import { lineKey, type OrderLine } from './order.js';
import type { PlacedOrder } from './revision.js';

/** What the fact sheets show; a tenant names its own. */
const DEFAULT_TERMS = {
  may: ['cancel', 'hold', 'release-hold'],
  cancelReason: '1000.000',
  hold: 'CustomerFraudCheck',
} as const satisfies AgentTerms;

export type RequestDecision =
  | { readonly kind: 'carry-out'; readonly action: AgentAction }
  | { readonly kind: 'refuse'; readonly violations: readonly Violation[] };

/** Whether what an agent asks for is to be done. What is clear from here is refused here; the rest is the OMS's to say. */
export function decideRequest(
  { order: { terms }, life }: PlacedOrder,
  ask: AgentAsk,
  { id, agents }: Pick<SiteProfile, 'id' | 'agents'>,
): RequestDecision {
  const site = { ...DEFAULT_TERMS, ...agents };
  if (ask.order.slice(0, 15) !== terms.crmOrderId.slice(0, 15)) return refuse(FOREIGN);
  if (!isPermitted(ask.action, site.may)) return refuse(notPermitted(ask, id));
  const line =
    ask.lineKey === undefined ? undefined : terms.lines.find((one) => lineKey(terms, one.id) === ask.lineKey);
  if (ask.lineKey !== undefined && !line) return refuse(lineUnknown(ask.lineKey));
  const { comment } = ask;
  if (ask.action !== 'cancel') {
    return carryOut({ kind: ask.action, ...given({ type: site.hold, comment, line: line?.id }) });
  }
  const violation = cancelViolation(ask, line ? [line] : terms.lines, life);
  if (violation) return refuse(violation);
  const lines = line && [given({ id: line.id, quantity: ask.quantity })];
  return carryOut({ kind: 'cancel', ...given({ reason: site.cancelReason, comment, lines }) });
}

const isPermitted = (action: AgentAsk['action'], may: readonly AgentActionKind[]): action is AgentActionKind =>
  may.some((one) => one === action);

const carryOut = (action: AgentAction): RequestDecision => ({ kind: 'carry-out', action });
const refuse = (violation: Violation): RequestDecision => ({ kind: 'refuse', violations: [violation] });

function cancelViolation(
  { quantity, lineKey: key }: AgentAsk,
  lines: readonly OrderLine[],
  life: OrderLife,
): Violation | undefined {
  const left = addQuantities(lines.map((line) => unfinished(line, life)));
  if (left === 0) return nothingLeft(lines, life);
  if (quantity === undefined) return undefined;
  if (key !== undefined && quantity > 0 && quantity <= left) return undefined;
  return {
    field: 'quantity',
    rule: 'request.quantity_too_high',
    sentence: `${quantity} units are to be cancelled; ${key === undefined ? 'a quantity needs a line' : `${left} are left`}.`,
    remedy: 'Ask for one line, and for no more than is left of it.',
  };
}

/** Units that have not left, and are not cancelled. */
function unfinished(line: OrderLine, life: OrderLife): number {
  const places = placesOfLine(line, life);
  return addQuantities(STAGES.slice(0, rankOf('shipped')).map((stage) => places[stage]));
}

const placesOfLine = ({ id, quantity }: OrderLine, life: OrderLife) =>
  recounted(presentOf(life)?.lines[id] ?? allOpen(quantity), quantity);

function nothingLeft(lines: readonly OrderLine[], life: OrderLife): Violation {
  const isCancelled = lines.every((line) => placesOfLine(line, life).cancelled === line.quantity);
  return {
    field: 'action',
    rule: isCancelled ? 'request.cancelled_already' : 'request.shipped_already',
    sentence: `Nothing is left to cancel: all units are ${isCancelled ? 'cancelled' : 'shipped'} already.`,
    remedy: isCancelled ? 'There is nothing to do.' : 'Take the goods back by a return.',
  };
}

const FOREIGN: Violation = {
  field: 'order',
  rule: 'request.of_another_order',
  sentence: 'The request belongs to another order than the one that it was made for.',
  remedy: 'Ask again from the page of the order.',
};

function notPermitted({ action }: AgentAsk, site: string): Violation {
  const sentence =
    action === undefined
      ? 'The action is not one that is known here.'
      : `Site ${site} does not let agents ask for ${WORDS[action]}.`;
  const remedy =
    action === 'change-address' ? 'Edit the address of the order: an edit is passed on.' : 'Ask a supervisor.';
  return { field: 'action', rule: 'request.not_permitted', sentence, remedy };
}

const WORDS = {
  cancel: 'a cancellation',
  hold: 'a hold',
  'release-hold': 'the release of a hold',
  reroute: 'another location',
  'change-address': 'another address',
} as const satisfies Record<NonNullable<AgentAsk['action']>, string>;

const lineUnknown = (key: string): Violation => ({
  field: 'lineKey',
  rule: 'request.line_unknown',
  sentence: `The order has no line ${key}.`,
  remedy: 'Load the page of the order again, and choose one of its lines.',
});

/** Of an order that we keep no track of. */
export const ORDER_NEVER_SENT: Violation = {
  field: 'order',
  rule: 'request.order_unknown',
  sentence: 'The OMS has never been sent this order.',
  remedy: 'Send the order to the OMS first.',
};
