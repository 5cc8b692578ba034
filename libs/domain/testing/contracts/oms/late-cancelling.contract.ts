import { lineId, type CancelRequest, type OrderNumber } from '@tandem/domain';
import { claimsOf, holds, present, same, sameIn } from './claim.js';
import { faultFrom, refusedCancel, releasedStanding } from './change-scene.js';
import type { OmsWorld, TenantSettings } from './oms-world.js';
import { heldOf, lineOf } from './scene.js';

/** Cancellation after release: a request first, an outcome later (§3.6). */
const { claims, claim } = claimsOf('late-cancel', 'tenant-settings');
export const lateCancelling = claims;

const [one, two] = [lineId('1'), lineId('2')];
const WHY = { reason: '1000.000', comment: 'Changed my mind' };
const BY_LINE = { lateCancels: 'line-by-line' } as const;
const HOUR = 3_600_000;

type Outcome = NonNullable<TenantSettings['lateCancelOutcome']>;

/** Released lines of 3 and 1, and the first asked to be cancelled; a quick yes may be the answer already. */
async function requested(world: OmsWorld, outcome: Outcome): Promise<OrderNumber> {
  await world.tenant({ lateCancels: 'on', lateCancelOutcome: outcome });
  const { number } = await releasedStanding(world, 3, 1);
  const wanted = { number, version: 2, ...WHY, lines: [{ id: one }] };
  const { kind } = await world.ports(BY_LINE).changes.cancel(world.site, wanted);
  holds(`it is asked for, not ${kind}`, kind === 'requested' || (outcome === 'cancelled' && kind === 'changed'));
  return number;
}

/** How line 1 stands on our side, once it stands so. */
const becomes = (world: OmsWorld, number: OrderNumber, state: CancelRequest) =>
  world.eventually(`the request is ${state}`, async () => {
    const order = await world.ports().book.read(world.site, number);
    return order?.lines.find(({ id, cancelRequest }) => id === one && cancelRequest === state) && order;
  });
const tracked = async (world: OmsWorld, number: OrderNumber) =>
  (await world.ports().changes.lateCancels(world.site, number)).map(({ line, state }) => ({ line, state }));

/** When the tracker says that its one request came to stand so, in milliseconds. */
const decidedAt = async (world: OmsWorld, number: OrderNumber) =>
  Date.parse(present('request', (await world.ports().changes.lateCancels(world.site, number))[0]).at);

claim(
  'requested',
  '§3.6',
  'A released line is asked to be cancelled and stays until that is decided',
  async (world) => {
    const number = await requested(world, 'undecided');
    await becomes(world, number, 'requested');
    const after = await heldOf(world, number);
    sameIn('the line', lineOf(after, '1'), {
      lateCancel: 'Requested',
      cancelled: false,
      quantity: 3,
      units: [{ status: 3000, quantity: 3 }],
      cancels: [],
    });
    same('the other line', lineOf(after, '2').lateCancel, undefined);
    same('the tracker', await tracked(world, number), [{ line: one, state: 'requested' }]);
  },
);
claim('success', '§3.6', 'Agreed to, the line is cancelled with its release line', async (world) => {
  const number = await requested(world, 'cancelled');
  const order = await becomes(world, number, 'cancelled');
  const after = await heldOf(world, number);
  sameIn('the line', lineOf(after, '1'), {
    lateCancel: 'Success',
    cancelled: true,
    quantity: 0,
    subTotal: 0,
    cancelReason: WHY.reason,
    cancels: [{ quantity: 3, reason: WHY.reason }],
  });
  same(
    'the release',
    after.releases[0]?.lines.map((line) => line.cancelled),
    [3, 0],
  );
  same('the order', [after.cancelled, after.totals.total], [false, 10]);
  same('our side', [order.cancelled, order.lines.map((line) => line.cancelled)], [false, [true, false]]);
  same('the tracker', await tracked(world, number), [{ line: one, state: 'cancelled' }]);
});
claim('partly', '§3.6', 'Agreed to in part, the rest of the line goes on', async (world) => {
  const number = await requested(world, 'partly');
  const order = await becomes(world, number, 'partly-cancelled');
  sameIn('the line', lineOf(await heldOf(world, number), '1'), {
    lateCancel: 'Partial Cancellation',
    cancelled: false,
    quantity: 1,
    units: [{ status: 3000, quantity: 1 }],
    cancels: [{ quantity: 2, reason: WHY.reason }],
  });
  const line = present('line 1', order.lines[0]);
  same(
    'our side',
    line.units.filter(({ stage }) => stage !== 'cancelled'),
    [{ stage: 'released', quantity: 1 }],
  );
  same('the tracker', await tracked(world, number), [{ line: one, state: 'partly-cancelled' }]);
});
claim('failed', '§3.6', 'Refused by the warehouse, the line goes on as if nobody had asked', async (world) => {
  const number = await requested(world, 'failed');
  const order = await becomes(world, number, 'failed');
  sameIn('the line', lineOf(await heldOf(world, number), '1'), {
    lateCancel: 'Failure',
    cancelled: false,
    quantity: 3,
    cancels: [],
  });
  same('our side', order.lines[0]?.cancelled, false);
  same('the tracker', await tracked(world, number), [{ line: one, state: 'failed' }]);
});
claim(
  'pending',
  '§3.6',
  'Undecided for a day, it is pending all the time and fails then',
  async (world) => {
    const number = await requested(world, 'undecided');
    const asked = await decidedAt(world, number);
    await world.advanceClock(23 * HOUR);
    await becomes(world, number, 'requested');
    same('the tracker after 23 hours', await tracked(world, number), [{ line: one, state: 'requested' }]);
    await world.advanceClock(2 * HOUR);
    await becomes(world, number, 'failed');
    same('the tracker after 25 hours', await tracked(world, number), [{ line: one, state: 'failed' }]);
    holds('it says when it failed', (await decidedAt(world, number)) - asked > 23 * HOUR);
  },
  'virtual-clock',
);
claim(
  'whole-order',
  '§3.6',
  'A whole order is asked for line by line, and cancelled with its last line',
  async (world) => {
    await world.tenant({ lateCancels: 'on', lateCancelOutcome: 'cancelled' });
    const { number } = await releasedStanding(world, 3, 1);
    const { kind } = await world.ports(BY_LINE).changes.cancel(world.site, { number, version: 2, ...WHY });
    holds(`it is asked for, not ${kind}`, kind !== 'refused');
    await world.eventually('the order is cancelled', async () => (await heldOf(world, number)).cancelled || undefined);
    const states = await tracked(world, number);
    same('the tracker', states.map(({ line, state }) => `${line} ${state}`).sort(), [
      `${one} cancelled`,
      `${two} cancelled`,
    ]);
    sameIn('the order', await heldOf(world, number), { cancelledTotal: 40 });
  },
);
claim('tracker-lags', '§3.6', 'What the tracker does not show yet is told by the order', async (world) => {
  const number = await requested(world, 'undecided');
  world.wire.misbehave('nothing-found', 'tracker');
  same('the requests', await tracked(world, number), [{ line: one, state: 'requested' }]);
});
claim('units', '§3.6', 'Units of a released line cannot be asked for', async (world) => {
  await world.tenant({ lateCancels: 'on' });
  const standing = await releasedStanding(world, 3);
  await refusedCancel(world, standing, { version: 2, ...WHY, lines: [{ id: one, quantity: 1 }] }, BY_LINE);
  same('the tracker', await tracked(world, standing.number), []);
});
claim('packed', '§3.6', 'A packed line can no longer be asked for', async (world) => {
  await world.tenant({ lateCancels: 'on' });
  const { number, ...standing } = await releasedStanding(world, 1);
  await world.warehouse.move(number, 'packed');
  const before = await heldOf(world, number);
  await refusedCancel(world, { ...standing, number, before }, { version: 2, ...WHY, lines: [{ id: one }] }, BY_LINE);
});
claim('off', '§12', 'Where the tenant has not switched it on, a released line is not cancelled', async (world) => {
  const standing = await releasedStanding(world, 1);
  await refusedCancel(world, standing, { version: 2, ...WHY, lines: [{ id: one }] }, BY_LINE);
});
claim('repeat', '§2.6', 'Asking twice with one version is asking once', async (world) => {
  const number = await requested(world, 'undecided');
  const wanted = { number, version: 2, ...WHY, lines: [{ id: one }] };
  same('the answer', (await world.ports(BY_LINE).changes.cancel(world.site, wanted)).kind, 'requested');
  same('the tracker', await tracked(world, number), [{ line: one, state: 'requested' }]);
});
claim('none', '§3.1', 'The tracker of an order without such requests is empty', async (world) => {
  const { number } = await releasedStanding(world, 1);
  same('the tracker', await tracked(world, number), []);
});
claim('stale', '§2.6', 'A stale request asks for nothing', async (world) => {
  await world.tenant({ lateCancels: 'on', lateCancelOutcome: 'undecided' });
  const { number } = await releasedStanding(world, 1);
  await world.otherHost.claimVersion(number, 9);
  const wanted = { number, version: 8, ...WHY, lines: [{ id: one }] };
  const fault = await faultFrom('a stale request', world.ports(BY_LINE).changes.cancel(world.site, wanted));
  same('the kind', fault.kind, 'conflict');
  same('the line', lineOf(await heldOf(world, number), '1').lateCancel, undefined);
});
