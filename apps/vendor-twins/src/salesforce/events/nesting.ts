import { fieldOf, type Field, type SObject } from '../org/schema.js';

/** A record within an event's record: an address, or the name of a person (§3.1). */
export interface Nested {
  recordName: string;
  /** the field may also be plain text, as the name of an account that is no person */
  orText: boolean;
  members: readonly { name: string; field: Field }[];
}

const addressParts = [
  'Street',
  'City',
  'State',
  'PostalCode',
  'Country',
  'StateCode',
  'CountryCode',
  'Latitude',
  'Longitude',
];

/** Which fields of an object travel inside a nested record, by the name of the field that holds it. */
export function nestingOf(object: SObject, fields: readonly Field[]): Map<string, Nested> {
  const nested = new Map<string, Nested>();
  const recordNames = new Set<string>();
  const unique = (name: string) => {
    const taken = recordNames.has(name) ? `${name}${recordNames.size}` : name;
    recordNames.add(taken);
    return taken;
  };
  const person = membersOf(object, '', ['FirstName', 'LastName']);
  if (person.length > 0) {
    const orText = object.name === 'Account';
    nested.set('Name', {
      recordName: unique(orText ? 'Switchable_PersonName' : 'PersonName'),
      orText,
      members: person,
    });
  }
  for (const field of fields) {
    const prefix = /^(\w+)Street$/.exec(field.name)?.[1];
    if (prefix === undefined || field.custom) continue;
    const members = membersOf(object, prefix, addressParts);
    nested.set(`${prefix}Address`, { recordName: unique(`${prefix}Address_Address`), orText: false, members });
  }
  return nested;
}

function membersOf(object: SObject, prefix: string, parts: readonly string[]) {
  return parts.flatMap((name) => {
    const field = fieldOf(object, `${prefix}${name}`);
    return field ? [{ name, field }] : [];
  });
}
