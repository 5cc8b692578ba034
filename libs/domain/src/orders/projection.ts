import type { CrmOrderId, CrmRecordId } from '../kernel/ids.js';

/** A value that a CRM field can hold. Amounts are decimal text in major units; moments are instants. */
export type FieldValue = string | number | boolean | null;

/** The fields of each kind of record that we keep in the CRM. A closed list: adapters map each name once. */
export interface ProjectedFields {
  order: {
    readonly key: string;
    readonly omsOrderId: string | null;
    readonly status: string;
    /** The status in the words of the site. */
    readonly statusLabel: string;
    readonly omsTime: string | null;
    readonly version: number;
    readonly total: string;
    readonly cancelledTotal: string | null;
    readonly taxes: string;
    readonly taxIncluded: boolean;
    /** Types of the holds that are applied, parted by commas. */
    readonly holds: string | null;
    /** When the first authorization ends that money is still to be captured on. */
    readonly authorizationExpires: string | null;
  };
  line: {
    readonly key: string;
    readonly status: string;
    readonly open: number;
    readonly backOrdered: number;
    readonly allocated: number;
    readonly released: number;
    readonly shipped: number;
    readonly delivered: number;
    readonly cancelled: number;
    readonly returned: number;
    readonly promisedDelivery: string | null;
    /** The OMS's reason of what was cancelled or came up short. */
    readonly reason: string | null;
    readonly cancelRequest: string | null;
    readonly pickUp: string | null;
    readonly pickUpExpires: string | null;
    /** Items that were sent instead of the ordered one. */
    readonly substitutes: string | null;
  };
  tender: {
    readonly authorized: string;
    readonly captured: string;
    readonly refunded: string;
    readonly authorizationExpires: string | null;
  };
  shipment: {
    readonly packageId: string;
    readonly carrier: string | null;
    readonly trackingNumber: string | null;
    readonly shipFrom: string | null;
    readonly shippedAt: string | null;
  };
  'shipment-line': { readonly lineKey: string; readonly sku: string; readonly quantity: number };
  return: {
    readonly number: string;
    readonly type: string;
    readonly status: string;
    readonly omsTime: string;
    /** What the customer is given back; null while the OMS has not reckoned it. */
    readonly credit: string | null;
    readonly refunded: boolean;
    /** Types of the holds that are applied, parted by commas. */
    readonly holds: string | null;
    /** Names the order that sends something else instead; never counted as a new sale. */
    readonly exchangeOrder: string | null;
    readonly exchangeStatus: string | null;
  };
  'return-line': {
    readonly lineKey: string;
    readonly sku: string;
    readonly expected: number;
    readonly received: number;
  };
  history: {
    readonly track: string;
    readonly lineKey: string | null;
    readonly from: string | null;
    readonly to: string;
    readonly quantities: string | null;
    readonly reason: string | null;
    readonly omsTime: string;
    readonly recordedAt: string;
    readonly sourceMessage: string;
    readonly late: boolean;
  };
  request: {
    readonly status: string;
    readonly answer: string;
    readonly answeredAt: string;
    /** When the OMS had done it, by its own clock; null while it has not. */
    readonly confirmedAt: string | null;
  };
}

export type ProjectedKind = keyof ProjectedFields;

/** Where a record stands: by the CRM's own id where the CRM made it, else by an external id below its parent. */
export type RecordAddress =
  | { readonly kind: 'order'; readonly id: CrmOrderId }
  | { readonly kind: 'line'; readonly id: CrmRecordId; readonly order: CrmOrderId }
  /** Made by whoever captured the order. */
  | { readonly kind: 'tender'; readonly key: string; readonly order: CrmOrderId }
  | { readonly kind: 'shipment'; readonly key: string; readonly order: CrmOrderId }
  | { readonly kind: 'shipment-line'; readonly key: string; readonly shipmentKey: string }
  | { readonly kind: 'return'; readonly key: string; readonly order: CrmOrderId }
  | { readonly kind: 'return-line'; readonly key: string; readonly returnKey: string }
  | { readonly kind: 'history'; readonly key: string; readonly order: CrmOrderId }
  /** Made by the agent who asks. */
  | { readonly kind: 'request'; readonly id: CrmRecordId; readonly order: CrmOrderId };

/** One record as the CRM should show it. */
export type ProjectedRecord = {
  [Kind in ProjectedKind]: {
    readonly address: Extract<RecordAddress, { kind: Kind }>;
    readonly fields: ProjectedFields[Kind];
  };
}[ProjectedKind];

/** What must be written of one record: only the fields that differ from what the CRM last acknowledged, named as in `ProjectedFields`. */
export interface RecordChange {
  readonly address: RecordAddress;
  /** True where the CRM has not acknowledged the record yet, so that it needs its parent and all its fields. */
  readonly isNew: boolean;
  readonly fields: FieldValues;
  /** Of the projection that it was taken from: a record that shows a later one is not to be moved back. */
  readonly version?: number | undefined;
}

export type FieldValues = Readonly<Record<string, FieldValue>>;

/** All records of one order, by `recordName`, parents before children. */
export type Projection = Readonly<Record<string, ProjectedRecord>>;

/** What the CRM acknowledged of the records of one order, by `recordName`. */
export type Acknowledged = Readonly<Record<string, FieldValues>>;

/** Unique within an order's projection. */
export const recordName = (address: RecordAddress): string =>
  recordNamed(address.kind, 'id' in address ? address.id : address.key);

/** @param key the record's id or external id, by whichever its kind is told apart */
export const recordNamed = (kind: ProjectedKind, key: string): string => `${kind}:${key}`;

/** Field-level difference: what to write so that the CRM shows `wanted`, parents before children. Records are never removed. */
export function changesBetween(acknowledged: Acknowledged, wanted: Projection): readonly RecordChange[] {
  const version = versionOf(wanted);
  return Object.entries(wanted).flatMap(([name, { address, fields }]) => {
    const known = acknowledged[name];
    const changed = Object.entries(fields).filter(([field, value]) => value !== known?.[field]);
    if (changed.length === 0) return [];
    return [{ address, isNew: known === undefined, fields: Object.fromEntries(changed), version }];
  });
}

function versionOf(projection: Projection): number | undefined {
  for (const { address, fields } of Object.values(projection)) {
    if (address.kind === 'order' && 'version' in fields) return fields.version;
  }
  return undefined;
}

/** Whether two projections show the same. */
export const showsSame = (left: Projection, right: Projection): boolean =>
  changesBetween(Object.fromEntries(Object.entries(left).map(([name, { fields }]) => [name, { ...fields }])), right)
    .length === 0;

/** What the CRM acknowledges after it acknowledged some of the changes. */
export function acknowledge(acknowledged: Acknowledged, changes: readonly RecordChange[]): Acknowledged {
  const next: Record<string, FieldValues> = { ...acknowledged };
  for (const { address, fields } of changes) {
    const name = recordName(address);
    next[name] = { ...next[name], ...fields };
  }
  return next;
}

/**
 * What is sure of the CRM's side while changes are on their way to it: nothing of the fields that they touch. Until the
 * answer is there, the CRM may hold what it held, or the change: the difference to what is wanted by then would miss a
 * field that went and came back, such as a quantity that was 0, became 3 unheard, and is to be 0.
 */
export function inDoubt(acknowledged: Acknowledged, changes: readonly RecordChange[]): Acknowledged {
  const sure: Record<string, FieldValues> = { ...acknowledged };
  for (const { address, fields } of changes) {
    const name = recordName(address);
    const known = sure[name];
    if (known === undefined) continue;
    sure[name] = Object.fromEntries(Object.entries(known).filter(([field]) => !Object.hasOwn(fields, field)));
  }
  return sure;
}
