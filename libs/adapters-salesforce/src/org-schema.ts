import { composite } from './composite.js';
import { listAt, textAt } from './json.js';
import { DESCRIBED_OBJECTS, type Selection } from './mapping/order-fields.js';
import type { SalesforceConnection } from './salesforce-connection.js';
import { errorsIn, faultOfErrors } from './salesforce-faults.js';

/** What an org has: from `Object.Name` of a field or relationship to the field's type. */
export type OrgSchema = ReadonlyMap<string, string>;

/** Asks each org once what it has, at first use: features add fields, and asking for a missing one fails (§4.6). */
export class OrgSchemas {
  private readonly known = new Map<SalesforceConnection, Promise<OrgSchema>>();

  /** Throws a SyncFault; the next caller then asks anew. */
  of(connection: SalesforceConnection): Promise<OrgSchema> {
    const known = this.known.get(connection);
    if (known) return known;
    const asked = described(connection).catch((fault: unknown) => {
      this.known.delete(connection);
      throw fault;
    });
    this.known.set(connection, asked);
    return asked;
  }
}

async function described(connection: SalesforceConnection): Promise<OrgSchema> {
  const answers = await composite(
    connection,
    'describe',
    DESCRIBED_OBJECTS.map((object) => ({ method: 'GET', url: connection.path(`sobjects/${object}/describe`) })),
  );
  return new Map(
    answers.flatMap(({ status, body }, position) => {
      // An org without the object has none of its fields either.
      if (status === 404) return [];
      if (status >= 300) throw faultOfErrors(errorsIn(body), status);
      return listAt(body, 'fields').flatMap((field) => namesOf(field).map((name) => entry(position, name, field)));
    }),
  );
}

const namesOf = (field: unknown) => [textAt(field, 'name') ?? [], textAt(field, 'relationshipName') ?? []].flat();

const entry = (position: number, name: string, field: unknown): [string, string] => [
  `${DESCRIBED_OBJECTS[position]}.${name}`,
  textAt(field, 'type') ?? '',
];

/** The paths to ask this org for. */
export const fieldsFor = <Field extends string>(
  { fields, optional }: Selection<Field>,
  schema: OrgSchema,
): readonly Field[] =>
  fields.filter((field) => {
    const needed = optional[field];
    return needed === undefined || schema.has(needed);
  });
