import { TransientFault } from '../kernel/faults.js';
import type { Instant } from '../kernel/instant.js';
import type { OrderRevision } from './oms-order-changes.js';
import type { OrderedLine, OrderTerms, PendingRevision, SubmittedOrder } from './order.js';
import type { TrackedOrder } from './tracked-order.js';

/** An order that the OMS holds. */
export type PlacedOrder = TrackedOrder & { readonly order: SubmittedOrder };

export const isAtOms = (tracked: TrackedOrder): tracked is PlacedOrder => tracked.order.state === 'submitted';

export const revisionBegun = (tracked: PlacedOrder, pending: PendingRevision): PlacedOrder => ({
  ...tracked,
  order: { ...tracked.order, pending },
});

/** What is sent: the version of the change is one more than the last that the OMS took, however often it is sent. */
export const revisionSent = ({ order }: PlacedOrder, { changes }: PendingRevision): OrderRevision => ({
  ...changes,
  number: order.terms.number,
  version: versionOf(order) + 1,
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
    order: { ...order, terms, omsVersion: versionOf(order) + 1, ...(earlier && { earlier }) },
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

/** Placing was version 1. */
const versionOf = ({ omsVersion = 1 }: SubmittedOrder): number => omsVersion;

const linesOf = ({ lines }: OrderTerms): readonly OrderedLine[] => lines.map(({ id, quantity }) => ({ id, quantity }));

const sameLines = (left: readonly OrderedLine[], right: readonly OrderedLine[]): boolean =>
  JSON.stringify(left) === JSON.stringify(right);

const underWay = () =>
  new TransientFault(
    'orders.revision_under_way',
    'The lines of the order are being revised; the OMS has not answered yet.',
  );
