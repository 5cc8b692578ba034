import type { Chaos } from '../control/chaos.js';
import type { Happening } from '../org/commit.js';
import type { Org } from '../org/org.js';
import { Refusal } from '../org/refusal.js';
import { plainField } from '../org/field-lines.js';
import { fieldOf, type Row, type SObject } from '../org/schema.js';
import { changeEventSchema, platformEventSchema, type EventSchema } from './avro-schemas.js';
import { ChangeEvents } from './change-events.js';
import { eventValue } from './change-payload.js';
import type { Channels } from './channels.js';
import { EventLog, type LoggedEvent } from './event-log.js';

/** Everything of the org's events: their schemas, what was published, and what a commit publishes (§3). */
export class Events {
  readonly log: EventLog;
  private readonly schemas = new Map<string, EventSchema>();
  private readonly current = new Map<string, EventSchema>();
  private readonly changes: ChangeEvents;

  constructor(
    private readonly org: Org,
    private readonly chaos: Chaos,
    readonly channels: Channels,
  ) {
    this.log = new EventLog(org.now, chaos.chance);
    this.changes = new ChangeEvents(org, chaos, (object) => this.schemaOf(object));
    org.commit.onCommit((happenings) => this.committed(happenings));
  }

  /** The schema of an object's events as it is now. */
  schemaOf(object: SObject): EventSchema {
    const known = this.current.get(object.name);
    if (known) return known;
    const schema = object.event ? platformEventSchema(object) : changeEventSchema(object);
    this.current.set(object.name, schema);
    this.schemas.set(schema.id, schema);
    return schema;
  }

  /** Also of schemas that have since been replaced. */
  schemaById(id: string): EventSchema | undefined {
    return this.schemas.get(id);
  }

  /** A text field more on an object: from now on its events have another schema (§3.1). */
  addField(object: SObject, name: string, length: number) {
    if (fieldOf(object, name)) throw new Refusal('DUPLICATE_DEVELOPER_NAME', `${object.name} has a field ${name}`);
    const writable = { createable: true, updateable: true, nillable: true, custom: true };
    object.fields.set(name.toLowerCase(), { ...plainField(name, name), ...writable, length });
    this.current.delete(object.name);
  }

  /** Publishes the bytes as they came: nobody looks whether they fit the schema (§3.3). */
  publishRaw(source: string, schemaId: string, uuid: string, payload: Buffer): number {
    return this.append({ source, uuid, schemaId, payload });
  }

  publish(object: SObject, uuid: string, row: Row) {
    const schema = this.schemaOf(object);
    const values = Object.fromEntries(
      [...object.fields.values()].map((field) => [field.name, eventValue(field, row[field.name] ?? null)]),
    );
    const stamp = { CreatedDate: this.org.now().getTime(), CreatedById: row['CreatedById'] ?? '' };
    const payload = schema.type.toBuffer({ ...stamp, ...values });
    this.append({ source: object.name, uuid, schemaId: schema.id, payload });
  }

  gap(object: SObject, recordIds: readonly string[], changeType: string) {
    this.append(this.changes.gap(object, recordIds, changeType));
  }

  private committed(happenings: readonly Happening[]) {
    for (const event of this.changes.ofCommit(happenings, this.channels.selectedEntities())) this.append(event);
    for (const happening of happenings)
      if (happening.kind === 'event') this.publish(happening.object, happening.uuid, happening.row);
  }

  /** A duplicate has the same EventUuid and a place of its own (§3.2). */
  private append(event: LoggedEvent): number {
    const position = this.log.append(event);
    if (this.chaos.strikes('duplicateEvents')) this.log.append(event);
    return position;
  }
}
