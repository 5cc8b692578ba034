import type { TenantSwitches } from '../control/tenant-switches.js';
import type { Units } from '../wire/decimals.js';
import { rows, type JsonObject } from '../wire/json.js';
import { epochOf } from '../wire/vendor-time.js';
import { CANCELLABLE, cancelUnits, completeOrderCancel } from '../orders/cancel.js';
import { computeTotals } from '../orders/totals.js';
import { moveUnits, unitsIn } from '../orders/quantities.js';
import { STATUS } from '../orders/status-ladder.js';
import { allocate, backorder, deallocate, total } from './allocate.js';
import { deliver } from './deliver.js';
import { release } from './release.js';
import { releasedParts } from './release-lines.js';
import { selectLines, type Selected, type WantedLine } from './selection.js';
import { ship, type Parcel } from './ship.js';
import { short } from './short.js';

export const STEP_NAMES = [
  'allocate',
  'backorder',
  'release',
  'process',
  'pick',
  'pack',
  'ship',
  'deliver',
  'short',
  'deallocate',
  'cancel',
  'hold',
  'resolve',
] as const;

export interface LifeStep {
  /** Milliseconds after the step before. */
  after: number;
  do: (typeof STEP_NAMES)[number];
  lines?: WantedLine[];
  package?: Parcel;
  reasonId?: string;
  holdTypeId?: string;
}

/** When a step is taken, and by whose rules. */
export interface Moment {
  /** Vendor timestamp. */
  now: string;
  tenant: Readonly<TenantSwitches>;
}

/** Applies one step to a draft; 0 means that nothing was eligible. @throws Refusal for an unknown line */
export function applyStep(order: JsonObject, step: LifeStep, { now, tenant }: Moment): Units {
  const selection = selectLines(order, step.lines);
  const cause = { reasonId: step.reasonId ?? 'FulfillmentSystemShorted', comments: undefined };
  switch (step.do) {
    case 'allocate':
      return allocate(order, selection, tenant);
    case 'backorder':
      return backorder(selection);
    case 'deallocate':
      return deallocate(selection);
    case 'release':
      return release(order, selection, { now: epochOf(now), tenant });
    case 'process':
      return advance(selection, [STATUS.released], STATUS.inProcess);
    case 'pick':
      return advance(selection, [STATUS.inProcess, STATUS.released], STATUS.picked);
    case 'pack':
      return advance(selection, [STATUS.picked, STATUS.inProcess, STATUS.released], STATUS.packed);
    case 'ship':
      return ship(order, releasedParts(order, selection), step.package ?? {}, now, 'played');
    case 'deliver':
      return deliver(order, selection, now, step.package?.trackingNumber);
    case 'short':
      return short(releasedParts(order, selection), step.reasonId, now);
    case 'cancel':
      return cancel(order, selection, cause);
    case 'hold':
      return setHold(order, step, '1000');
    case 'resolve':
      return setHold(order, step, '2000');
  }
}

function advance(selection: Selected[], from: number[], to: number): Units {
  return total(selection, ({ line, quantity }) => moveUnits(line, from, to, quantity));
}

/** The vendor's own cancel takes what is not with the warehouse, and leaves the rest alone. */
function cancel(order: JsonObject, selection: Selected[], cause: { reasonId: string; comments: undefined }): Units {
  computeTotals(order);
  const cancelled = total(selection, ({ line, quantity }) => {
    const possible = Math.min(quantity, unitsIn(line, CANCELLABLE));
    return possible === 0 ? 0 : cancelUnits(line, possible, cause);
  });
  completeOrderCancel(order, cause);
  return cancelled;
}

/** Answers 1 when the hold changed; a hold that is not there cannot be resolved. */
function setHold(order: JsonObject, { holdTypeId = 'PaymentFraud' }: LifeStep, statusId: '1000' | '2000'): Units {
  const holds = rows(order, 'OrderHold');
  const hold = holds.find((row) => row.HoldTypeId === holdTypeId);
  if (hold?.StatusId === statusId || (!hold && statusId === '2000')) return 0;
  if (hold) hold.StatusId = statusId;
  else order.OrderHold = [...holds, { HoldTypeId: holdTypeId, StatusId: statusId }];
  return 1;
}
