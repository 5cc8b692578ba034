import { faultOf, PermanentFault, type SyncFault, type WriteOutcome } from '@tandem/domain';
import { composite, type Subanswer } from '../composite.js';
import { listAt, valueAt } from '../json.js';
import type { SalesforceConnection } from '../salesforce-connection.js';
import { errorsIn, faultOfErrors, unreadableAnswer, type CrmError } from '../salesforce-faults.js';
import { ingest } from './bulk-ingest.js';
import { collectionRecord, isCreation, type Outcomes, type RecordWrite } from './record-write.js';
import { plannedSteps, type Collection } from './write-plan.js';

type Outcome = readonly [name: string, outcome: WriteOutcome];

/** Writes records in as few calls as they take. Rejects with a SyncFault only where no record was looked at. */
export async function sendWrites(connection: SalesforceConnection, writes: readonly RecordWrite[]): Promise<Outcomes> {
  const first = await outcomesOf(connection, writes);
  return new Map([...first, ...(await outcomesOfExisting(connection, writes, first))]);
}

/** Throws where the first call failed as a whole. A later one that fails takes only its own records and those behind it along. */
async function outcomesOf(connection: SalesforceConnection, writes: readonly RecordWrite[]): Promise<Outcomes> {
  const outcomes: Outcome[] = [];
  for (const step of plannedSteps(writes, connection.writing.bulkFrom)) {
    try {
      outcomes.push(
        ...(step.kind === 'job'
          ? await ingest(connection, step.writes)
          : await outcomesOfCall(connection, step.collections)),
      );
    } catch (thrown) {
      if (outcomes.length === 0) throw thrown;
      const unsent = failed(faultOf(thrown));
      return new Map([...writes.map(({ name }): Outcome => [name, unsent]), ...outcomes]);
    }
  }
  return new Map(outcomes);
}

/**
 * Records that turned out to be there are written once more, as changes. One whose acknowledgement was lost refuses to be told its
 * parent again (§2.2); one that was created at the same time refuses to be created twice (§2.11: an upsert reads again by itself).
 */
async function outcomesOfExisting(
  connection: SalesforceConnection,
  writes: readonly RecordWrite[],
  first: Outcomes,
): Promise<readonly Outcome[]> {
  const there = writes.filter((write) => isThere(write, first.get(write.name)));
  if (there.length === 0) return [];
  const again = await outcomesOf(
    connection,
    there.map((write) => ({ ...write, atCreation: {} })),
  ).catch(() => new Map<string, WriteOutcome>());
  return [...again].flatMap(([name, outcome]): Outcome[] => {
    if (outcome.kind === 'written') return [[name, outcome]];
    // One that needs its parent after all was not there: then the first refusal is the true one, a missing right.
    if (outcome.fault.code === 'crm.field_required') return [];
    return [[name, outcome.fault.code === 'crm.duplicate_value' ? failed(keyTaken(outcome.fault)) : outcome]];
  });
}

function isThere(write: RecordWrite, outcome: WriteOutcome | undefined): boolean {
  if (outcome?.kind !== 'failed') return false;
  const { code, context } = outcome.fault;
  if (code === 'crm.duplicate_value') return true;
  if (!isCreation(write) || code !== 'crm.field_not_writable') return false;
  const blamed = context['fields'];
  return !Array.isArray(blamed) || blamed.length === 0 || blamed.some((name) => isParent(write, String(name)));
}

/** The org may name the field, and we gave the relationship: `Shipment__r` is of `Shipment__c`, `Shipment` of `ShipmentId`. */
const isParent = ({ atCreation }: RecordWrite, blamed: string) =>
  Object.keys(atCreation).some((name) => [name, name.replace(/__r$/, '__c'), `${name}Id`].includes(blamed));

const keyTaken = ({ context }: SyncFault) =>
  new PermanentFault(
    'crm.key_taken',
    'Another record of the org has a value that must be unique: they must be repaired there.',
    { context },
  );

async function outcomesOfCall(
  connection: SalesforceConnection,
  collections: readonly Collection[],
): Promise<readonly Outcome[]> {
  const parts = collections.map(({ resource, writes }) => ({
    method: 'PATCH' as const,
    url: connection.path(resource),
    body: { allOrNone: false, records: writes.map(collectionRecord) },
  }));
  const records = collections.reduce((total, { writes }) => total + writes.length, 0);
  const answers = await composite(connection, 'write-records', parts, { records });
  return collections.flatMap(({ writes }, position) => {
    const outcomes = outcomesIn(answers[position], writes.length);
    return writes.map(({ name }, index): Outcome => [name, outcomes[index] ?? failed(unreadableAnswer('a write'))]);
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
