import { lineId } from '@tandem/domain';
import { claimsOf, holds, same, sameIn } from './claim.js';
import {
  faultFrom,
  plainStanding,
  refusedRevision,
  releasedStanding,
  revised,
  sameBut,
  type Standing,
} from './change-scene.js';
import type { OmsWorld } from './oms-world.js';
import { heldOf, lineOf, plainTerms } from './scene.js';

/** What guards changes from coming twice or late (§2.6). */
const { claims, claim } = claimsOf('version');
export const versions = claims;

const one = lineId('1');
const quantity = (world: OmsWorld, { number }: Standing, version: number, units: number) =>
  world.ports().changes.revise(world.site, { number, version, lines: [{ id: one, quantity: units }] });

claim(
  'same-version',
  '§2.6',
  'The same revision with the same version has one effect and one answer',
  async (world) => {
    const standing = await plainStanding(world, 3);
    const wanted = { number: standing.number, version: 2, lines: [{ id: one, quantity: 1 }] };
    const first = await revised(world, wanted);
    const after = await heldOf(world, standing.number);
    same('the answer', await revised(world, wanted), first);
    same('the order', await heldOf(world, standing.number), after);
    same('the history', lineOf(after, '1').cancels, [{ quantity: 2, reason: undefined }]);
  },
);
claim('stale', '§2.6', 'A version lower than the order has is a conflict and changes nothing', async (world) => {
  const standing = await plainStanding(world, 3);
  await world.otherHost.claimVersion(standing.number, 7);
  const fault = await faultFrom('a stale save', quantity(world, standing, 6, 1));
  same('the kind', fault.kind, 'conflict');
  await sameBut(world, standing, { version: 7 });
});
claim('version-gap', '§2.6', 'A version far above the last is taken and kept', async (world) => {
  const standing = await plainStanding(world, 3);
  await quantity(world, standing, 40, 2);
  sameIn('the order', await heldOf(world, standing.number), { version: 40 });
  same('the kind', (await faultFrom('a stale save', quantity(world, standing, 39, 1))).kind, 'conflict');
});
claim('stale-answer', '§2.3', 'Code 10208 with a stale version is a conflict', async (world) => {
  const standing = await plainStanding(world, 3);
  world.wire.misbehave('stale-version', 'save');
  same('the kind', (await faultFrom('a stale save', quantity(world, standing, 2, 1))).kind, 'conflict');
  await sameBut(world, standing, {});
});
claim('restriction-answer', '§2.3', 'Code 10208 with a shipping restriction is no conflict', async (world) => {
  const standing = await plainStanding(world, 3);
  world.wire.misbehave('hard-restriction', 'save');
  const outcome = await quantity(world, standing, 2, 1).then(
    ({ kind }) => kind,
    (thrown: unknown) => (thrown as { kind?: string }).kind,
  );
  same('the outcome', outcome, 'refused');
  await sameBut(world, standing, {});
});
claim('answer-lost', '§2.6', 'A revision whose answer was lost is repeated with one effect', async (world) => {
  const standing = await plainStanding(world, 3);
  world.wire.misbehave('answer-lost', 'save');
  same('the kind', (await faultFrom('the lost answer', quantity(world, standing, 2, 1))).kind, 'transient');
  same('the repeat', (await quantity(world, standing, 2, 1)).kind, 'changed');
  const line = lineOf(await heldOf(world, standing.number), '1');
  same('the line', [line.quantity, line.cancels], [1, [{ quantity: 2, reason: undefined }]]);
});
claim('unknown-order', '§2.5', 'A revision of an order that the OMS lacks makes none', async (world) => {
  const number = world.newNumber();
  const call = world.ports().changes.revise(world.site, { number, version: 2, lines: [{ id: one, quantity: 1 }] });
  const outcome = await call.then(
    ({ kind }) => kind,
    () => 'fault',
  );
  holds('it ends well', outcome !== 'changed');
  same('the order', await world.held(number), undefined);
});
claim('refusal-keeps-version', '§2.6', 'A refused revision does not use its version up', async (world) => {
  const standing = await releasedStanding(world, 2);
  await refusedRevision(world, standing, { version: 2, lines: [{ id: one, quantity: 1 }] });
  await revised(world, {
    number: standing.number,
    version: 2,
    addedLines: plainTerms(world.newNumber(), 1, 1).lines.slice(1),
  });
  sameIn('the order', await heldOf(world, standing.number), { version: 2 });
});
