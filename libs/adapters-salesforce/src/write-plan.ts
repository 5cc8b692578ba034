import { recordName, type ProjectedKind, type RecordAddress, type RecordChange } from '@tandem/domain';
import { MAX_QUERIES_AND_COLLECTIONS } from './composite.js';
import { SHAPES } from './mapping/projected-fields.js';

/** §2.3. */
const MAX_COLLECTION = 200;

/** Records that one collection subrequest writes, and where it is sent, below the version's root. */
export interface Collection {
  readonly resource: string;
  readonly changes: readonly RecordChange[];
}

/** Kinds that may share a collection, parents before children. Records written by id mix; an upsert takes one object (§2.3). */
const STAGES: readonly (readonly ProjectedKind[])[] = [
  ['order', 'line'],
  ['tender'],
  ['shipment'],
  ['shipment-line'],
  ['return'],
  ['return-line'],
  ['history'],
];

/** One change a record: a later one wins, field by field, where a batch has several of the same. */
export function merged(changes: readonly RecordChange[]): readonly RecordChange[] {
  const byName = new Map<string, RecordChange>();
  for (const { address, isNew, fields } of changes) {
    const name = recordName(address);
    const earlier = byName.get(name);
    byName.set(name, {
      address,
      isNew: isNew || (earlier?.isNew ?? false),
      fields: { ...earlier?.fields, ...fields },
    });
  }
  return [...byName.values()];
}

/** The calls to make, one after another; of each, its collections in their order. */
export function plannedCalls(changes: readonly RecordChange[]): readonly (readonly Collection[])[] {
  const collections = STAGES.flatMap((kinds) => {
    const sorted = kinds.flatMap((kind) => changes.filter(({ address }) => address.kind === kind).toSorted(byParent));
    return chunks(sorted, MAX_COLLECTION).map((part) => ({ resource: resourceFor(kinds), changes: part }));
  });
  return chunks(collections, MAX_QUERIES_AND_COLLECTIONS);
}

/** Children of one parent side by side: spread out, the org locks the parent again and again (§2.7). */
const byParent = (one: RecordChange, other: RecordChange) => compare(parentOf(one.address), parentOf(other.address));
const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other));

function parentOf(address: RecordAddress): string {
  switch (address.kind) {
    case 'order':
      return address.id;
    case 'shipment-line':
      return address.shipmentKey;
    case 'return-line':
      return address.returnKey;
    case 'line':
    case 'tender':
    case 'return':
    case 'shipment':
    case 'history':
      return address.order;
  }
}

function resourceFor([kind]: readonly ProjectedKind[]): string {
  const shape = kind && SHAPES[kind];
  return shape?.externalId ? `composite/sobjects/${shape.object}/${shape.externalId}` : 'composite/sobjects';
}

function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
