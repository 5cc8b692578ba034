import { randomUUID } from 'node:crypto';
import type { Chaos } from '../control/chaos.js';
import { changesBetween, type Caller } from '../org/journal.js';
import type { Happening, RecordChange } from '../org/commit.js';
import type { Org } from '../org/org.js';
import { fieldOf, type Row, type SObject } from '../org/schema.js';
import type { EventSchema } from './avro-schemas.js';
import { bitmaps, payloadOf, type Payload } from './change-payload.js';
import type { LoggedEvent } from './event-log.js';

/** The header's members (§3.1). */
interface Header {
  entityName: string;
  recordIds: string[];
  changeType: string;
  changeOrigin: string;
  transactionKey: string;
  sequenceNumber: number;
  commitTimestamp: number;
  commitNumber: number;
  commitUser: string;
  nulledFields: string[];
  diffFields: string[];
  changedFields: string[];
}

/** An id that no record has: the whole entity is to be read again (§3.1). */
const overflowed = '000000000000000AAA';
const types = { create: 'CREATE', update: 'UPDATE', delete: 'DELETE' } as const;

/** Turns what a transaction did into change events: one a record, with its final state, in the order of the changes. */
export class ChangeEvents {
  private commitNumber = 11_000_000_000;

  constructor(
    private readonly org: Org,
    private readonly chaos: Chaos,
    private readonly schemaOf: (object: SObject) => EventSchema,
  ) {}

  /** `selected` are the objects whose changes are published; the others still take their number (§3.1: holes). */
  ofCommit(happenings: readonly Happening[], selected: ReadonlySet<string>): LoggedEvent[] {
    const transactionKey = randomUUID();
    this.commitNumber += 1;
    const changes = collapsed(happenings.filter((happening) => happening.kind !== 'event'));
    const events = merged(
      changes.flatMap((change, index) => {
        if (!selected.has(change.object.name)) return [];
        const header = this.header(change.object.name, [change.id], types[change.kind], change.caller);
        return [{ change, parts: this.parts(change, { ...header, transactionKey, sequenceNumber: index + 1 }) }];
      }),
    );
    return events.map(({ change, parts }) => this.logged(change.object, parts.header, parts.payload));
  }

  /** An event that says only that something changed (§3.1). Without ids it is an overflow of the whole entity. */
  gap(object: SObject, recordIds: readonly string[], changeType: string): LoggedEvent {
    const ids = recordIds.length > 0 ? [...recordIds] : [overflowed];
    return this.logged(object, this.header(object.name, ids, changeType, undefined), {});
  }

  private header(entityName: string, recordIds: string[], changeType: string, caller: Caller | undefined): Header {
    return {
      entityName,
      recordIds,
      changeType,
      changeOrigin: caller?.origin ?? '',
      transactionKey: randomUUID(),
      sequenceNumber: 1,
      commitTimestamp: this.org.now().getTime(),
      commitNumber: this.commitNumber,
      commitUser: caller?.userId ?? '',
      nulledFields: [],
      diffFields: [],
      changedFields: [],
    };
  }

  private parts({ kind, object, before, after }: RecordChange, header: Header): { header: Header; payload: Payload } {
    const schema = this.schemaOf(object);
    if (this.chaos.strikes('gapRatio'))
      return { header: { ...header, changeType: `GAP_${header.changeType}` }, payload: {} };
    if (kind === 'delete') return { header, payload: {} };
    const names = changedNames(before ?? {}, after, object);
    const payload = payloadOf(object, schema, after, names);
    if (kind === 'create') return { header, payload };
    const nulled = new Set([...names].filter((name) => (after[name] ?? null) === null));
    return {
      header: { ...header, changedFields: bitmaps(schema, names), nulledFields: bitmaps(schema, nulled) },
      payload,
    };
  }

  private logged(object: SObject, header: Header, payload: Payload): LoggedEvent {
    const schema = this.schemaOf(object);
    const bytes = (own: Header, members: Payload) => schema.type.toBuffer({ ChangeEventHeader: own, ...members });
    const uuid = randomUUID();
    return {
      source: object.name,
      uuid,
      schemaId: schema.id,
      payload: bytes(header, payload),
      // Values are read at delivery, and a merged event is split again (§3.1).
      enriched: (fields) =>
        header.recordIds.map((id) => {
          const row = this.org.find(object.name, id);
          const brought = row ? payloadOf(object, schema, row, named(object, fields)) : {};
          const own = { ...header, recordIds: [id] };
          return { uuid, schemaId: schema.id, payload: bytes(own, { ...brought, ...payload }) };
        }),
    };
  }
}

const named = (object: SObject, fields: readonly string[]) =>
  new Set(fields.flatMap((name) => fieldOf(object, name)?.name ?? []));

/** The time of the change is among what changed (§3.1); on create that is all that has a value. */
function changedNames(before: Row, after: Row, object: SObject): Set<string> {
  const created = before['Id'] === undefined ? ['CreatedDate', 'CreatedById'] : [];
  const names = [...Object.keys(changesBetween(before, after)), ...created, 'LastModifiedDate'];
  if (before['LastModifiedById'] !== after['LastModifiedById']) names.push('LastModifiedById');
  return new Set(names.filter((name) => object.fields.has(name.toLowerCase())));
}

/** One change a record: created and then updated is created, and what came and went in one transaction never was. */
function collapsed(changes: readonly RecordChange[]): RecordChange[] {
  const byRecord = new Map<string, RecordChange>();
  for (const change of changes) {
    const earlier = byRecord.get(change.id);
    const { before, kind } = earlier ?? change;
    byRecord.set(change.id, { ...change, before, kind: change.kind === 'delete' ? 'delete' : kind });
  }
  return [...byRecord.values()].filter(({ kind, before }) => kind !== 'delete' || before !== undefined);
}

interface Event {
  change: RecordChange;
  parts: { header: Header; payload: Payload };
}

/** The same change on several records is one event with many ids, also where they were touched some milliseconds apart (§3.1). */
function merged(events: readonly Event[]): Event[] {
  const bySameness = new Map<string, Event>();
  for (const event of events) {
    const { header, payload } = event.parts;
    const sameness = JSON.stringify([
      header.entityName,
      header.changeType,
      header.changedFields,
      { ...payload, LastModifiedDate: null },
    ]);
    const found = header.changeType === 'UPDATE' ? bySameness.get(sameness) : undefined;
    if (found) found.parts.header.recordIds.push(...header.recordIds);
    else bySameness.set(header.changeType === 'UPDATE' ? sameness : event.change.id, event);
  }
  return [...bySameness.values()];
}
