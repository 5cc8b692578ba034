import { instantOf, type SyncFault } from '@tandem/domain';
import { answered, claimsOf, holds, present, same, sameIn } from './claim.js';
import { faultFrom } from '../fault-scene.js';
import type { Misbehaviour, OmsWorld } from './oms-world.js';
import { heldOf, placedOf, plainTerms } from './scene.js';

/** What the OMS does wrong, and what is to happen next. */
const { claims, claim } = claimsOf('fail');
export const failing = claims;

const place = (world: OmsWorld) => world.ports().orders.place(world.site, plainTerms(world.newNumber(), 1));
const placing = (world: OmsWorld) => faultFrom(() => place(world));

/** A failure of one save, the fault that it is, and how often the save was sent. */
const FAULTS: readonly [Misbehaviour, section: string, title: string, kind: SyncFault['kind'], code: string][] = [
  ['server-error', '§2.3', 'A failure of the OMS itself may pass', 'transient', 'oms.unavailable'],
  ['unavailable-html', '§2.3', 'A page of the gateway instead of an answer may pass', 'transient', 'oms.unavailable'],
  ['bad-request-html', '§2.3', 'A bad gateway may pass', 'transient', 'oms.unavailable'],
  ['lock-wait', '§10.32', 'A lock that was waited for too long may pass', 'transient', 'oms.lock_wait'],
  ['connection-cut', '§2.3', 'A connection that is cut may come back', 'transient', 'oms.unreachable'],
  ['forbidden', '§1', 'A missing grant suspends the connection', 'suspending', 'oms.forbidden'],
];
for (const [kind, section, title, fault, code] of FAULTS) {
  claim(kind, section, title, async (world) => {
    world.wire.misbehave(kind, 'save');
    const found = await placing(world);
    same('the fault', [found.kind, found.code], [fault, code]);
    holds('nothing of the page is repeated', !found.message.includes('<'));
    answered(await place(world), 'placed');
  });
}
for (const kind of ['not-json', 'empty-answer'] as const) {
  claim(kind, '§2.3', `An answer that is no answer (${kind}) is not taken for a success`, async (world) => {
    world.wire.misbehave(kind, 'save');
    sameIn('the fault', await placing(world), { kind: 'transient', code: 'oms.unreadable_answer' });
  });
}
for (const [kind, where] of [
  ['success-with-failure', 'beside the record'],
  ['success-with-failure-in-record', 'in the record'],
] as const) {
  claim(kind, '§10.2', `A success with an error ${where} is no success`, async (world) => {
    world.wire.misbehave(kind, 'save');
    const fault = await placing(world);
    same('the fault', [fault.kind, fault.code], ['transient', 'oms.failed']);
  });
}
claim('validation', '§2.3', 'A validation is a refusal in the words of the OMS, sent once', async (world) => {
  world.wire.misbehave('hard-restriction', 'save');
  const { violations } = answered(await place(world), 'refused');
  const words = 'Item LAMP-01 has a shipping restriction for this address';
  same(
    'the sentences',
    violations.map(({ sentence }) => sentence.includes(words)),
    [true],
  );
  same('saves', world.wire.calls('save'), 1);
});
claim('stale', '§2.6', '10208 about a version is a conflict', async (world) => {
  const { number } = await placedOf(world, 1);
  world.wire.misbehave('stale-version', 'save');
  const hold = { number, version: 2, type: 'FraudCheck' };
  const fault = await faultFrom(() => world.ports().changes.applyHold(world.site, hold));
  sameIn('the fault', fault, { kind: 'conflict', code: 'oms.stale_version' });
});
claim('restriction', '§2.3', '10208 about a shipping restriction is a refusal', async (world) => {
  const { number } = await placedOf(world, 1);
  world.wire.misbehave('hard-restriction', 'save');
  const hold = { number, version: 2, type: 'FraudCheck' };
  answered(await world.ports().changes.applyHold(world.site, hold), 'refused');
});
claim(
  'claimed-version',
  '§2.6',
  'A version below the one that another host has claimed is a conflict',
  async (world) => {
    const { number } = await placedOf(world, 1);
    await world.otherHost.claimVersion(number, 9);
    const hold = { number, version: 7, type: 'FraudCheck' };
    const fault = await faultFrom(() => world.ports().changes.applyHold(world.site, hold));
    sameIn('the fault', fault, { kind: 'conflict', code: 'oms.stale_version' });
    same('the holds', (await heldOf(world, number)).holds, []);
  },
);
claim(
  'warning',
  '§10.3',
  'A refusal status that carries a warning alone is read before it is judged',
  async (world) => {
    world.wire.misbehave('failure-with-warning-only', 'save');
    const terms = plainTerms(world.newNumber(), 1);
    const answer = answered(await world.ports().orders.place(world.site, terms), 'refused');
    const words = 'Shipping restriction applies to order line 1';
    same(
      'the sentences',
      answer.violations.map(({ sentence }) => sentence.includes(words)),
      [true],
    );
  },
);
claim('expired', '§1', 'A token that expires underway is renewed once, and the call goes on', async (world) => {
  await placedOf(world, 1);
  const before = [world.wire.calls('sign-in'), world.wire.calls('save')];
  world.wire.misbehave('expired-token', 'save');
  answered(await place(world), 'placed');
  const after = [world.wire.calls('sign-in'), world.wire.calls('save')];
  same(
    'sign-ins and saves',
    after.map((count, index) => count - (before[index] ?? 0)),
    [1, 2],
  );
});
claim('never-valid', '§1', 'Tokens that are never taken suspend the connection after one renewal', async (world) => {
  await placedOf(world, 1);
  const before = [world.wire.calls('sign-in'), world.wire.calls('save')];
  world.wire.misbehave('expired-token', 'save', 10);
  sameIn('the fault', await placing(world), { kind: 'suspending' });
  const after = [world.wire.calls('sign-in'), world.wire.calls('save')];
  same(
    'sign-ins and saves',
    after.map((count, index) => count - (before[index] ?? 0)),
    [1, 2],
  );
});
claim('credentials', '§1', 'Refused credentials suspend the connection and are not tried again', async (world) => {
  const { orders } = world.ports({ credentials: 'refused' });
  const fault = await faultFrom(() => orders.place(world.site, plainTerms(world.newNumber(), 1)));
  sameIn('the fault', fault, { kind: 'suspending', code: 'oms.credentials_refused' });
  same('sign-ins and saves', [world.wire.calls('sign-in'), world.wire.calls('save')], [1, 0]);
});
claim('organization', '§1', 'An organization that is not the user’s suspends the connection', async (world) => {
  const { orders } = world.ports({ organization: 'forbidden' });
  const fault = await faultFrom(() => orders.place(world.site, plainTerms(world.newNumber(), 1)));
  sameIn('the fault', fault, { kind: 'suspending', code: 'oms.forbidden' });
});
claim('lost-answer', '§2.5', 'An order whose answer was lost is placed by the repeat, once', async (world) => {
  const terms = plainTerms(world.newNumber(), 1);
  world.wire.misbehave('answer-lost', 'save');
  const fault = await faultFrom(() => world.ports().orders.place(world.site, terms));
  same('the fault', fault.kind, 'transient');
  const first = await heldOf(world, terms.number);
  answered(await world.ports().orders.place(world.site, terms), 'placed');
  same('the order', await heldOf(world, terms.number), first);
});
claim('rate', '§12', 'Over the rate the OMS is waited for as long as it says', async (world) => {
  world.wire.misbehave('over-budget', 'save');
  const fault = await placing(world);
  const waits = fault.kind === 'transient' ? fault.retryAfterMs : undefined;
  same('the fault', [fault.kind, fault.code, waits], ['transient', 'oms.rate_limited', 7000]);
});
claim(
  'entitlement',
  '§2.7',
  'A spent entitlement without a word about waiting may pass',
  async (world) => {
    await placedOf(world, 1);
    await world.tenant({ callsPerHour: 1, overBudget: 'without-wait' });
    const fault = await placing(world);
    const waits = fault.kind === 'transient' ? fault.retryAfterMs : undefined;
    same('the fault', [fault.kind, fault.code, waits], ['transient', 'oms.rate_limited', undefined]);
  },
  'tenant-settings',
);
claim('own-budget', '§10.14', 'Our own share of the calls is kept, before a call is sent', async (world) => {
  const { orders } = world.ports({ callsPerHour: 1 });
  const call = () => orders.place(world.site, plainTerms(world.newNumber(), 1));
  answered(await call(), 'placed');
  const sent = world.wire.calls('save');
  same('the fault', (await faultFrom(call)).code, 'oms.budget_spent');
  same('saves', world.wire.calls('save'), sent);
});
claim(
  'message',
  '§2.3',
  'A message that informs leaves a success a success',
  async (world) => {
    await world.tenant({ saveMessage: 'completed' });
    answered(await place(world), 'placed');
  },
  'tenant-settings',
);
claim(
  'slow-index',
  '§10.11',
  'What was written is read at once by its number, whatever the search knows',
  async (world) => {
    await world.tenant({ searchLagMs: 3_600_000 });
    const { number } = await placedOf(world, 1);
    const { book } = world.ports();
    const read = present('the order', await book.read(world.site, number));
    same('the order', read.orderNumber, number);
    const now = Date.parse(read.at);
    const found: string[] = [];
    const [from, to] = [instantOf(new Date(now - 60_000)), instantOf(new Date(now + 60_000))];
    for await (const holding of book.changedBetween(world.site, from, to)) found.push(holding.number);
    same('the search', found.includes(number), false);
  },
  'tenant-settings',
);
