import type { AvailabilityPublish, Instant } from '@tandem/domain';
import { Fields } from '../feed/fields.js';
import { isRecord, type JsonRecord } from '../json.js';
import type { RecordSurroundings } from './availability-record.js';

/** A record with what holds for it from around it. */
export interface PlacedRecord {
  readonly row: Fields;
  readonly around: RecordSurroundings;
}

export interface AvailabilityMessage {
  readonly records: readonly PlacedRecord[];
  /** The message's own fields, under whatever wrappers. */
  readonly run: string | undefined;
  readonly page: AvailabilityPublish['page'];
  /** Names of wrappers and what is said under names such as `SyncType`: in lower case, word by word. */
  readonly words: ReadonlySet<string>;
}

/** A list of pages within a list of locations within a wrapper, with room to spare. */
const DEEPEST = 8;

interface Place {
  readonly value: unknown;
  readonly path: string;
  readonly around: RecordSurroundings;
  readonly depth: number;
}

/**
 * Reads a message of the availability feeds, whose wrappers and lists have no published names (§6.3, §12): whatever names an item and its
 * status is a record, and what stands beside and above it holds for it. What stands within a record, such as its
 * substitutes, is none of its own.
 */
export function readAvailabilityMessage(content: unknown, path: string): AvailabilityMessage {
  const records: PlacedRecord[] = [];
  const words = new Set<string>();
  const found: { run?: string | undefined; number?: number | undefined; of?: number | undefined } = {};
  const places: Place[] = [{ value: content, path, around: {}, depth: 0 }];
  for (let place = places.shift(); place; place = places.shift()) {
    const { value } = place;
    if (!isRecord(value)) {
      places.push(...within(place));
      continue;
    }
    const fields = Fields.of(value, place.path);
    const isRow = isAvailability(value);
    for (const word of wordsIn(value, isRow)) words.add(word);
    found.run ??= fields.text('TransactionNumber');
    found.number ??= fields.quantity('CurrentPage');
    found.of ??= fields.quantity('TotalPages');
    if (isRow) records.push({ row: fields, around: place.around });
    else places.push(...within({ ...place, around: surroundingsOf(fields, place.around) }));
  }
  const { run, number, of } = found;
  return { records, run, words, page: number === undefined || of === undefined ? undefined : { number, of } };
}

const isAvailability = (value: JsonRecord): boolean =>
  'ItemId' in value && ('StatusCode' in value || 'Status' in value);

function within({ value, path, around, depth }: Place): readonly Place[] {
  if (typeof value !== 'object' || value === null || depth === DEEPEST) return [];
  return Object.entries(value).map(([name, inner]) => ({
    value: inner as unknown,
    path: Array.isArray(value) ? `${path}[${name}]` : path ? `${path}.${name}` : name,
    around,
    depth: depth + 1,
  }));
}

/** A list of records by item or by location may name the other of the two once, above it. */
function surroundingsOf(fields: Fields, outer: RecordSurroundings): RecordSurroundings {
  const details = ['ViewDetails', 'ViewDetail', 'View'].map((name) =>
    isRecord(fields.raw[name]) ? fields.child(name)?.text('ViewName') : undefined,
  );
  const at: Instant | undefined = fields.moment('TransactionDateTime');
  return {
    view: fields.text('ViewName') ?? details.find((name) => name !== undefined) ?? outer.view,
    location: fields.text('LocationId') ?? outer.location,
    at: at ?? outer.at,
  };
}

/** What a record holds, such as `SubstitutionDetails`, wraps nothing of the message. */
function wordsIn(value: JsonRecord, isRow: boolean): readonly string[] {
  const texts = Object.entries(value).flatMap(([name, inner]) => {
    if (typeof inner === 'object' && inner !== null) return isRow ? [] : [name];
    return typeof inner === 'string' && /type|event|action|phase|message/i.test(name) ? [inner] : [];
  });
  return texts.flatMap(wordsOf);
}

/** `EndSync`, `END_SYNC` and `End Sync` are the same two words. */
export const wordsOf = (text: string): readonly string[] =>
  text
    .slice(0, 200)
    .split(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z]+/)
    .map((word) => word.toLowerCase())
    .filter((word) => word !== '');
