import type { OrderSnapshot } from '../fulfillment/order-snapshot.js';
import { returnPublished, snapshotPublished } from '../orders/order-progress.js';
import type { FieldValue, Projection } from '../orders/projection.js';
import type { TrackedOrder } from '../orders/tracked-order.js';
import type { ReturnSnapshot } from '../returns/oms-returns.js';
import type { ShownOrder } from './crm-order-book.js';
import { classOf, type Difference, type DifferenceClass } from './difference.js';

/** One order on the three sides; what a side does not have is undefined. */
export interface ThreeSides {
  readonly oms: OrderSnapshot | undefined;
  readonly ledger: TrackedOrder | undefined;
  readonly crm: ShownOrder | undefined;
  /** What comes back of it, as far as the OMS told. */
  readonly returns?: readonly ReturnSnapshot[];
}

/** What the OMS says of an order now, and where and when we learnt it. */
export interface Learnt extends Pick<ThreeSides, 'oms' | 'returns'> {
  readonly recordedAt: OrderSnapshot['at'];
  readonly sourceMessage: string;
}

/**
 * The ledger's order with what the OMS says of it now. The same object where that is no news: a search may lag behind what was
 * published. What contradicts the order is a SyncFault.
 */
export function pulled(ledger: TrackedOrder, { oms, returns = [], ...arrival }: Learnt): TrackedOrder {
  const observed = oms ? snapshotPublished(ledger, oms, arrival) : undefined;
  const present = observed?.effect === 'advanced' ? observed.tracked : ledger;
  return returns.reduce<TrackedOrder>((tracked, one) => returnPublished(tracked, one, arrival.recordedAt), present);
}

/**
 * What the three sides disagree about: the ledger is held to the OMS, the CRM to the ledger. A field that only the OMS knows to be
 * otherwise is told once, as the ledger's: the CRM follows the ledger. A snapshot that contradicts what was ordered is a SyncFault.
 */
export function differencesOf({ oms, ledger, crm, returns = [] }: ThreeSides): readonly Difference[] {
  if (!ledger) return oms ? [whole('missing-here', 'ledger')] : [];
  const behindOms = oms ? omsKnowsBetter(ledger, oms, returns) : [whole('missing-at-oms', 'oms')];
  if (!crm) return [...behindOms, whole('missing-in-crm', 'crm')];
  return [...behindOms, ...crmShowsOtherwise(ledger.wanted, crm)];
}

function omsKnowsBetter(
  ledger: TrackedOrder,
  oms: OrderSnapshot,
  returns: readonly ReturnSnapshot[],
): readonly Difference[] {
  const latest = returns.reduce((moment, { at }) => (at > moment ? at : moment), oms.at);
  const { wanted } = pulled(ledger, { oms, returns, recordedAt: latest, sourceMessage: '' });
  return Object.entries(wanted).flatMap(([name, record]): readonly Difference[] => {
    const known = ledger.wanted[name];
    // Steps of history follow from what changed, and are not told beside it.
    if (!known) return record.address.kind === 'history' ? [] : [unknown(name, record)];
    const before = fieldsOf(known);
    return Object.entries(record.fields)
      .filter(([field, value]) => !FOLLOWS.has(field) && before[field] !== value)
      .map(([field, value]) => ({
        class: classOf(record, field),
        behind: 'ledger',
        record: name,
        field,
        expected: value,
        found: before[field] ?? null,
      }));
  });
}

/** They move with every publish, or with another field, and tell nothing by themselves. */
const FOLLOWS: ReadonlySet<string> = new Set(['version', 'omsTime', 'statusLabel']);

/** What the CRM does not show as it should, of what it has a place for. */
export function crmShowsOtherwise(wanted: Projection, crm: ShownOrder): readonly Difference[] {
  return Object.entries(wanted).flatMap(([name, record]): readonly Difference[] => {
    if (!crm.kinds.has(record.address.kind)) return [];
    const shown = crm.records[name];
    if (!shown) return [{ ...whole('record-missing', 'crm'), record: name }];
    return Object.entries(record.fields).flatMap(([field, value]): readonly Difference[] => {
      const found = shown[field];
      // What the org has no place for, it cannot show otherwise.
      if (found === undefined || showsValue(found, value)) return [];
      return [{ class: classOf(record, field), behind: 'crm', record: name, field, expected: value, found }];
    });
  });
}

/** The CRM keeps amounts as numbers, moments to the second, and the beginning of a text that is too long for it, ended with `…`. */
export function showsValue(shown: FieldValue, wanted: FieldValue): boolean {
  if (shown === wanted) return true;
  if (typeof wanted !== 'string') return false;
  if (typeof shown === 'number') return Number(wanted) === shown;
  if (isInstant(wanted))
    return typeof shown === 'string' && isInstant(shown) && shown === `${wanted.slice(0, 19)}.000Z`;
  return typeof shown === 'string' && shown.endsWith('…') && wanted.startsWith(shown.slice(0, -1));
}

const isInstant = (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text);

const fieldsOf = (record: Projection[string]): Readonly<Record<string, FieldValue>> => ({ ...record.fields });

const whole = (what: DifferenceClass, behind: Difference['behind']): Difference => ({
  ...{ class: what, behind, record: null, field: null },
  ...{ expected: null, found: null },
});

const unknown = (name: string, record: Projection[string]): Difference => ({
  ...whole(classOf(record), 'ledger'),
  record: name,
});
