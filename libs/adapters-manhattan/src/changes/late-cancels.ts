import { lineId, type LateCancel } from '@tandem/domain';
import { Fields, unreadable } from '../feed/fields.js';
import { unmapped } from '../unmapped.js';

const STATES: ReadonlyMap<string, LateCancel['state']> = new Map([
  ['requested', 'requested'],
  ['success', 'cancelled'],
  ['failure', 'failed'],
  ['partial cancellation', 'partly-cancelled'],
]);

/** The attributes of the tracker are not published: the state may stand under any of these, as text or as `{ StatusId }`. */
const STATE_NAMES = ['CancellationRequestStatus', 'CancellationStatus', 'RequestStatus', 'Status', 'StatusId'];

/**
 * The rows of the tracker, the newest of a line, in the order of the lines. The order itself tells of what the tracker does not
 * show yet, as of the order's last change (§3.5, §3.6).
 */
export function lateCancelsOf(rows: unknown, order: Fields | undefined): readonly LateCancel[] {
  const told = new Map<string, LateCancel>();
  for (const cancel of rowsOf(rows)) {
    const known = told.get(cancel.line);
    if (!known || known.at <= cancel.at) told.set(cancel.line, cancel);
  }
  for (const cancel of linesOf(order)) {
    const known = told.get(cancel.line);
    if (!known || (known.state !== cancel.state && known.at < cancel.at)) told.set(cancel.line, cancel);
  }
  return [...told.values()].sort((a, b) => a.line.localeCompare(b.line, 'en', { numeric: true }));
}

/** How the cancellation of a line after release stands; undefined where none was asked for. */
export const cancelRequestOf = (line: Fields): LateCancel['state'] | undefined =>
  line.text('CancellationRequestStatus') === undefined ? undefined : stateOf(line, ['CancellationRequestStatus']);

const rowsOf = (rows: unknown): readonly LateCancel[] =>
  Fields.of({ rows: rows ?? [] }, 'tracker')
    .children('rows')
    .map((row) => ({
      line: lineId(row.requiredText('OrderLineId')),
      state: stateOf(row, STATE_NAMES),
      at: momentOf(row),
    }));

function linesOf(order: Fields | undefined): readonly LateCancel[] {
  if (!order) return [];
  const asked = order.children('OrderLine').filter((line) => line.text('CancellationRequestStatus') !== undefined);
  return asked.map((line) => ({
    line: lineId(line.requiredText('OrderLineId')),
    state: stateOf(line, ['CancellationRequestStatus']),
    at: momentOf(order),
  }));
}

function stateOf(row: Fields, names: readonly string[]): LateCancel['state'] {
  const text = names.map((name) => row.reference(name, 'StatusId'));
  const said = text.find((value) => value !== undefined);
  if (said === undefined) throw unreadable(row.pathOf(names[0] ?? ''), 'value.missing');
  const state = STATES.get(said.toLowerCase().replace(/[_\s]+/g, ' '));
  if (state) return state;
  const field = row.pathOf(names[0] ?? '');
  throw unmapped(field, said, {
    sentence: `${field} has a state of cancellation that we do not know.`,
    remedy: 'Compare the states of cancellations at the OMS with those that we know.',
  });
}

function momentOf(entity: Fields) {
  const moment = entity.moment('UpdatedTimestamp') ?? entity.moment('CreatedTimestamp');
  if (moment === undefined) throw unreadable(entity.pathOf('UpdatedTimestamp'), 'value.missing');
  return moment;
}
