import type { Org } from './org.js';
import { Refusal } from './refusal.js';
import type { Row, SObject } from './schema.js';

/** REQUIRED_FIELD_MISSING names every field that is missing, not just the first (§2.11). */
export function refuseMissing(object: SObject, row: Row) {
  const missing = [...object.fields.values()]
    .filter(
      (field) => !field.nillable && field.createable && field.type !== 'boolean' && (row[field.name] ?? null) === null,
    )
    .map((field) => field.name);
  if (missing.length > 0)
    throw new Refusal('REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`, missing);
}

/** The other record is named by its 15-character id, as the vendor names it (§2.2). */
export function refuseDuplicates(org: Org, object: SObject, id: string, row: Row) {
  for (const field of object.fields.values()) {
    const value = row[field.name] ?? null;
    if (!field.unique || value === null) continue;
    const other = org.store.byKey(object, field, value).find((found) => found !== id);
    if (other !== undefined)
      throw new Refusal(
        'DUPLICATE_VALUE',
        `duplicate value found: ${field.name} duplicates value on record with id: ${other.slice(0, 15)}`,
      );
  }
}
