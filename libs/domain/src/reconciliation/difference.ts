import type { SyncFault } from '../kernel/faults.js';
import type { FieldValue, ProjectedKind, ProjectedRecord } from '../orders/projection.js';

/** What is otherwise: a whole order, a whole record, or what a field tells of. `unreadable` is what the OMS holds and nobody can take. */
export type DifferenceClass =
  | 'missing-at-oms'
  | 'missing-here'
  | 'missing-in-crm'
  | 'unreadable'
  | 'record-missing'
  | 'identity'
  | 'status'
  | 'quantities'
  | 'holds'
  | 'promises'
  | 'amounts'
  | 'tenders'
  | 'refunds'
  | 'tracking'
  | 'returns'
  | 'history'
  | 'requests';

export interface Difference {
  readonly class: DifferenceClass;
  /** Who has to be told: we, of what the OMS says, or the CRM, of what we know. */
  readonly behind: 'ledger' | 'crm' | 'oms';
  /** The record of the projection, by `recordName`; null where it is the order as a whole. */
  readonly record: string | null;
  readonly field: string | null;
  readonly expected: FieldValue;
  readonly found: FieldValue;
}

/** By kind of record; a field that is not named is of the class under `otherwise`. */
const CLASSES: Readonly<
  Record<ProjectedKind, { readonly otherwise: DifferenceClass } & Readonly<Record<string, DifferenceClass>>>
> = {
  order: {
    otherwise: 'identity',
    status: 'status',
    statusLabel: 'status',
    omsTime: 'status',
    version: 'status',
    holds: 'holds',
    total: 'amounts',
    cancelledTotal: 'amounts',
    taxes: 'amounts',
    taxIncluded: 'amounts',
    authorizationExpires: 'tenders',
  },
  line: {
    otherwise: 'quantities',
    key: 'identity',
    status: 'status',
    reason: 'status',
    cancelRequest: 'status',
    pickUp: 'status',
    promisedDelivery: 'promises',
    pickUpExpires: 'promises',
    substitutes: 'tracking',
  },
  tender: { otherwise: 'tenders', refunded: 'refunds' },
  shipment: { otherwise: 'tracking' },
  'shipment-line': { otherwise: 'tracking' },
  return: { otherwise: 'returns', credit: 'refunds', refunded: 'refunds' },
  'return-line': { otherwise: 'returns' },
  history: { otherwise: 'history' },
  request: { otherwise: 'requests' },
};

/** Of a field, or of a record as a whole. */
export function classOf({ address: { kind } }: ProjectedRecord, field?: string): DifferenceClass {
  const classes = CLASSES[kind];
  return (field === undefined ? undefined : classes[field]) ?? classes.otherwise;
}

/** The OMS holds something of the order that nobody can take: the sentence of the fault is what was found. */
export const unreadable = ({ message }: SyncFault): Difference => ({
  ...{ class: 'unreadable', behind: 'oms', record: null, field: null },
  ...{ expected: null, found: message },
});
