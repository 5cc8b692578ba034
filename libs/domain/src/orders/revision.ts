import { TransientFault } from '../kernel/faults.js';
import type { Instant } from '../kernel/instant.js';
import type { OrderRevision } from './oms-order-changes.js';
import type { OrderedLine, OrderTerms, PendingRevision, SubmittedOrder } from './order.js';
import type { TrackedOrder } from './tracked-order.js';

/** An order that the OMS holds. */
export type PlacedOrder = TrackedOrder & { readonly order: SubmittedOrder };

export const isAtOms = (tracked: TrackedOrder): tracked is PlacedOrder => tracked.order.state === 'submitted';

/** @throws TransientFault while the OMS has another change of the order that it has not answered. */
export function revisionBegun(tracked: PlacedOrder, pending: PendingRevision): PlacedOrder {
  assertUnchanging(tracked.order);
  return { ...tracked, order: { ...tracked.order, pending } };
}

/** @throws TransientFault while the OMS has a change of the order that it has not answered: each has a version of its own. */
export function assertUnchanging({ pending, begun }: SubmittedOrder): void {
  if (!pending && !begun) return;
  throw new TransientFault('orders.change_under_way', 'The OMS has another change of the order, and no answer yet.');
}

export const revisionSent = ({ order }: PlacedOrder, { changes }: PendingRevision): OrderRevision => ({
  ...changes,
  number: order.terms.number,
  version: nextVersion(order),
});

/** The OMS has taken it. Lines and quantities of before stay known, for what it told before and arrives later. */
export function revisionTaken(tracked: PlacedOrder, { terms }: PendingRevision, at: Instant): PlacedOrder {
  const { pending: _, ...order } = tracked.order;
  const before = linesOf(order.terms);
  const earlier = sameLines(before, linesOf(terms))
    ? order.earlier
    : [...(order.earlier ?? []), { until: at, lines: before }];
  return {
    ...tracked,
    order: { ...order, terms, omsVersion: nextVersion(order), ...(earlier && { earlier }) },
  };
}

/** The OMS will not have it: the order stands as it was agreed. */
export function revisionRefused(tracked: PlacedOrder): PlacedOrder {
  const { pending: _, ...order } = tracked.order;
  return { ...tracked, order };
}

/** What was ordered at a moment. While a revision of lines is under way nobody can say: then a snapshot has to wait for the answer. */
export function orderedAt(tracked: TrackedOrder, at: Instant): readonly OrderedLine[] {
  assertLinesSettled(tracked);
  const { order } = tracked;
  if (order.state === 'accepted') return order.terms.lines;
  return order.earlier?.find(({ until }) => at < until)?.lines ?? order.terms.lines;
}

/** @throws TransientFault while a revision of lines is under way: what the OMS tells by then may be of either. */
export function assertLinesSettled({ order }: TrackedOrder): void {
  if (order.state === 'accepted' || !order.pending) return;
  if (!sameLines(linesOf(order.terms), linesOf(order.pending.terms))) throw underWay();
}

/** Of the next change that the OMS is told, however often it is told it. Placing was version 1. */
export const nextVersion = ({ omsVersion = 1 }: Pick<SubmittedOrder, 'omsVersion'>): number => omsVersion + 1;

const linesOf = ({ lines }: OrderTerms): readonly OrderedLine[] => lines.map(({ id, quantity }) => ({ id, quantity }));

const sameLines = (left: readonly OrderedLine[], right: readonly OrderedLine[]): boolean =>
  JSON.stringify(left) === JSON.stringify(right);

const underWay = () =>
  new TransientFault(
    'orders.revision_under_way',
    'The lines of the order are being revised; the OMS has not answered yet.',
  );
