import type { Org } from '../org/org.js';
import { Refusal } from '../org/refusal.js';
import { fieldOf, relationOf, type Field, type Row, type Scalar, type SObject } from '../org/schema.js';

/** A field reached over up to five parents, as `Account.Owner.Name` (§2.6). */
export interface FieldPath {
  /** reference fields to follow, in order */
  steps: readonly Field[];
  /** object that owns the field */
  object: SObject;
  field: Field;
}

const deepest = 5;

/** Throws INVALID_FIELD for a name the org does not know. A leading object name or alias is dropped. */
export function readPath(org: Org, object: SObject, path: string, alias?: string): FieldPath {
  const names = path.split('.');
  const [first = ''] = names;
  const isPrefix = names.length > 1 && [alias, object.name].some((name) => name?.toLowerCase() === first.toLowerCase());
  const relevant = isPrefix && !relationOf(object, first) ? names.slice(1) : names;
  const relations = relevant.slice(0, -1);
  if (relations.length > deepest) throw new Refusal('INVALID_FIELD', `more than ${deepest} parent levels: ${path}`);
  const steps: Field[] = [];
  let at = object;
  for (const name of relations) {
    const relation = relationOf(at, name);
    const next = org.schema.object(relation?.relationship?.to ?? '');
    if (!relation || !next)
      throw new Refusal(
        'INVALID_FIELD',
        `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name.`,
      );
    steps.push(relation);
    at = next;
  }
  const name = relevant.at(-1) ?? '';
  const field = fieldOf(at, name);
  if (!field)
    throw new Refusal(
      'INVALID_FIELD',
      `No such column '${name}' on entity '${at.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name.`,
    );
  return { steps, object: at, field };
}

/** The value at the end of the path; null when a parent on the way is missing. */
export function valueAt(org: Org, row: Row, path: FieldPath): Scalar {
  let at: Row | undefined = row;
  for (const step of path.steps) at = org.find(step.relationship?.to ?? '', at?.[step.name]);
  return at?.[path.field.name] ?? null;
}
