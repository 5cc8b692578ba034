import type { CrmOrderId, RecordChange, SyncFault, WriteOutcome } from '@tandem/domain';
import { holds, present, same } from '../checks.js';
import { crmClaimsOf } from './claim.js';
import type { CrmMisbehaviour, CrmWorld, RecordRefusal } from './crm-world.js';
import { entered, readOf, written } from './scene.js';

/** What becomes of a record, a write or a reading that the CRM refuses. */
const { claims, claim } = crmClaimsOf('refusing');
export const refusing = claims;

type Reaction = SyncFault['kind'];
const WORDS: Readonly<Record<Reaction, string>> = {
  transient: 'comes again later',
  conflict: 'is done again from what the CRM now holds',
  suspending: 'stops the work with the org until a person acts',
  permanent: 'waits for a person',
  defect: 'is our own mistake',
};

/** More often than anybody tries again at once. */
const ALWAYS = 10;

const step = (world: CrmWorld, order: CrmOrderId): RecordChange => ({
  address: { kind: 'history', key: world.newKey(), order },
  isNew: true,
  fields: { track: 'status', to: 'allocated', omsTime: '2026-03-01T10:00:00.000Z' },
});

/** Of one record, as the table of §2.11 has it. */
const RECORDS: readonly (readonly [RecordRefusal, string, Reaction])[] = [
  ['row-locked', 'A record that somebody else has locked', 'transient'],
  ['in-approval', 'A record that waits for an approval', 'transient'],
  ['parent-unknown', 'A record whose parent is not there yet', 'transient'],
  ['locked-in-automation', 'A record that an automation of the org could not lock', 'transient'],
  ['duplicate', 'A value that another record has already, also at a second look,', 'permanent'],
  ['several-of-this-key', 'A key that several records have', 'permanent'],
  ['required-field', 'A record without a field that the org asks for', 'permanent'],
  ['too-long', 'A text that is longer than its field', 'permanent'],
  ['not-in-picklist', 'A value that is not on the list', 'permanent'],
  ['rule', 'A record that breaks a rule of the org', 'permanent'],
  ['duplicate-rule', 'A record that the org takes for a duplicate', 'permanent'],
  ['deleted', 'A record that was deleted', 'permanent'],
  ['automation-failed', 'A record that an automation of the org refuses', 'permanent'],
  ['code-of-tomorrow', 'A refusal by a code that nobody knows', 'permanent'],
  ['field-unknown', 'A field that the org does not have', 'suspending'],
  ['field-read-only', 'A field that we may not write', 'suspending'],
  ['no-right', 'A record that we have no right to', 'suspending'],
  ['storage-full', 'A record for which the org has no room', 'suspending'],
];

for (const [refusal, what, reaction] of RECORDS) {
  claim(`record-${refusal}`, '§2.11', `${what} ${WORDS[reaction]}; its neighbour is written`, async (world) => {
    const { refs } = await entered(world);
    for (let turn = 0; turn < ALWAYS; turn += 1) world.wire.refuse(refusal, 0);
    const [first, second] = [step(world, refs.order), step(world, refs.order)];
    const [refused, neighbour] = await written(world, first, second);
    const fault = present('the fault', faultIn(refused));
    same('the reaction', fault.kind, reaction);
    same('the neighbour', neighbour?.kind, 'written');
    same('the neighbour as shown', (await world.shown(second.address))?.fields['to'], 'allocated');
    // What an administrator wrote into a rule is passed on, masked.
    const personal = refusal === 'rule' ? /@/ : /Mira|@/;
    holds('no personal value is told', !personal.test(JSON.stringify([fault.message, fault.context])));
  });
}

const faultIn = (outcome: WriteOutcome | undefined): SyncFault | undefined =>
  outcome?.kind === 'failed' ? outcome.fault : undefined;

/** Of a call as a whole. */
const CALLS: readonly (readonly [CrmMisbehaviour, string, Reaction, string])[] = [
  ['concurrent-limit', 'too many long calls at once', 'transient', '§2.11'],
  ['daily-limit', 'no call left for today', 'suspending', '§2.11'],
  ['no-right', 'a missing right', 'suspending', '§2.11'],
  ['unavailable-html', 'a page that says it is not available', 'transient', '§2.1'],
  ['bad-gateway-html', 'a page of a gateway', 'transient', '§2.1'],
  ['no-route', 'no route to the org', 'transient', '§2.1'],
  ['slow-down', 'a wish that we slow down', 'transient', '§2.1'],
  ['server-error', 'an error of its own', 'transient', '§2.11'],
  ['maintenance', 'its maintenance', 'transient', '§2.11'],
  ['query-timeout', 'a question that took too long', 'transient', '§2.11'],
  ['not-json', 'half an answer', 'transient', '§2.4'],
  ['empty-answer', 'nothing in its answer', 'transient', '§2.4'],
  ['connection-cut', 'a connection that is cut', 'transient', '§2.11'],
];

for (const [misbehaviour, what, reaction, section] of CALLS) {
  claim(`read-${misbehaviour}`, section, `A reading that meets ${what} ${WORDS[reaction]}`, async (world) => {
    const { refs } = await entered(world);
    world.wire.misbehave(misbehaviour, 'read', ALWAYS);
    const seen = await reactionOf(() => readOf(world, refs));
    same('the reaction', seen, reaction);
  });
  claim(`write-${misbehaviour}`, section, `A write that meets ${what} ${WORDS[reaction]}`, async (world) => {
    const { refs } = await entered(world);
    const change = step(world, refs.order);
    await written(world, step(world, refs.order));
    world.wire.misbehave(misbehaviour, 'write', ALWAYS);
    same('the reaction', await reactionOf(() => written(world, change)), reaction);
    same('what is shown', await world.shown(change.address), undefined);
  });
}

/** Whether the call failed as a whole or each of its records did. */
async function reactionOf(call: () => Promise<unknown>): Promise<string> {
  try {
    const answer = await call();
    const outcomes = Array.isArray(answer) ? (answer as readonly WriteOutcome[]) : [];
    return faultIn(outcomes[0])?.kind ?? 'none';
  } catch (thrown) {
    return typeof thrown === 'object' && thrown !== null && 'kind' in thrown ? String(thrown.kind) : String(thrown);
  }
}

claim('silence', '§2.12', 'A call that is not answered is given up in time and comes again', async (world) => {
  const { refs } = await entered(world);
  world.wire.misbehave('silence', 'read', ALWAYS);
  same('the reaction', await reactionOf(() => readOf(world, refs, { timeoutMs: 300 })), 'transient');
});
claim('answer-lost', '§2.2', 'A write whose answer is lost is made again without a second effect', async (world) => {
  const { refs } = await entered(world);
  const change = step(world, refs.order);
  world.wire.misbehave('answer-lost', 'write');
  same('the first outcome', await reactionOf(() => written(world, change)), 'transient');
  same('the second outcome', (await written(world, change))[0]?.kind, 'written');
  same('what it shows', (await world.shown(change.address))?.fields['to'], 'allocated');
});
