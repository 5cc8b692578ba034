import {
  faultOf,
  lineId,
  type Cancellation,
  type ChangeAnswer,
  type HoldChange,
  type OrderLine,
  type OrderNumber,
  type OrderRevision,
  type OrderSnapshot,
  type Reroute,
} from '@tandem/domain';
import { answered, present, same } from './claim.js';
import type { HeldLine, HeldOrder } from './held-order.js';
import type { AdapterChoices, OmsWorld } from './oms-world.js';
import { heldOf, placed, placedOf, richTerms } from './scene.js';

/** An order and how the OMS held it before anybody changed it. */
export interface Standing {
  readonly number: OrderNumber;
  readonly lines: readonly OrderLine[];
  readonly before: HeldOrder;
}

/** The order with everything: 57.51 in all. */
export async function richStanding(world: OmsWorld): Promise<Standing> {
  const { number, lines } = await placed(world, richTerms(world.newNumber()));
  return { number, lines, before: await heldOf(world, number) };
}

/** Lines of these quantities at 10.00 each, sent home. */
export async function plainStanding(world: OmsWorld, ...quantities: readonly number[]): Promise<Standing> {
  const { number, lines } = await placedOf(world, ...quantities);
  return { number, lines, before: await heldOf(world, number) };
}

/** With the warehouse, all of it. */
export async function releasedStanding(world: OmsWorld, ...quantities: readonly number[]): Promise<Standing> {
  const { number, lines } = await placedOf(world, ...quantities);
  await world.warehouse.allocate(number);
  await world.warehouse.release(number);
  return { number, lines, before: await heldOf(world, number) };
}

type Changes = ReturnType<OmsWorld['ports']>['changes'];
type Change = (changes: Changes) => Promise<ChangeAnswer>;

const revision =
  (world: OmsWorld, wanted: OrderRevision): Change =>
  (changes) =>
    changes.revise(world.site, wanted);
const cancellation =
  (world: OmsWorld, wanted: Cancellation): Change =>
  (changes) =>
    changes.cancel(world.site, wanted);

/** The order as our side sees it after a change that the OMS made. */
async function changed(world: OmsWorld, change: Change, choices?: AdapterChoices): Promise<OrderSnapshot> {
  return answered(await change(world.ports(choices).changes), 'changed').order;
}

export const revised = (world: OmsWorld, wanted: OrderRevision) => changed(world, revision(world, wanted));
export const cancelled = (world: OmsWorld, wanted: Cancellation, choices?: AdapterChoices) =>
  changed(world, cancellation(world, wanted), choices);
export const rerouted = (world: OmsWorld, wanted: Reroute) =>
  changed(world, (changes) => changes.reroute(world.site, wanted));
export const held = (world: OmsWorld, hold: HoldChange) =>
  changed(world, (changes) => changes.applyHold(world.site, hold));
export const released = (world: OmsWorld, hold: HoldChange) =>
  changed(world, (changes) => changes.resolveHold(world.site, hold));

/** The change is refused with a rule, and the OMS holds the order as it was. */
export async function refused(world: OmsWorld, { number, before }: Standing, change: Change, choices?: AdapterChoices) {
  const { violations } = answered(await change(world.ports(choices).changes), 'refused');
  present(
    'violation with rule, sentence and remedy',
    violations.find(({ rule, sentence, remedy }) => rule && sentence && remedy),
  );
  same('the order', await heldOf(world, number), before);
  return violations;
}

export const refusedRevision = (world: OmsWorld, standing: Standing, wanted: Omit<OrderRevision, 'number'>) =>
  refused(world, standing, revision(world, { ...wanted, number: standing.number }));
export const refusedCancel = (
  world: OmsWorld,
  standing: Standing,
  wanted: Omit<Cancellation, 'number'>,
  choices?: AdapterChoices,
) => refused(world, standing, cancellation(world, { ...wanted, number: standing.number }), choices);

/** Kind and code of the fault that it ends with. @throws where it ends well */
export async function faultFrom(what: string, call: Promise<unknown>): Promise<{ kind: string; code: string }> {
  const fault = await call.then(
    () => undefined,
    (thrown: unknown) => faultOf(thrown),
  );
  const { kind, code } = present(`fault of ${what}`, fault);
  return { kind, code };
}

/** The order before, but for these attributes of it and of its lines; all else is compared as it was. */
export function but(
  before: HeldOrder,
  order: Partial<HeldOrder>,
  lines: Readonly<Record<string, Partial<HeldLine>>> = {},
): HeldOrder {
  return {
    ...before,
    ...order,
    lines: before.lines.map((line) => ({ ...line, ...(line.id === undefined ? {} : lines[line.id]) })),
  };
}

/** At the OMS the order is as before, but for these attributes. */
export async function sameBut(world: OmsWorld, { number, before }: Standing, ...changes: DropFirst<typeof but>) {
  same('the order', await heldOf(world, number), but(before, ...changes));
}
type DropFirst<F> = F extends (first: HeldOrder, ...rest: infer R) => unknown ? R : never;

/** Stages and quantities of a line, as our side sees them. */
export const unitsOf = ({ lines }: OrderSnapshot, id: string) =>
  present(
    `line ${id} on our side`,
    lines.find((line) => line.id === lineId(id)),
  ).units;
