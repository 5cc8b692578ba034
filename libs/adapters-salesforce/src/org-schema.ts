import { composite } from './composite.js';
import { listAt, textAt, valueAt } from './json.js';
import { DESCRIBED_OBJECTS, type Selection } from './mapping/order-fields.js';
import type { SalesforceConnection } from './salesforce-connection.js';
import { errorsIn, faultOfErrors } from './salesforce-faults.js';

/** An object, a field or a relationship, as the org describes it to the user that we work as: what is hidden from it is not there. */
export interface Described {
  /** `object`, or the type of the field. */
  readonly type: string;
  /** Most characters of a text; 0 where it is none. */
  readonly length: number;
  readonly createable: boolean;
  readonly updateable: boolean;
}

/** What an org has: by `Object`, and by `Object.Name` of a field or relationship. */
export type OrgSchema = ReadonlyMap<string, Described>;

/** An administrator may add a field or give a right at any hour. Milliseconds. */
const BELIEVED_FOR_MS = 3_600_000;

interface Asked {
  readonly at: number;
  readonly schema: Promise<OrgSchema>;
}

/** Asks each org what it has, at first use and every hour: features add fields, and asking for a missing one fails (§4.6). */
export class OrgSchemas {
  private readonly asked = new Map<SalesforceConnection, Asked>();

  /** Throws a SyncFault; the next caller then asks anew. */
  of(connection: SalesforceConnection): Promise<OrgSchema> {
    const known = this.asked.get(connection);
    if (known && performance.now() - known.at < BELIEVED_FOR_MS) return known.schema;
    return this.anew(connection);
  }

  /** For when the org refuses what it described: a right was withdrawn, a field went. */
  forget(connection: SalesforceConnection): void {
    this.asked.delete(connection);
  }

  anew(connection: SalesforceConnection): Promise<OrgSchema> {
    const schema = described(connection).catch((fault: unknown) => {
      this.asked.delete(connection);
      throw fault;
    });
    this.asked.set(connection, { at: performance.now(), schema });
    return schema;
  }
}

/** One call: descriptions do not count among the five queries of a composite (§2.4). */
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
      const object = DESCRIBED_OBJECTS[position] ?? '';
      const fields = listAt(body, 'fields').flatMap((field) =>
        namesOf(field).map((name): [string, Described] => [`${object}.${name}`, descriptionOf(field)]),
      );
      return [[object, { ...descriptionOf(body), type: 'object' }] as [string, Described], ...fields];
    }),
  );
}

const namesOf = (field: unknown) => [textAt(field, 'name') ?? [], textAt(field, 'relationshipName') ?? []].flat();

function descriptionOf(described: unknown): Described {
  const length = valueAt(described, 'length');
  return {
    type: textAt(described, 'type') ?? '',
    length: typeof length === 'number' ? length : 0,
    createable: valueAt(described, 'createable') === true,
    updateable: valueAt(described, 'updateable') === true,
  };
}

/** The paths to ask this org for. */
export const fieldsFor = <Field extends string>(
  { fields, optional }: Selection<Field>,
  schema: OrgSchema,
): readonly Field[] =>
  fields.filter((field) => {
    const needed = optional[field];
    return needed === undefined || schema.has(needed);
  });
