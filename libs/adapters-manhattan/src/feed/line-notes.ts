import { given, type SnapshotLine } from '@tandem/domain';
import { cancelRequestOf } from '../changes/late-cancels.js';
import type { Fields } from './fields.js';
import type { StatusLadder } from './status-ladder.js';

type Notes = Pick<SnapshotLine, 'reason' | 'promisedDelivery' | 'pickupExpires' | 'cancelRequest'>;

/** What a line tells beyond the places of its units (§3.5, §3.6). */
export const notesOf = (line: Fields, words: StatusLadder): Notes =>
  given({
    reason: reasonOf(line, words),
    promisedDelivery: line.moment('PromisedDeliveryDate'),
    pickupExpires: line.moment('PickupExpiryDate'),
    cancelRequest: cancelRequestOf(line),
  });

/**
 * Of the line's own cancel, else of the latest of its units, else of units that came up short: of those that wait, else of a row at zero,
 * which stays as a trace when the units were found elsewhere (§3.2). A trace says nothing of units that were cancelled since.
 */
function reasonOf(line: Fields, words: StatusLadder): string | undefined {
  const own = line.reference('CancelReason', 'ReasonId');
  const units = line.children('OrderLineCancelHistory').map((row) => row.reference('CancelReason', 'ReasonId'));
  const waiting = line.children('QuantityDetail').filter((row) => (row.quantity('Quantity') ?? 0) > 0);
  const trace = units.length === 0 ? firstReason(line.children('QuantityDetail')) : undefined;
  const id = own ?? units.at(-1) ?? firstReason(waiting) ?? trace;
  return id === undefined ? undefined : words.reasonOf(id, line.pathOf('CancelReason'));
}

const firstReason = (rows: readonly Fields[]): string | undefined =>
  rows.map((row) => row.reference('Reason', 'ReasonId')).find((id) => id !== undefined);
