import type { OrderSnapshot } from '../fulfillment/order-snapshot.js';
import { snapshotPublished } from '../orders/order-progress.js';
import type { FieldValue, Projection } from '../orders/projection.js';
import type { TrackedOrder } from '../orders/tracked-order.js';
import type { ShownOrder } from './crm-order-book.js';
import { classOf, type Difference, type DifferenceClass } from './difference.js';

/** One order on the three sides; what a side does not have is undefined. */
export interface ThreeSides {
  readonly oms: OrderSnapshot | undefined;
  readonly ledger: TrackedOrder | undefined;
  readonly crm: ShownOrder | undefined;
}

/**
 * What the three sides disagree about: the ledger is held to the OMS, the CRM to the ledger. A field that only the OMS knows to be
 * otherwise is told once, as the ledger's: the CRM follows the ledger. A snapshot that contradicts what was ordered is a SyncFault.
 */
export function differencesOf({ oms, ledger, crm }: ThreeSides): readonly Difference[] {
  if (!ledger) return oms ? [whole('missing-here', 'ledger')] : [];
  const behindOms = oms ? omsKnowsBetter(ledger, oms) : [whole('missing-at-oms', 'oms')];
  if (!crm) return [...behindOms, whole('missing-in-crm', 'crm')];
  return [...behindOms, ...crmShowsOtherwise(ledger.wanted, crm)];
}

function omsKnowsBetter(ledger: TrackedOrder, oms: OrderSnapshot): readonly Difference[] {
  const arrival = { recordedAt: oms.at, sourceMessage: '' };
  const { tracked: pulled, effect } = snapshotPublished(ledger, oms, arrival);
  // An older state than the one that is kept is no news: the search of the OMS lags behind its publishes.
  if (effect !== 'advanced') return [];
  return Object.entries(pulled.wanted).flatMap(([name, record]): readonly Difference[] => {
    const known = ledger.wanted[name];
    if (!known) return record.address.kind === 'history' ? [] : [missing(name, 'ledger')];
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

/** They move with every publish, and tell nothing by themselves. */
const FOLLOWS: ReadonlySet<string> = new Set(['version', 'omsTime']);

function crmShowsOtherwise(wanted: Projection, crm: ShownOrder): readonly Difference[] {
  return Object.entries(wanted).flatMap(([name, record]): readonly Difference[] => {
    if (!crm.kinds.has(record.address.kind)) return [];
    const shown = crm.records[name];
    if (!shown) return [missing(name, 'crm')];
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

const missing = (record: string, behind: Difference['behind']): Difference => ({
  ...whole('record-missing', behind),
  record,
});
