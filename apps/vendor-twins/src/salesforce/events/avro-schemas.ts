import { createHash } from 'node:crypto';
import avro, { type Type } from 'avsc';
import type { Field, SObject } from '../org/schema.js';
import { nestingOf, type Nested } from './nesting.js';

/** An event's Avro schema; its id changes when its fields do (§3.1). */
export interface EventSchema {
  id: string;
  json: string;
  type: Type;
  /** names of the top record in their order, the header first in a change event: bit i of a bitmap is the i-th of them */
  top: readonly string[];
  /** members of the nested records, by the name of the top field */
  nested: ReadonlyMap<string, Nested>;
}

const optional = (type: unknown) => ['null', type];
const plainField = (name: string, type: unknown) => ({ name, type: optional(type), default: null });

/** §3.1: the header's fields in their Avro order; a client takes the enum's symbols from here. */
const changeEventHeader = {
  type: 'record',
  name: 'ChangeEventHeader',
  fields: [
    { name: 'entityName', type: 'string' },
    { name: 'recordIds', type: { type: 'array', items: 'string' } },
    {
      name: 'changeType',
      type: {
        type: 'enum',
        name: 'ChangeType',
        symbols: [
          'CREATE',
          'UPDATE',
          'DELETE',
          'UNDELETE',
          'GAP_CREATE',
          'GAP_UPDATE',
          'GAP_DELETE',
          'GAP_UNDELETE',
          'GAP_OVERFLOW',
          'SNAPSHOT',
        ],
      },
    },
    { name: 'changeOrigin', type: 'string' },
    { name: 'transactionKey', type: 'string' },
    { name: 'sequenceNumber', type: 'int' },
    { name: 'commitTimestamp', type: 'long' },
    { name: 'commitNumber', type: 'long' },
    { name: 'commitUser', type: 'string' },
    ...['nulledFields', 'diffFields', 'changedFields'].map((name) => ({
      name,
      type: { type: 'array', items: 'string' },
    })),
  ],
};

/** These are absent from change events; the id stands in the header (§3.1). */
const absent = new Set(['Id', 'IsDeleted', 'SystemModstamp']);

export function changeEventName(object: SObject): string {
  return object.custom ? `${object.name.replace(/__c$/, '')}__ChangeEvent` : `${object.name}ChangeEvent`;
}

/** All fields of the object, each null unless it changed; addresses and names of people are nested records (§3.1). */
export function changeEventSchema(object: SObject): EventSchema {
  const fields = [...object.fields.values()].filter((field) => !absent.has(field.name));
  const nested = nestingOf(object, fields);
  const inNested = new Set([...nested.values()].flatMap(({ members }) => members.map((member) => member.field.name)));
  const order = new Map<string, unknown>();
  for (const [name, { recordName, members, orText }] of nested) {
    const record = {
      type: 'record',
      name: recordName,
      fields: members.map((member) => plainField(member.name, avroType(member.field))),
    };
    order.set(name, { name, type: ['null', ...(orText ? ['string'] : []), record], default: null });
  }
  for (const field of fields)
    if (!inNested.has(field.name) && !order.has(field.name))
      order.set(field.name, plainField(field.name, avroType(field)));
  return schemaOf(
    {
      type: 'record',
      name: changeEventName(object),
      namespace: 'com.sforce.eventbus',
      fields: [{ name: 'ChangeEventHeader', type: changeEventHeader }, ...order.values()],
    },
    ['ChangeEventHeader', ...order.keys()],
    nested,
  );
}

/** CreatedDate and CreatedById, then the fields of the package (§3.2). */
export function platformEventSchema(object: SObject): EventSchema {
  const fields = [...object.fields.values()].filter((field) => field.custom);
  return schemaOf(
    {
      type: 'record',
      name: object.name,
      namespace: 'com.sforce.eventbus',
      fields: [
        { name: 'CreatedDate', type: 'long' },
        { name: 'CreatedById', type: 'string' },
        ...fields.map((field) => plainField(field.name, avroType(field))),
      ],
    },
    ['CreatedDate', 'CreatedById', ...fields.map(({ name }) => name)],
    new Map(),
  );
}

function schemaOf(record: object, top: readonly string[], nested: ReadonlyMap<string, Nested>): EventSchema {
  const json = JSON.stringify(record);
  const id = createHash('sha256').update(json).digest('base64url').slice(0, 22);
  return { id, json, type: avro.parse(json) as Type, top, nested };
}

/** Dates and datetimes are epoch milliseconds (§3.1). */
function avroType(field: Field): string {
  switch (field.type) {
    case 'boolean':
      return 'boolean';
    case 'int':
      return 'int';
    case 'double':
    case 'currency':
      return 'double';
    case 'date':
    case 'datetime':
      return 'long';
    default:
      return 'string';
  }
}
