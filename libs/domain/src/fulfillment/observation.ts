import { canonicalText } from '../kernel/canonical-text.js';
import { PermanentFault } from '../kernel/faults.js';
import { given } from '../kernel/given.js';
import type { Instant } from '../kernel/instant.js';
import { checkTenders } from '../money/tender-ledger.js';
import type { OrderedLine } from '../orders/order.js';
import type { Minor } from '../money/minor.js';
import { placesOf, placesText, type Places } from './line-ledger.js';
import type { CancelRequest, OrderSnapshot, Shipment, TenderStanding } from './order-snapshot.js';
import { progressOf, statusOf, type Status } from './status.js';

/** What one snapshot says of an order, measured against what was ordered. */
export interface Observation {
  /** By the OMS's clock. */
  readonly at: Instant;
  readonly status: Status;
  /** Of every line of the order. */
  readonly lines: Readonly<Record<string, Places>>;
  readonly holds: readonly string[];
  readonly shipments: readonly Shipment[];
  readonly total: Minor | null;
  readonly cancelledTotal: Minor | null;
  readonly taxes: Minor | null;
  /** What a line says beyond the places of its units; lines that say nothing are left out. */
  readonly notes: Readonly<Record<string, LineNote>>;
  /** Null where the snapshot tells nothing of payments. */
  readonly tenders: readonly TenderStanding[] | null;
}

export interface LineNote {
  readonly reason?: string;
  readonly promisedDelivery?: Instant;
  readonly pickupExpires?: Instant;
  readonly cancelRequest?: CancelRequest;
}

/** Reads a snapshot against what was ordered. A line that was never ordered, or one that is missing, is a fault that names it. */
export function observationOf(ordered: readonly OrderedLine[], snapshot: OrderSnapshot): Observation {
  const known = new Map(snapshot.lines.map((line) => [String(line.id), line]));
  const lines: Record<string, Places> = {};
  for (const { id, quantity } of ordered) {
    const line = known.get(id);
    if (!line) throw lineFault('fulfillment.line_missing', id, 'is part of the order and not of the OMS message');
    lines[id] = placesOf(quantity, line);
    known.delete(id);
  }
  const [stranger] = known.keys();
  if (stranger !== undefined)
    throw lineFault('fulfillment.line_unknown', stranger, 'is part of the OMS message and not of the order');
  checkTenders(snapshot.tenders ?? []);
  return {
    at: snapshot.at,
    status: statusOf(Object.values(lines)),
    lines,
    holds: [...new Set(snapshot.holds)].sort(),
    shipments: snapshot.shipments,
    total: snapshot.total ?? null,
    cancelledTotal: snapshot.cancelledTotal ?? null,
    taxes: snapshot.taxes ?? null,
    notes: notesOf(snapshot),
    tenders: snapshot.tenders ?? null,
  };
}

const notesOf = ({ lines }: OrderSnapshot): Readonly<Record<string, LineNote>> =>
  Object.fromEntries(
    lines.flatMap(({ id, reason, promisedDelivery, pickupExpires, cancelRequest }) => {
      const note = given({ reason, promisedDelivery, pickupExpires, cancelRequest });
      return Object.keys(note).length === 0 ? [] : [[id, note]];
    }),
  );

const lineFault = (code: string, line: string, what: string) =>
  new PermanentFault(code, `Line ${line} ${what}.`, {
    violations: [
      {
        field: `OrderLine[${line}]`,
        rule: 'lines.agree',
        sentence: `Line ${line} ${what}.`,
        remedy: 'Compare the lines of the order on both sides; replay the message once they agree.',
      },
    ],
  });

/** Time order; snapshots of one moment by how far they have come, then by text, so that every arrival sorts alike. */
export function compareObservations(left: Observation, right: Observation): number {
  if (left.at !== right.at) return left.at < right.at ? -1 : 1;
  const [leftLines, rightLines] = [Object.values(left.lines), Object.values(right.lines)];
  const progress = progressOf(leftLines) - progressOf(rightLines);
  if (progress !== 0) return progress;
  const [leftText, rightText] = [observationText(left), observationText(right)];
  return leftText < rightText ? -1 : leftText > rightText ? 1 : 0;
}

/** Equal for observations that say the same. */
export const observationText = (seen: Observation): string =>
  canonicalText({
    ...seen,
    lines: Object.entries(seen.lines)
      .map(([line, places]) => [line, placesText(places)])
      .sort(),
  }) ?? '';
