import { lineId } from '@tandem/domain';
import { answered, claimsOf, present, same, sameIn } from './claim.js';
import {
  but,
  cancelled,
  plainStanding,
  refusedCancel,
  releasedStanding,
  richStanding,
  sameBut,
  unitsOf,
} from './change-scene.js';
import type { HeldLine } from './held-order.js';
import type { AdapterChoices, OmsWorld } from './oms-world.js';
import { heldOf, lineOf } from './scene.js';

/** Cancellation before release: amounts, history, reasons, comments. */
const { claims, claim } = claimsOf('cancel');
export const cancelling = claims;

const [one, two] = [lineId('1'), lineId('2')];
const WHY = { reason: '1000.000', comment: 'Changed my mind' };
const NOTHING = { goods: 0, charges: 0, discounts: 0, taxes: 0, informationalTaxes: 0, total: 0 };

/** A line of which nothing is left. */
const gone = (line: HeldLine): HeldLine => ({
  ...line,
  quantity: 0,
  subTotal: 0,
  total: 0,
  charges: [],
  taxes: [],
  units: [],
  cancelled: true,
  cancelReason: WHY.reason,
  cancelComment: WHY.comment,
  cancels: [{ quantity: line.quantity, reason: WHY.reason }],
});

async function wholeOrder(world: OmsWorld, choices?: AdapterChoices): Promise<void> {
  const standing = await richStanding(world);
  const { number, before } = standing;
  const order = await cancelled(world, { number, version: 2, ...WHY }, choices);
  const after = await heldOf(world, number);
  sameIn('the order', after, {
    cancelled: true,
    cancelReason: WHY.reason,
    cancelComment: WHY.comment,
    cancelledTotal: 57.51,
    totals: NOTHING,
    charges: [],
    taxes: [],
    payments: before.payments,
    notes: before.notes,
  });
  same('the lines', after.lines, before.lines.map(gone));
  same('our side', [order.cancelled, order.cancelledTotal, order.total], [true, 5751, 0]);
  same(
    'the lines on our side',
    order.lines.map((line) => line.cancelled),
    [true, true, true],
  );
}

async function oneLine(world: OmsWorld, choices?: AdapterChoices): Promise<void> {
  const standing = await richStanding(world);
  const { number, before } = standing;
  const order = await cancelled(world, { number, version: 2, ...WHY, lines: [{ id: one }] }, choices);
  const after = await heldOf(world, number);
  const totals = { ...NOTHING, goods: 20, charges: 7, taxes: 0.3, total: 27.3 };
  const version = after.version;
  same('the order', after, but(before, { totals, version }, { 1: gone(present('line 1', before.lines[0])) }));
  same(
    'the lines on our side',
    order.lines.map((line) => line.cancelled),
    [true, false, false],
  );
  same('the reason on our side', order.lines[0]?.reason, WHY.reason);
  same('the order on our side', [order.cancelled, order.cancelledTotal, order.total], [false, undefined, 2730]);
}

async function someUnits(world: OmsWorld, choices?: AdapterChoices): Promise<void> {
  const standing = await richStanding(world);
  const { number, before } = standing;
  const order = await cancelled(world, { number, version: 2, ...WHY, lines: [{ id: one, quantity: 1 }] }, choices);
  const line = lineOf(await heldOf(world, number), '1');
  sameIn('the line', line, {
    quantity: 2,
    subTotal: 20,
    cancelled: false,
    units: [{ status: 1000, quantity: 2 }],
    cancels: [{ quantity: 1, reason: WHY.reason }],
    charges: present('line 1', before.lines[0]).charges,
  });
  const { cancelled: all, cancelledTotal, totals } = await heldOf(world, number);
  same('the order', [all, cancelledTotal, totals.goods], [false, undefined, 40]);
  same(
    'our side',
    [order.cancelled, unitsOf(order, '1').filter(({ stage }) => stage !== 'cancelled')],
    [false, [{ stage: 'open', quantity: 2 }]],
  );
}

claim(
  'order',
  '§3.6',
  'A cancelled order is worth nothing; what it was worth is told apart, with reason and comment',
  (world) => wholeOrder(world),
);
claim('order-version', '§2.6', 'A cancellation carries its version', async (world) => {
  const { number } = await plainStanding(world, 1);
  await cancelled(world, { number, version: 2, ...WHY });
  sameIn('the order', await heldOf(world, number), { version: 2 });
});
claim('line', '§3.6', 'A cancelled line is worth nothing, and the others stay as they are', (world) => oneLine(world));
claim('units', '§3.6', 'Cancelled units lower the quantity and are kept in the history with their reason', (world) =>
  someUnits(world),
);
claim('order-by-endpoint', '§3.1', 'The cancel endpoint cancels an order as the save does', (world) =>
  wholeOrder(world, { cancelBy: 'endpoint' }),
);
claim('line-by-endpoint', '§3.1', 'The cancel endpoint cancels a line as the save does', (world) =>
  oneLine(world, { cancelBy: 'endpoint' }),
);
claim('units-by-endpoint', '§3.1', 'The cancel endpoint cancels units as the save does', (world) =>
  someUnits(world, { cancelBy: 'endpoint' }),
);
claim(
  'units-twice',
  '§2.5',
  'Units that are cancelled one after the other stand in the history one after the other',
  async (world) => {
    const { number } = await plainStanding(world, 5);
    await cancelled(world, { number, version: 2, reason: '1000.000', lines: [{ id: one, quantity: 1 }] });
    await cancelled(world, { number, version: 3, reason: '2000.000', lines: [{ id: one, quantity: 2.5 }] });
    sameIn('the line', lineOf(await heldOf(world, number), '1'), {
      quantity: 1.5,
      cancels: [
        { quantity: 1, reason: '1000.000' },
        { quantity: 2.5, reason: '2000.000' },
      ],
    });
  },
);
claim('units-repeat', '§2.6', 'Cancelling units twice with one version cancels them once', async (world) => {
  const { number } = await plainStanding(world, 5);
  const wanted = { number, version: 2, ...WHY, lines: [{ id: one, quantity: 2 }] };
  const first = await cancelled(world, wanted);
  const after = await heldOf(world, number);
  same('the answer', await cancelled(world, wanted), first);
  same('the order', await heldOf(world, number), after);
  same('the quantity', lineOf(after, '1').quantity, 3);
});
claim('order-repeat', '§2.6', 'Cancelling an order twice with one version has one effect', async (world) => {
  const { number } = await plainStanding(world, 1, 2);
  const first = await cancelled(world, { number, version: 2, ...WHY });
  const after = await heldOf(world, number);
  same('the answer', await cancelled(world, { number, version: 2, ...WHY }), first);
  same('the order', await heldOf(world, number), after);
});
claim('all-units', '§3.6', 'All units of a line are the line', async (world) => {
  const { number, before } = await plainStanding(world, 2, 1);
  await cancelled(world, { number, version: 2, ...WHY, lines: [{ id: one, quantity: 2 }] });
  same('the line', lineOf(await heldOf(world, number), '1'), gone(present('line 1', before.lines[0])));
});
claim('last-line', '§3.6', 'With its last line the order is cancelled, and told what it was worth', async (world) => {
  const { number } = await plainStanding(world, 2, 1);
  const order = await cancelled(world, { number, version: 2, ...WHY, lines: [{ id: one }, { id: two }] });
  sameIn('the order', await heldOf(world, number), { cancelled: true, cancelledTotal: 30, totals: NOTHING });
  same('our side', [order.cancelled, order.cancelledTotal], [true, 3000]);
});
claim('allocated', '§3.6', 'What is allocated may be cancelled, and gives its reservation back', async (world) => {
  const { number } = await plainStanding(world, 2);
  await world.warehouse.allocate(number);
  await cancelled(world, { number, version: 2, ...WHY });
  sameIn('the line', lineOf(await heldOf(world, number), '1'), { cancelled: true, allocatedFrom: [], units: [] });
});
claim('no-comment', '§3.6', 'A cancellation without a comment leaves none', async (world) => {
  const { number } = await plainStanding(world, 1);
  await cancelled(world, { number, version: 2, reason: '2000.000' });
  sameIn('the order', await heldOf(world, number), { cancelReason: '2000.000', cancelComment: undefined });
});
claim('stale', '§2.6', 'A cancellation with a version lower than the order has cancels nothing', async (world) => {
  const standing = await plainStanding(world, 1);
  await world.otherHost.claimVersion(standing.number, 9);
  const outcome = await world
    .ports()
    .changes.cancel(world.site, { number: standing.number, version: 8, ...WHY })
    .then(
      ({ kind }) => kind,
      (thrown: unknown) => (thrown as { kind?: string }).kind,
    );
  same('the outcome', outcome, 'conflict');
  await sameBut(world, standing, { version: 9 });
});
claim('released', '§3.6', 'A released order is not cancelled', async (world) => {
  const standing = await releasedStanding(world, 2, 1);
  await refusedCancel(world, standing, { version: 2, ...WHY });
});
claim('released-line', '§3.6', 'A released line is not cancelled, nor are units of it', async (world) => {
  const standing = await releasedStanding(world, 2, 1);
  await refusedCancel(world, standing, { version: 2, ...WHY, lines: [{ id: one }] });
  await refusedCancel(world, standing, { version: 2, ...WHY, lines: [{ id: one, quantity: 1 }] });
});
claim('released-endpoint', '§3.6', 'The cancel endpoint refuses what is released', async (world) => {
  const standing = await releasedStanding(world, 1);
  await refusedCancel(world, standing, { version: 2, ...WHY }, { cancelBy: 'endpoint' });
});
claim('unknown', '§2.5', 'Cancelling an order that the OMS lacks makes none', async (world) => {
  const number = world.newNumber();
  await world
    .ports()
    .changes.cancel(world.site, { number, version: 2, ...WHY })
    .then(
      (answer) => answered(answer, 'refused'),
      () => undefined,
    );
  same('the order', await world.held(number), undefined);
});
