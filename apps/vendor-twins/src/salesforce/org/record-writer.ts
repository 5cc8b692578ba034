import { randomUUID } from 'node:crypto';
import { refuseDuplicates, refuseMissing } from './checks.js';
import { readIncoming, severalMatch } from './incoming.js';
import { changesBetween, type Caller } from './journal.js';
import type { JsonObject } from './json.js';
import type { Org } from './org.js';
import { notFound, Refusal } from './refusal.js';
import { derive, ruleOf } from './rules/rules.js';
import { isKey, type Field, type Row, type Scalar, type SObject } from './schema.js';
import { storedValue } from './values.js';

/** Faults that a test has ordered; asked before every record write. Throws a Refusal when one is due. */
export interface WriteFaults {
  beforeWrite(object: string, recordId: string | undefined): void;
}

/** Writes one record at a time as the API would: fields, rules, uniqueness, then the store and the journal. */
export class RecordWriter {
  constructor(
    private readonly org: Org,
    private readonly faults: WriteFaults,
  ) {}

  create(object: SObject, body: JsonObject, caller: Caller): string {
    return this.counted(object, null, body, () => {
      this.refuseSetup(object);
      if (object.notCreateable) throw notWritable(object);
      this.faults.beforeWrite(object.name, undefined);
      const values = readIncoming(this.org, object, body, { kind: 'create' });
      return this.insert(object, values, caller, true);
    });
  }

  /** Publishes a platform event: it gets an id and an EventUuid, and no record (§3.2). */
  publish(object: SObject, body: JsonObject, caller: Caller): { id: string; uuid: string } {
    return this.counted(object, null, body, () => {
      this.faults.beforeWrite(object.name, undefined);
      const row = {
        ...readIncoming(this.org, object, body, { kind: 'create' }),
        CreatedById: caller.userId,
      };
      refuseMissing(object, row);
      const uuid = randomUUID();
      const event = { kind: 'event' as const, object, uuid, row };
      if (object.event?.afterCommit) this.org.commit.add(event, (undo) => this.org.store.onRollback(undo));
      else this.org.commit.addNow(event);
      return { id: this.org.mint(object), uuid };
    });
  }

  /** As an administrator would by other means: read-only fields and any state, and no trace in the journal. */
  seed(object: SObject, body: JsonObject, caller: Caller): string {
    return this.insert(object, readIncoming(this.org, object, body, { kind: 'seed' }), caller, false);
  }

  /** A record that the org makes at someone's request: read-only fields too, and heard of as any other. */
  system(object: SObject, body: JsonObject, caller: Caller): string {
    return this.counted(object, null, body, () =>
      this.insert(object, readIncoming(this.org, object, body, { kind: 'seed' }), caller, true),
    );
  }

  update(object: SObject, id: string, body: JsonObject, caller: Caller) {
    this.counted(object, id, body, () => {
      const before = this.existing(object, id);
      this.faults.beforeWrite(object.name, id);
      const values = readIncoming(this.org, object, body, { kind: 'update', before });
      const given = Object.keys(values);
      const after = { ...before, ...values };
      derive(this.org, object, after, given);
      refuseMissing(object, after);
      ruleOf(object).updating?.(before, after, given, this.org);
      this.org.guard.check(this.org, object, before, after, caller);
      refuseDuplicates(this.org, object, id, after);
      this.settle(object, id, before, after, 'update', caller);
    });
  }

  delete(object: SObject, id: string, caller: Caller) {
    this.counted(object, id, {}, () => {
      const before = this.existing(object, id);
      this.faults.beforeWrite(object.name, id);
      ruleOf(object).deleting?.(before, this.org);
      this.remove(object, id, before, caller);
    });
  }

  /** Ids of the records that hold the key, compared as the field compares (§2.2). */
  match(object: SObject, key: Field, value: unknown): string[] {
    if (key.type !== 'id' && !isKey(key)) throw notFound();
    const stored = storedValue(object, key, value, this.org);
    return stored === null ? [] : this.org.store.byKey(object, key, stored);
  }

  /** Creates or updates by an external id. Several matches are a Refusal: nothing is written. */
  upsert(
    object: SObject,
    key: Field,
    value: Scalar,
    body: JsonObject,
    caller: Caller,
  ): { id: string; created: boolean } {
    const found = this.match(object, key, value);
    const [id] = found;
    if (found.length > 1) throw severalMatch(key, found.length);
    if (id === undefined && key.type === 'id') throw notFound();
    if (id === undefined) return { id: this.create(object, { ...body, [key.name]: value }, caller), created: true };
    this.update(object, id, body, caller);
    return { id, created: false };
  }

  private insert(object: SObject, values: Record<string, Scalar>, caller: Caller, strict: boolean): string {
    // A seed may bring its own id; the API cannot, because Id is not createable.
    const id = typeof values['Id'] === 'string' ? values['Id'] : this.org.mint(object);
    const now = this.org.nowText();
    const stamp = { CreatedDate: now, CreatedById: caller.userId, IsDeleted: false };
    const row = { Id: id, ...autoNumbers(this.org, object), ...stamp, OwnerId: caller.userId, ...values };
    if (!object.fields.has('ownerid')) Reflect.deleteProperty(row, 'OwnerId');
    derive(this.org, object, row, Object.keys(values));
    if (strict) {
      refuseMissing(object, row);
      ruleOf(object).creating?.(row, this.org);
      this.org.guard.check(this.org, object, undefined, row, caller);
    }
    refuseDuplicates(this.org, object, id, row);
    if (strict) this.settle(object, id, undefined, row, 'create', caller);
    else
      this.org.store.put(object, id, {
        LastModifiedDate: now,
        LastModifiedById: caller.userId,
        SystemModstamp: now,
        ...row,
      });
    return id;
  }

  private settle(
    object: SObject,
    id: string,
    before: Row | undefined,
    after: Row,
    kind: 'create' | 'update' | 'delete',
    caller: Caller,
  ) {
    const now = this.org.nowText();
    const changes = changesBetween(before ?? {}, after);
    this.org.store.put(object, id, {
      ...after,
      LastModifiedDate: now,
      LastModifiedById: caller.userId,
      SystemModstamp: now,
    });
    const touch = { object: object.name, recordId: id, externalId: externalIdOf(object, after) };
    if (before && Object.keys(changes).length === 0) return this.org.journal.repeated(touch);
    const { client, traceparent } = caller;
    this.org.commit.add({ kind, object, id, before, after: this.org.store.get(object, id) ?? after, caller }, (undo) =>
      this.org.store.onRollback(undo),
    );
    this.org.journal.changed({ ...touch, at: this.org.now().toISOString(), kind, changes, client, traceparent });
  }

  /** Details go with their master; deleted rows stay for queryAll (§2.6). */
  private remove(object: SObject, id: string, before: Row, caller: Caller) {
    for (const { child, by } of detailsOf(this.org, object))
      for (const row of this.org.childrenOf(child.name, by.name, id))
        this.remove(child, String(row['Id']), row, caller);
    this.settle(object, id, before, { ...before, IsDeleted: true }, 'delete', caller);
  }

  private existing(object: SObject, id: string): Row {
    this.refuseSetup(object);
    const row = this.org.store.get(object, id);
    if (!row) throw notFound();
    if (row['IsDeleted'] === true) throw new Refusal('ENTITY_IS_DELETED', 'entity is deleted', [], 404);
    return row;
  }

  private refuseSetup(object: SObject) {
    if (!object.writable || object.event) throw notWritable(object);
  }

  private counted<T>(object: SObject, recordId: string | null, body: JsonObject, write: () => T): T {
    this.org.journal.attempted(object.name);
    try {
      return this.org.store.atomically(write);
    } catch (error) {
      if (error instanceof Refusal)
        this.org.journal.refused({ object: object.name, recordId, externalId: keyIn(object, body) });
      throw error;
    }
  }
}

function notWritable(object: SObject) {
  return new Refusal('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type ${object.name} does not support writes`);
}

/** Objects whose records go with a record of this one, and the field that ties them to it. */
function detailsOf(org: Org, object: SObject): { child: SObject; by: Field }[] {
  return org.schema.objects.flatMap((child) =>
    [...child.fields.values()]
      .filter(({ relationship }) => relationship?.detail && relationship.to === object.name)
      .map((by) => ({ child, by })),
  );
}

function autoNumbers(org: Org, object: SObject): Record<string, string> {
  const numbered = [...object.fields.values()].flatMap((field) =>
    field.autoNumber ? [{ field, format: field.autoNumber }] : [],
  );
  return Object.fromEntries(
    numbered.map(({ field, format }) => [
      field.name,
      format.replace(/\{(0+)\}/, (_all, zeros: string) =>
        String(org.next(`${object.name}.${field.name}`)).padStart(zeros.length, '0'),
      ),
    ]),
  );
}

function externalIdOf(object: SObject, row: Row): string | null {
  for (const field of object.fields.values()) {
    const value = field.externalId ? (row[field.name] ?? null) : null;
    if (value !== null) return String(value);
  }
  return null;
}

function keyIn(object: SObject, body: JsonObject): string | null {
  for (const [name, value] of Object.entries(body))
    if (object.fields.get(name.toLowerCase())?.externalId && typeof value === 'string') return value;
  return null;
}
