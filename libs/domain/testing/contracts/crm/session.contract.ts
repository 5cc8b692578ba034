import { holds, same } from '../checks.js';
import { faultFrom } from '../fault-scene.js';
import { crmClaimsOf } from './claim.js';
import type { CrmWorld } from './crm-world.js';
import { entered, readOf, wordOf, written } from './scene.js';

/** How we come in, and stay in. */
const { claims, claim } = crmClaimsOf('session');
export const session = claims;

/** Calls that the sessions cost, where every other count of a claim is taken from. */
const signIns = (world: CrmWorld) => world.wire.heard('sign-in').length;

claim('by-secret', '§1.3', 'A client id and its secret open a session that reads and writes', async (world) => {
  const { draft, read } = await entered(world, {}, { choices: { client: 'by-secret' } });
  same('the number', read.number, draft.number);
  same('log-ins', signIns(world), 1);
});
claim(
  'by-assertion',
  '§1.2',
  'An assertion that we sign opens a session that reads and writes',
  async (world) => {
    const { draft, read } = await entered(world, {}, { choices: { signsIn: 'by-assertion' } });
    same('the number', read.number, draft.number);
  },
  'assertion',
);
claim('refused', '§1.5', 'A secret that the org does not accept stops all work until a person acts', async (world) => {
  const { refs } = await entered(world);
  const fault = await faultFrom(() => readOf(world, refs, { credentials: 'refused' }));
  same('the reaction', fault.kind, 'suspending');
  same('the code', fault.code, 'crm.login_refused');
  holds('the secret is not told', !JSON.stringify([fault.message, fault.context]).includes('wrong'));
});
claim(
  'instance',
  '§1.4',
  'All calls go to the address that the log-in names, none to the log-in itself',
  async (world) => {
    await entered(world, {}, { choices: { client: 'instance' } });
    const calls = world.wire.heard('any').filter(({ kind }) => kind !== 'sign-in');
    holds('there are calls', calls.length > 0);
    same('hosts', [...new Set(calls.map(({ host }) => host))], ['instance']);
  },
);
claim('kept', '§1.4', 'A session serves one call after the other', async (world) => {
  const { refs } = await entered(world, {}, { choices: { client: 'kept' } });
  for (let turn = 0; turn < 3; turn += 1) await readOf(world, refs, { client: 'kept' });
  same('log-ins', signIns(world), 1);
});
claim('single-flight', '§1.4', 'Many first calls at once cost one log-in', async (world) => {
  const { refs } = await entered(world);
  const before = signIns(world);
  await Promise.all(Array.from({ length: 8 }, () => readOf(world, refs, { client: 'single-flight' })));
  same('log-ins', signIns(world) - before, 1);
});
claim('renewed', '§1.6', 'A session that ended is renewed once and the call is made again', async (world) => {
  const { refs } = await entered(world);
  const before = signIns(world);
  await world.desk.endSessions();
  await readOf(world, refs);
  same('log-ins', signIns(world) - before, 1);
});
claim('renewed-once-for-all', '§1.6', 'Many calls that meet an ended session cost one log-in', async (world) => {
  const { refs } = await entered(world);
  const before = signIns(world);
  await world.desk.endSessions();
  await Promise.all(Array.from({ length: 6 }, () => readOf(world, refs)));
  same('log-ins', signIns(world) - before, 1);
});
claim('no-loop', '§3.5', 'A session that is refused again and again is not renewed again and again', async (world) => {
  const { refs } = await entered(world);
  const [before, calls] = [signIns(world), world.wire.heard('read').length];
  world.wire.misbehave('session-ended', 'read', 1_000);
  const fault = await faultFrom(() => readOf(world, refs));
  same('the reaction', fault.kind, 'suspending');
  same('log-ins', signIns(world) - before, 1);
  same('calls', world.wire.heard('read').length - calls, 2);
});
claim(
  'wrong-kind',
  '§1.6',
  'A session of the wrong kind is not renewed: another would be of the same',
  async (world) => {
    const { refs } = await entered(world);
    const before = signIns(world);
    world.wire.misbehave('session-of-wrong-kind', 'read');
    const fault = await faultFrom(() => readOf(world, refs));
    same('the reaction', fault.kind, 'suspending');
    same('log-ins', signIns(world) - before, 0);
  },
);
claim('written-once', '§1.6', 'A write that meets an ended session is made once', async (world) => {
  const { refs } = await entered(world);
  const address = { kind: 'history', key: world.newKey(), order: refs.order } as const;
  await world.desk.endSessions();
  const write = {
    address,
    isNew: true,
    fields: { track: 'order', to: 'Allocated', omsTime: '2026-03-01T10:00:00.000Z' },
  };
  const [outcome] = await written(world, write);
  same('the outcome', wordOf(outcome), 'written');
  same('what it shows', (await world.shown(address))?.fields['to'], 'Allocated');
});
claim('client', '§2.8', 'Every call says who makes it, so that its changes can be known again', async (world) => {
  await entered(world, {}, { choices: { client: 'somebody' } });
  const calls = world.wire.heard('any').filter(({ kind }) => kind !== 'sign-in');
  same('callers', [...new Set(calls.map(({ client }) => client))], ['somebody']);
});
claim('version', '§2', 'Every call is made in the configured version of the API', async (world) => {
  await entered(world, {}, { choices: { apiVersion: '66.0' } });
  const calls = world.wire.heard('any').filter(({ kind }) => kind !== 'sign-in');
  same('versions', [...new Set(calls.map(({ apiVersion }) => apiVersion))], ['66.0']);
});
claim(
  'version-unknown',
  '§2.11',
  'An org that does not know the version stops all work until a person acts',
  async (world) => {
    const { refs } = await entered(world);
    world.wire.misbehave('unknown-version', 'read');
    same('the reaction', (await faultFrom(() => readOf(world, refs))).kind, 'suspending');
  },
);
claim('login-down', '§1.5', 'A log-in that does not answer now is tried again later', async (world) => {
  const { refs } = await entered(world);
  world.wire.misbehave('unavailable-html', 'sign-in');
  const fault = await faultFrom(() => readOf(world, refs, { client: 'login-down' }));
  same('the reaction', fault.kind, 'transient');
  same('the number', (await readOf(world, refs, { client: 'login-down' })).crmOrderId, refs.order);
});
