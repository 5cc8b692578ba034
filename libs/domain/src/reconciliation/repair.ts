import type { Acknowledged, FieldValues } from '../orders/projection.js';
import type { TrackedOrder } from '../orders/tracked-order.js';
import type { ShownOrder } from './crm-order-book.js';
import type { Difference } from './difference.js';
import { showsValue } from './differences-of.js';

/** The least that makes a difference go. */
export type Repair =
  /** Take the order into the ledger as the OMS has it; the CRM follows. */
  | { readonly kind: 'pull' }
  /** Write to the CRM again what it does not show. */
  | { readonly kind: 're-send' }
  /** Place it once more: its number stands for one order only. */
  | { readonly kind: 'place-again' }
  /** Nothing that we may do: a person decides, by this sentence. */
  | { readonly kind: 'ignore'; readonly reason: string };

export function repairOf(difference: Difference, ledger: TrackedOrder | undefined): Repair {
  switch (difference.class) {
    case 'missing-here':
      return ignored('The order was not placed by us. Submit it from the CRM if it belongs to one of its orders.');
    case 'missing-in-crm':
      return ignored('The CRM has deleted the order, or hides it from the integration user. Restore it, or leave it.');
    case 'missing-at-oms':
      return neverSeen(ledger)
        ? { kind: 'place-again' }
        : ignored(
            'The OMS had the order and has it no more: it was archived, or removed. Ask there before placing it.',
          );
    case 'unreadable':
      return ignored(`What the OMS holds cannot be taken: ${difference.found}`);
    case 'record-missing':
      return difference.record?.startsWith('line:')
        ? ignored('The CRM has deleted the line, or hides it from the integration user. Restore it, or leave it.')
        : { kind: 're-send' };
    default:
      return { kind: difference.behind === 'ledger' ? 'pull' : 're-send' };
  }
}

const neverSeen = (ledger: TrackedOrder | undefined) => ledger?.life.observations.length === 0;

const ignored = (reason: string): Repair => ({ kind: 'ignore', reason });

/** What may be taken as acknowledged, given what the CRM shows: of each record that we want the fields that it shows so. */
export function acknowledgedBy({ wanted, acknowledged }: TrackedOrder, crm: ShownOrder): Acknowledged {
  const sure = Object.entries(wanted).flatMap(([name, record]): [string, FieldValues][] => {
    const shown = crm.records[name];
    if (!crm.kinds.has(record.address.kind)) return acknowledged[name] ? [[name, acknowledged[name]]] : [];
    if (!shown) return [];
    const agreed = Object.entries(record.fields).filter(([field, value]) => {
      const found = shown[field];
      return found !== undefined && showsValue(found, value);
    });
    return [[name, Object.fromEntries(agreed)]];
  });
  return Object.fromEntries(sure);
}
