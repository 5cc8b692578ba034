import type { FieldValue, RecordChange } from '@tandem/domain';
import type { Described, OrgSchema } from '../org-schema.js';
import type { RecordWrite } from '../writing/record-write.js';
import type { Shapes } from './projected-fields.js';

/** A change as this org can take it. */
export interface FittedChange {
  readonly change: RecordChange;
  /** Fields, by our names, that the org does not have or does not let us write. */
  readonly withheld: readonly string[];
}

/**
 * Leaves out what the org does not have, so that one missing field does not keep the whole record from being shown, and ends a text
 * that is too long with `…`. An object that is not there at all is left to the org to refuse.
 */
export function fitted(change: RecordChange, schema: OrgSchema, shapes: Shapes): FittedChange {
  const { address, fields, isNew, version } = change;
  const { object, fields: shapeFields } = shapes[address.kind];
  if (!schema.has(object)) return { change, withheld: [] };
  const names: Readonly<Record<string, string>> = shapeFields;
  const right = isNew && 'key' in address ? 'createable' : 'updateable';
  const isTaken = (name: string | undefined) => schema.get(`${object}.${name}`)?.[right] === true;
  const taken = Object.entries(fields)
    .filter(([field]) => names[field] === undefined || isTaken(names[field]))
    .map(([field, value]): [string, FieldValue] => [field, shortened(value, schema.get(`${object}.${names[field]}`))]);
  return {
    change: {
      ...{ address, isNew, fields: Object.fromEntries(taken) },
      version: isTaken('OMS_Version__c') ? version : undefined,
    },
    withheld: Object.keys(fields).filter((field) => !taken.some(([name]) => name === field)),
  };
}

/** What a record becomes where the org takes less than we would give: parents that it sets itself, fields that its summary does not have. */
export function fittedWrite(write: RecordWrite, schema: OrgSchema): RecordWrite {
  const { object, atCreation, fields } = write;
  if (!schema.has(object)) return write;
  const taken = (values: Readonly<Record<string, unknown>>, right: 'createable' | 'updateable') =>
    Object.fromEntries(Object.entries(values).filter(([name]) => schema.get(`${object}.${name}`)?.[right] === true));
  return {
    ...write,
    atCreation: taken(atCreation, 'createable'),
    fields: object === 'OrderSummary' ? taken(fields, 'updateable') : fields,
  };
}

const TEXTS: ReadonlySet<string> = new Set(['string', 'textarea']);

function shortened(value: FieldValue, described: Described | undefined): FieldValue {
  if (typeof value !== 'string' || !described || !TEXTS.has(described.type)) return value;
  const { length } = described;
  return length > 0 && value.length > length ? `${value.slice(0, length - 1)}…` : value;
}
