import { lineId, type OrderNumber } from '@tandem/domain';
import { claimsOf, holds, same, sameIn } from './claim.js';
import { plainStanding, refused, releasedStanding, rerouted, revised, unitsOf, type Standing } from './change-scene.js';
import type { AdapterChoices, OmsWorld } from './oms-world.js';
import { heldOf, lineOf, placed, richTerms } from './scene.js';

/** Units sent from elsewhere, by the means of their stage (§4.4). */
const { claims, claim } = claimsOf('reroute', 'stock');
export const rerouting = claims;

const [one, two] = [lineId('1'), lineId('2')];
/** Where a line is allocated, once it is there and nowhere else. */
const allocatedAt = (world: OmsWorld, number: OrderNumber, id: string, location: string) =>
  world.eventually(`line ${id} is allocated at ${location}`, async () => {
    const line = lineOf(await heldOf(world, number), id);
    const isThere = line.allocatedFrom.length > 0 && line.allocatedFrom.every((from) => from === location);
    return isThere && line.units.every(({ status }) => status === 2000) ? line : undefined;
  });
const refusedReroute = (world: OmsWorld, standing: Standing, choices?: AdapterChoices) =>
  refused(
    world,
    standing,
    (changes) =>
      changes.reroute(world.site, {
        number: standing.number,
        version: 2,
        lines: [one],
        shipFrom: world.locations.store,
      }),
    choices,
  );

claim('open', '§4.4', 'Lines that nobody allocated yet are forced to the location that is named', async (world) => {
  const { number } = await plainStanding(world, 2, 1);
  const { store } = world.locations;
  const order = await rerouted(world, { number, version: 2, lines: [one, two], shipFrom: store });
  for (const line of (await heldOf(world, number)).lines)
    sameIn('a line', line, {
      shipFromWanted: store,
      shipFromForced: true,
      units: [{ status: 1000, quantity: line.quantity ?? 0 }],
    });
  same('our side', unitsOf(order, '1'), [{ stage: 'open', quantity: 2 }]);
  await world.warehouse.allocate(number);
  for (const id of ['1', '2']) same('from', lineOf(await heldOf(world, number), id).allocatedFrom, [store]);
});
claim('open-anywhere', '§4.4', 'Without a location, lines that nobody allocated yet are allocated', async (world) => {
  const { number } = await plainStanding(world, 2);
  const answer = await world.ports().changes.reroute(world.site, { number, version: 2, lines: [one] });
  holds(`it is done or asked for, not ${answer.kind}`, answer.kind !== 'refused');
  await world.eventually('the line is allocated', async () => {
    const { units } = lineOf(await heldOf(world, number), '1');
    return units.every(({ status }) => status === 2000) || undefined;
  });
});
claim('allocated', '§4.4', 'An allocated line is allocated anew where it is wanted', async (world) => {
  const { number } = await plainStanding(world, 2);
  await world.warehouse.allocate(number);
  await rerouted(world, { number, version: 2, lines: [one], shipFrom: world.locations.store });
  const line = await allocatedAt(world, number, '1', world.locations.store);
  sameIn('the line', line, { shipFromForced: true, quantity: 2, units: [{ status: 2000, quantity: 2 }] });
});
claim('released', '§4.4', 'A released line is pulled back and allocated where it is wanted', async (world) => {
  const { number } = await releasedStanding(world, 2);
  const { store } = world.locations;
  await rerouted(world, { number, version: 2, lines: [one], shipFrom: store });
  await allocatedAt(world, number, '1', store);
  const [first] = (await heldOf(world, number)).releases;
  same(
    'what was pulled back',
    first?.lines.map((line) => line.cancelled),
    [2],
  );
  await world.warehouse.release(number);
  const { releases } = await heldOf(world, number);
  same('the new release', [releases.length, releases[1]?.from], [2, store]);
});
claim('picked', '§4.1', 'A line that is being worked is pulled back too', async (world) => {
  const { number } = await releasedStanding(world, 2);
  await world.warehouse.move(number, 'picked');
  await rerouted(world, { number, version: 2, lines: [one], shipFrom: world.locations.store });
  await allocatedAt(world, number, '1', world.locations.store);
});
claim('released-anywhere', '§4.4', 'Without a location the OMS chooses anew what is pulled back', async (world) => {
  const { number } = await releasedStanding(world, 2);
  await rerouted(world, { number, version: 2, lines: [one] });
  const after = await heldOf(world, number);
  same(
    'what was pulled back',
    after.releases[0]?.lines.map((line) => line.cancelled),
    [2],
  );
  sameIn('the line', lineOf(after, '1'), { shipFromWanted: undefined, shipFromForced: false, quantity: 2 });
});
claim('repeat', '§2.6', 'Rerouting twice with one version pulls back once', async (world) => {
  const { number } = await releasedStanding(world, 2);
  const wanted = { number, version: 2, lines: [one], shipFrom: world.locations.store };
  await rerouted(world, wanted);
  await allocatedAt(world, number, '1', world.locations.store);
  const after = await heldOf(world, number);
  await rerouted(world, wanted);
  await allocatedAt(world, number, '1', world.locations.store);
  same('the order', await heldOf(world, number), after);
});
claim(
  'refuse-released',
  '§4.4',
  'Where releases are not to be pulled back, a released line is refused',
  async (world) => {
    await refusedReroute(world, await releasedStanding(world, 1), { releasedReroute: 'refuse' });
  },
);
claim('pick-up', '§4.1', 'A released pick-up is not pulled back', async (world) => {
  const { number, lines } = await placed(world, richTerms(world.newNumber()));
  await world.warehouse.allocate(number);
  await world.warehouse.release(number);
  const before = await heldOf(world, number);
  await refused(world, { number, lines, before }, (changes) =>
    changes.reroute(world.site, { number, version: 2, lines: [two], shipFrom: world.locations.center }),
  );
  same('asked to be pulled back', world.wire.calls('pull-back'), 0);
});
claim('shipped', '§4.4', 'What is shipped goes nowhere else', async (world) => {
  const { number, ...standing } = await releasedStanding(world, 1);
  await world.warehouse.ship(number, one, 1, { package: 'P1', tracking: `TR-${number}`, carrier: 'UPS' });
  await refusedReroute(world, { ...standing, number, before: await heldOf(world, number) });
});
claim('to-store', '§4.1', 'Goods on their way to a store are not pulled back', async (world) => {
  const { number, lines } = await plainStanding(world, 1);
  const delivery = { kind: 'ship-to-store' as const, method: 'TO_STORE', store: world.locations.store };
  await revised(world, { number, version: 2, lines: [{ id: one, delivery }] });
  await world.warehouse.allocate(number);
  await world.warehouse.release(number);
  const before = await heldOf(world, number);
  await refused(world, { number, lines, before }, (changes) =>
    changes.reroute(world.site, { number, version: 3, lines: [one], shipFrom: world.locations.center }),
  );
  same('asked to be pulled back', world.wire.calls('pull-back'), 0);
});
