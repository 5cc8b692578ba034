import { MAX_QUERIES_AND_COLLECTIONS } from '../composite.js';
import type { RecordWrite } from './record-write.js';

/** §2.3. */
const MAX_COLLECTION = 200;

/** As many records as one call takes at most. */
export const MAX_CALL = MAX_COLLECTION * MAX_QUERIES_AND_COLLECTIONS;

/** Records that one collection subrequest writes, and where it is sent, below the version's root. */
export interface Collection {
  readonly resource: string;
  readonly writes: readonly RecordWrite[];
}

/** The calls to make, one after another; of each, its collections in their order: parents before children. */
export function plannedCalls(writes: readonly RecordWrite[]): readonly (readonly Collection[])[] {
  const byPlace = new Map<string, RecordWrite[]>();
  for (const write of writes.toSorted(inOrder)) {
    const place = `${write.layer} ${resourceOf(write)}`;
    const together = byPlace.get(place) ?? [];
    together.push(write);
    byPlace.set(place, together);
  }
  const collections = [...byPlace.values()].flatMap((together) =>
    chunks(together, MAX_COLLECTION).map((part) => ({ resource: resourceOf(part[0]), writes: part })),
  );
  return chunks(collections, MAX_QUERIES_AND_COLLECTIONS);
}

/** Records written by id may mix, those of one type adjacent; an upsert takes one object (§2.3). */
const resourceOf = (write: RecordWrite | undefined) =>
  write?.externalId ? `composite/sobjects/${write.object}/${write.externalId}` : 'composite/sobjects';

const inOrder = (one: RecordWrite, other: RecordWrite) =>
  one.layer - other.layer || compare(one.object, other.object) || compare(one.parent, other.parent);
const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other));

function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
