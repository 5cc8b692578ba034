import { lineId, type Shortage } from '@tandem/domain';
import { answered, claimsOf, present, same, sameIn } from './claim.js';
import { refused, releasedStanding, plainStanding, unitsOf } from './change-scene.js';
import type { OmsWorld } from './oms-world.js';
import { heldOf, lineOf, placed, richTerms } from './scene.js';

/** Units that are missing where they were to be sent from, and reroutes by that means (§4.3, §4.4). */
const { claims, claim } = claimsOf('short', 'shorts');
export const shorting = claims;

const [one, two] = [lineId('1'), lineId('2')];

/** A reason of the tenant's by what the OMS then does. */
async function reasonThat(world: OmsWorld, then: 'gives-up' | 'looks-elsewhere'): Promise<string> {
  const reasons = await world.ports().reasons.reasons(world.site, 'short');
  return present(
    `reason that ${then}`,
    reasons.find(({ reallocates }) => reallocates === (then === 'looks-elsewhere')),
  ).id;
}

const short = async (world: OmsWorld, shortage: Shortage) =>
  answered(await world.ports().changes.short(world.site, shortage), 'changed').order;

claim(
  'given-up',
  '§4.3',
  'Missing units that are given up are cancelled, and the rest stays released',
  async (world) => {
    const { number } = await releasedStanding(world, 3);
    const order = await short(world, {
      number,
      version: 2,
      line: one,
      quantity: 2,
      reason: await reasonThat(world, 'gives-up'),
    });
    same('our side', unitsOf(order, '1'), [{ stage: 'released', quantity: 1 }]);
    const after = await heldOf(world, number);
    sameIn('the line', lineOf(after, '1'), { quantity: 1, shorts: 1, units: [{ status: 3000, quantity: 1 }] });
    same('the version', after.version, 2);
  },
);
claim(
  'looked-for',
  '§4.3',
  'Missing units that are looked for elsewhere are taken out of their release',
  async (world) => {
    const { number } = await releasedStanding(world, 2);
    await short(world, { number, version: 2, line: one, reason: await reasonThat(world, 'looks-elsewhere') });
    const after = await heldOf(world, number);
    same(
      'the release',
      after.releases[0]?.lines.map(({ cancelled }) => cancelled),
      [2],
    );
    sameIn('the line', lineOf(after, '1'), { quantity: 2, shorts: 1, cancels: [] });
  },
);
claim('repeat', '§2.6', 'A short that is reported twice with one version happens once', async (world) => {
  const { number } = await releasedStanding(world, 3);
  const shortage = { number, version: 2, line: one, quantity: 1, reason: await reasonThat(world, 'gives-up') };
  const first = await short(world, shortage);
  const after = await heldOf(world, number);
  same('the answer', await short(world, shortage), first);
  same('the order', await heldOf(world, number), after);
});
claim('too-many', '§4.3', 'No more can be missing than is released and not yet sent', async (world) => {
  const standing = await releasedStanding(world, 3);
  const parcel = { package: 'P1', tracking: `TR-${standing.number}`, carrier: 'UPS' };
  await world.warehouse.ship(standing.number, one, 2, parcel);
  const reason = await reasonThat(world, 'gives-up');
  const before = await heldOf(world, standing.number);
  await refused(world, { ...standing, before }, (changes) =>
    changes.short(world.site, { number: standing.number, version: 2, line: one, quantity: 2, reason }),
  );
});
claim('unknown-reason', '§4.3', 'A reason that the tenant does not have is refused', async (world) => {
  const standing = await releasedStanding(world, 1);
  await refused(world, standing, (changes) =>
    changes.short(world.site, { number: standing.number, version: 2, line: one, reason: 'NO-SUCH-REASON' }),
  );
});
claim(
  'reroute-line',
  '§4.4',
  'Rerouted by a short, a line leaves its release alone and ships from where it is wanted',
  async (world) => {
    const { number } = await releasedStanding(world, 2, 1);
    const { store } = world.locations;
    const choices = { releasedReroute: { shortFor: await reasonThat(world, 'looks-elsewhere') } };
    const wanted = { number, version: 2, lines: [one], shipFrom: store };
    answered(await world.ports(choices).changes.reroute(world.site, wanted), 'changed');
    await world.eventually('line 1 has left its release', async () => {
      const { units, shipFromWanted } = lineOf(await heldOf(world, number), '1');
      return units.every(({ status }) => status < 3000) && shipFromWanted === store ? true : undefined;
    });
    same('line 2', lineOf(await heldOf(world, number), '2').units, [{ status: 3000, quantity: 1 }]);
  },
  'stock',
);
claim(
  'reroute-pick-up',
  '§4.4',
  'Rerouted by a short, a pick-up leaves its store, which no pull-back can do',
  async (world) => {
    const { number } = await placed(world, richTerms(world.newNumber()));
    await world.warehouse.allocate(number);
    await world.warehouse.release(number);
    const choices = { releasedReroute: { shortFor: await reasonThat(world, 'looks-elsewhere') } };
    const wanted = { number, version: 2, lines: [two], shipFrom: world.locations.center };
    answered(await world.ports(choices).changes.reroute(world.site, wanted), 'changed');
    sameIn('line 2', lineOf(await heldOf(world, number), '2'), { shorts: 1, shipFromWanted: world.locations.center });
  },
  'stock',
);
claim(
  'reroute-given-back',
  '§4.4',
  'An allocated order without a wish is given back and allocated anew, where the tenant wants it so',
  async (world) => {
    const { number } = await plainStanding(world, 2);
    await world.warehouse.allocate(number);
    const choices = { allocatedReroute: 'deallocate' as const };
    const answer = await world.ports(choices).changes.reroute(world.site, { number, version: 2, lines: [one] });
    same('it is not refused', answer.kind === 'refused', false);
    await world.eventually('it is allocated again', async () => {
      const { units } = lineOf(await heldOf(world, number), '1');
      return units.every(({ status }) => status === 2000) ? true : undefined;
    });
  },
);
