import { given, type Cancellation, type Violation } from '@tandem/domain';
import type { JsonObject } from '../json.js';
import {
  unknownLine,
  unversionedSave,
  versionedSave,
  type ChangePlan,
  type Plan,
  type VendorCall,
} from './change-plan.js';
import type { HeldLine, HeldOrder } from './held-order.js';

export interface CancelStrategy {
  /** `save` flags or the cancel endpoints, whose bodies are not documented (§3.1, §12); `save` where absent. */
  readonly cancelBy?: 'save' | 'endpoint';
  /** Whether the tenant takes cancellations after release, which go line by line (§3.6); `off` where absent. */
  readonly lateCancels?: 'off' | 'line-by-line';
}

/** From this rung on a unit is with a fulfilment system (§3.2). */
export const RELEASED = 3000;

type Target = { readonly line: HeldLine; readonly quantity: number | undefined };

/** Cancels the order, lines of it, or units of a line (§3.6). */
export const cancelPlan = (cancellation: Cancellation, strategy: CancelStrategy): ChangePlan => ({
  plan: (held) => {
    const violations = cancelViolations(cancellation, held);
    if (violations.length > 0) return { kind: 'refuse', violations };
    const left = targetsOf(cancellation, held).filter(isLeft);
    if (isDone(cancellation, held, left)) return { kind: 'send', calls: [] };
    const late = left.some(({ line }) => line.highest >= RELEASED);
    if (late && strategy.lateCancels === 'line-by-line') return lineByLine(cancellation, left);
    return { kind: 'send', calls: [oneCall(cancellation, left, strategy)] };
  },
  // How many units a line lost to which change cannot be told afterwards.
  shows: (held) => {
    const targets = targetsOf(cancellation, held);
    const left = targets.filter((target) => target.quantity !== undefined || isLeft(target));
    return isDone(cancellation, held, left);
  },
  lacks: (held) => targetsOf(cancellation, held).some((target) => isMissing(target)),
  pending: (held) => targetsOf(cancellation, held).some(isRequested),
});

/** A request that failed may be made again. Units are never requested: the OMS is asked, and may refuse (§3.6). */
const isLeft = ({ line, quantity }: Target): boolean =>
  !line.cancelled && (quantity !== undefined || !/^(requested|success)$/i.test(line.cancelRequest ?? ''));

const isRequested = ({ line, quantity }: Target): boolean =>
  quantity === undefined && !line.cancelled && line.cancelRequest !== undefined;

/** A line that is neither cancelled nor asked about, or units that a history that is told does not hold (§3.6). */
const isMissing = ({ line, quantity }: Target): boolean => {
  if (line.cancelled) return false;
  if (quantity === undefined) return line.cancelRequest === undefined;
  return line.cancelledUnits?.includes(quantity) === false;
};

/** A template may leave the lines out: then the header alone tells. */
const isDone = ({ lines }: Cancellation, held: HeldOrder, left: readonly Target[]): boolean =>
  left.length === 0 && (lines !== undefined || held.cancelled || held.lines.length > 0);

/** What is to go, with the quantity where units of the line stay. */
function targetsOf({ lines }: Cancellation, held: HeldOrder): readonly Target[] {
  if (lines === undefined) return held.lines.map((line) => ({ line, quantity: undefined }));
  return lines.flatMap(({ id, quantity }) => {
    const line = held.lines.find((candidate) => candidate.id === id);
    return line ? [{ line, quantity: quantity === line.quantity ? undefined : quantity }] : [];
  });
}

function cancelViolations({ lines = [] }: Cancellation, held: HeldOrder): readonly Violation[] {
  return lines.flatMap(({ id, quantity = 0 }, index) => {
    const line = held.lines.find((candidate) => candidate.id === id);
    if (!line) return [unknownLine(`lines[${index}].id`, id)];
    if (quantity <= line.quantity || line.cancelled) return [];
    return [
      {
        field: `lines[${index}].quantity`,
        rule: 'quantity.exceeds_line',
        sentence: `Line ${id} has ${line.quantity} units left; ${quantity} are to be cancelled.`,
        remedy: 'Cancel no more than the line has.',
      },
    ];
  });
}

/** Full lines only, one call for each, none for the order (§3.6): what one of them is told says nothing of the others. */
function lineByLine(cancellation: Cancellation, left: readonly Target[]): Plan {
  const calls = left.map((target, index): VendorCall => {
    const part = { OrderLine: [lineCancel(cancellation, target)] };
    return index === left.length - 1 ? versionedSave(cancellation, part) : unversionedSave(cancellation, part);
  });
  return { kind: 'send', calls, refusals: 'each' };
}

function oneCall(cancellation: Cancellation, left: readonly Target[], { cancelBy }: CancelStrategy): VendorCall {
  const whole = cancellation.lines === undefined;
  // Sent twice, a quantity would be cancelled twice by an endpoint that knows no versions.
  if (cancelBy === 'endpoint' && left.every(({ quantity }) => quantity === undefined)) {
    const order = `/order/api/order/order/orderId/${encodeURIComponent(cancellation.number)}`;
    const lines = whole
      ? {}
      : { OrderLine: left.map(({ line }) => ({ OrderLineId: line.id, Quantity: line.quantity })) };
    const body = { OrderId: cancellation.number, ...reasonOf(cancellation), ...lines };
    return { path: whole ? `${order}/cancel` : `${order}/orderLine/cancel`, body };
  }
  if (whole) return versionedSave(cancellation, { IsCancelled: true, ...reasonOf(cancellation) });
  return versionedSave(cancellation, { OrderLine: left.map((target) => lineCancel(cancellation, target)) });
}

/** Fewer units are a lower quantity, none is a cancelled line (§3.6). */
const lineCancel = (cancellation: Cancellation, { line, quantity }: Target): JsonObject => ({
  OrderLineId: line.id,
  ...(quantity === undefined ? { IsCancelled: true } : { Quantity: Number((line.quantity - quantity).toFixed(4)) }),
  ...reasonOf(cancellation),
});

const reasonOf = ({ reason, comment }: Cancellation): JsonObject =>
  given({ CancelReason: { ReasonId: reason }, CancelComments: comment });
