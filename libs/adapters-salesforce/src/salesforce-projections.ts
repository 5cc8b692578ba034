import {
  CrmProjections,
  faultOf,
  recordName,
  type CrmOrgName,
  type RecordChange,
  type SyncFault,
  type WriteOutcome,
} from '@tandem/domain';
import { composite, type Subanswer } from './composite.js';
import { listAt, valueAt } from './json.js';
import { collectionRecord, SHAPES } from './mapping/projected-fields.js';
import type { SalesforceConnection } from './salesforce-connection.js';
import { errorsIn, faultOfErrors, unreadableAnswer, type CrmError } from './salesforce-faults.js';
import type { SalesforceOrgs } from './salesforce-orgs.js';
import { merged, plannedCalls, type Collection } from './write-plan.js';

type Outcome = readonly [name: string, outcome: WriteOutcome];

export class SalesforceProjections extends CrmProjections {
  constructor(private readonly orgs: SalesforceOrgs) {
    super();
  }

  override async write(org: CrmOrgName, changes: readonly RecordChange[]): Promise<readonly WriteOutcome[]> {
    const connection = this.orgs.of(org);
    const wanted = merged(changes);
    const first = await outcomesOf(connection, wanted);
    const outcomes = new Map([...first, ...(await outcomesOfExisting(connection, wanted, first))]);
    return changes.map(({ address }) => outcomes.get(recordName(address)) ?? failed(unreadableAnswer('a write')));
  }
}

/** Throws where the first call failed as a whole. A later one that fails takes only its own records and those behind it along. */
async function outcomesOf(
  connection: SalesforceConnection,
  changes: readonly RecordChange[],
): Promise<ReadonlyMap<string, WriteOutcome>> {
  const outcomes: Outcome[] = [];
  for (const call of plannedCalls(changes)) {
    try {
      outcomes.push(...(await outcomesOfCall(connection, call)));
    } catch (thrown) {
      if (outcomes.length === 0) throw thrown;
      const unsent = failed(faultOf(thrown));
      return new Map([...changes.map(({ address }): Outcome => [recordName(address), unsent]), ...outcomes]);
    }
  }
  return new Map(outcomes);
}

/**
 * A new record whose acknowledgement was lost is there already, and then the org refuses to be told its parent again (§2.2).
 * Such records are written once more, without it.
 */
async function outcomesOfExisting(
  connection: SalesforceConnection,
  changes: readonly RecordChange[],
  first: ReadonlyMap<string, WriteOutcome>,
): Promise<readonly Outcome[]> {
  const there = changes.filter((change) => refusedForItsParent(change, first.get(recordName(change.address))));
  if (there.length === 0) return [];
  const again = await outcomesOf(
    connection,
    there.map((change) => ({ ...change, isNew: false })),
  ).catch(() => new Map<string, WriteOutcome>());
  // One that needs its parent after all was not there: then the first refusal is the true one, a missing right.
  return [...again].filter(([, outcome]) => outcome.kind === 'written' || outcome.fault.code !== 'crm.field_required');
}

function refusedForItsParent({ address, isNew }: RecordChange, outcome: WriteOutcome | undefined): boolean {
  if (!isNew || outcome?.kind !== 'failed' || outcome.fault.code !== 'crm.field_not_writable') return false;
  const { parentFields } = SHAPES[address.kind];
  const blamed = outcome.fault.context['fields'];
  return (
    parentFields.length > 0 &&
    (!Array.isArray(blamed) || blamed.length === 0 || parentFields.some((name) => blamed.includes(name)))
  );
}

async function outcomesOfCall(
  connection: SalesforceConnection,
  collections: readonly Collection[],
): Promise<readonly Outcome[]> {
  const parts = collections.map(({ resource, changes }) => ({
    method: 'PATCH' as const,
    url: connection.path(resource),
    body: { allOrNone: false, records: changes.map(collectionRecord) },
  }));
  const records = collections.reduce((total, { changes }) => total + changes.length, 0);
  const answers = await composite(connection, 'write-projections', parts, records);
  return collections.flatMap(({ changes }, position) => {
    const outcomes = outcomesIn(answers[position], changes.length);
    return changes.map(({ address }, index): Outcome => [
      recordName(address),
      outcomes[index] ?? failed(unreadableAnswer('a write')),
    ]);
  });
}

/** The outcome of each record of one collection, in their order (§2.3). */
export function outcomesIn(answer: Subanswer | undefined, count: number): readonly WriteOutcome[] {
  if (answer?.status !== 200 || !Array.isArray(answer.body)) {
    const whole = answer && answer.status >= 300;
    const fault = whole ? faultOfErrors(errorsIn(answer.body), answer.status) : unreadableAnswer('a write');
    return Array<WriteOutcome>(count).fill(failed(fault));
  }
  const results: readonly unknown[] = answer.body;
  const allErrors = results.flatMap((result) => errorsIn(listAt(result, 'errors')));
  return results.map((result) => {
    // Never by the id: a record that was rolled back may still carry one (§2.3).
    if (valueAt(result, 'success') === true) return { kind: 'written' };
    const own: readonly CrmError[] = errorsIn(listAt(result, 'errors'));
    // A record that fell with another one follows the other's error.
    return failed(faultOfErrors(own.length > 0 ? [...own, ...allErrors] : own));
  });
}

const failed = (fault: SyncFault): WriteOutcome => ({ kind: 'failed', fault });
