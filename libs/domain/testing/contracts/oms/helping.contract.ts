import { answered, claimsOf, present, same } from './claim.js';
import type { OmsWorld } from './oms-world.js';
import { announcedOne, FIRST, readBack, refundedReturn, stagesOf } from './return-scene.js';
import { heldOf } from './scene.js';

/** Returns that have stopped half-way, and are helped on. */
const { claims, claim } = claimsOf('help-return', 'manual-life');
export const helping = claims;

/** A return without goods that waits until a person approves it. */
async function waitingOne(world: OmsWorld) {
  await world.tenant({ returnApproval: 'manual' });
  const { request } = await announcedOne(world, { receiptExpected: false });
  await world.eventually('the return waits for approval', async () => {
    const units = stagesOf(await readBack(world, request.number)) ?? [];
    return units.some(({ stage }) => stage === 'pending-approval') || undefined;
  });
  return request;
}

claim(
  'approve',
  '§5.2',
  'A return that waits for approval goes on once it is approved, and is refunded once',
  async (world) => {
    const request = await waitingOne(world);
    const { returns } = world.ports();
    answered(await returns.approve(world.site, request.number), 'announced');
    const done = await refundedReturn(world, request);
    same('the return', stagesOf(done), [{ stage: 'returned', quantity: 1 }]);
    answered(await returns.approve(world.site, request.number), 'announced');
    same('a second time', await readBack(world, request.number), done);
  },
  'tenant-settings',
);
claim(
  'approve-line',
  '§5.2',
  'Only the lines that are named are approved',
  async (world) => {
    const { number } = await waitingOne(world);
    answered(await world.ports().returns.approve(world.site, number, []), 'announced');
    same('the return', stagesOf(await readBack(world, number)), [{ stage: 'pending-approval', quantity: 1 }]);
  },
  'tenant-settings',
);
claim(
  'refund',
  '§5.2',
  'Money that waits goes back when it is asked for, once however often that is',
  async (world) => {
    await world.tenant({ refunds: 'manual' });
    const { request } = await announcedOne(world);
    await world.warehouse.verify(request.number, FIRST, 1);
    const { returns } = world.ports();
    answered(await returns.refund(world.site, request.number), 'announced');
    await refundedReturn(world, request);
    answered(await returns.refund(world.site, request.number), 'announced');
    const { payments } = await heldOf(world, request.number);
    const refunds = payments.flatMap(({ transactions }) => transactions.map(({ processed }) => processed));
    same('the refunds', refunds, [10.07]);
  },
  'tenant-settings',
  'receipts',
);
for (const step of ['approve', 'process', 'refund'] as const)
  claim(`${step}-unknown`, '§5.2', `There is nothing to ${step} of a return that the OMS lacks`, async (world) => {
    const { violations } = answered(await world.ports().returns[step](world.site, world.newNumber()), 'refused');
    present('sentence', violations[0]?.sentence);
  });
