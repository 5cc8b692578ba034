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

/** One call of up to five collections, or one job for records of one object. */
export type Step =
  | { readonly kind: 'call'; readonly collections: readonly Collection[] }
  | { readonly kind: 'job'; readonly writes: readonly RecordWrite[] };

/**
 * What to do, one after another: parents before children.
 * @param jobFrom so many records of one object are better written by a job (§2.7).
 */
export function plannedSteps(writes: readonly RecordWrite[], jobFrom: number): readonly Step[] {
  const counts = Map.groupBy(writes, ({ object }) => object);
  const isForJob = ({ object }: RecordWrite) => (counts.get(object)?.length ?? 0) >= jobFrom;
  const places = Map.groupBy(
    writes.toSorted(inOrder),
    (write) => `${write.layer} ${isForJob(write) ? write.object : resourceOf(write)}`,
  );
  const steps: Step[] = [];
  let gathered: Collection[] = [];
  const call = () => {
    steps.push(
      ...chunks(gathered, MAX_QUERIES_AND_COLLECTIONS).map((collections) => ({ kind: 'call' as const, collections })),
    );
    gathered = [];
  };
  for (const together of places.values()) {
    if (together[0] && isForJob(together[0])) {
      call();
      steps.push({ kind: 'job', writes: together });
    } else {
      gathered.push(
        ...chunks(together, MAX_COLLECTION).map((part) => ({ resource: resourceOf(part[0]), writes: part })),
      );
    }
  }
  call();
  return steps;
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
