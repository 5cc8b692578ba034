import { lineId } from '@tandem/domain';
import { answered, claimsOf, holds, same, sameIn } from './claim.js';
import { held, plainStanding, released, releasedStanding, sameBut } from './change-scene.js';
import { heldOf, lineOf, plainTerms } from './scene.js';
import type { OmsWorld } from './oms-world.js';

/** Confirmation, holds, and what the OMS permits. */
const { claims, claim } = claimsOf('hold');
export const holding = claims;

const two = lineId('2');
const FRAUD = { type: 'PaymentFraud', comment: 'Score 91' };
const APPLIED = { type: 'PaymentFraud', state: 'applied', comment: 'Score 91' };

claim(
  'confirm',
  '§3.8',
  'An order that is not confirmed yet is confirmed, and nothing else of it changes',
  async (world) => {
    const number = world.newNumber();
    await savedUnconfirmed(world, number);
    const before = await heldOf(world, number);
    same('confirmed at first', before.confirmed, false);
    answered(await world.ports().changes.confirm(world.site, { number, version: 2 }), 'changed');
    same('the order', await heldOf(world, number), { ...before, confirmed: true, version: 2 });
  },
);
claim('apply', '§3.8', 'A hold on the order is applied with its type and comment', async (world) => {
  const standing = await plainStanding(world, 1);
  const order = await held(world, { number: standing.number, version: 2, ...FRAUD });
  await sameBut(world, standing, { version: 2, onHold: true, holds: [APPLIED] });
  same('the holds on our side', order.holds, ['PaymentFraud']);
});
claim('apply-repeat', '§2.6', 'A hold that is applied twice with one version stands once', async (world) => {
  const standing = await plainStanding(world, 1);
  const first = await held(world, { number: standing.number, version: 2, ...FRAUD });
  same('the answer', await held(world, { number: standing.number, version: 2, ...FRAUD }), first);
  await sameBut(world, standing, { version: 2, onHold: true, holds: [APPLIED] });
});
claim('resolve', '§3.8', 'A hold on the order is resolved with a comment, and the order is free', async (world) => {
  const standing = await plainStanding(world, 1);
  await held(world, { number: standing.number, version: 2, ...FRAUD });
  const order = await released(world, {
    number: standing.number,
    version: 3,
    type: 'PaymentFraud',
    comment: 'Cleared',
  });
  const resolved = { type: 'PaymentFraud', state: 'resolved', comment: 'Cleared' };
  await sameBut(world, standing, { version: 3, onHold: false, holds: [resolved] });
  same('the holds on our side', order.holds, []);
});
claim('apply-again', '§3.8', 'A resolved hold is applied again', async (world) => {
  const { number } = await plainStanding(world, 1);
  await held(world, { number, version: 2, type: 'PaymentFraud' });
  await released(world, { number, version: 3, type: 'PaymentFraud' });
  const order = await held(world, { number, version: 4, type: 'PaymentFraud' });
  const after = await heldOf(world, number);
  same('the holds', [after.onHold, after.holds.map(({ state }) => state)], [true, ['applied']]);
  same('the holds on our side', order.holds, ['PaymentFraud']);
});
claim('several', '§3.8', 'Of several holds the one that is named is resolved', async (world) => {
  const { number } = await plainStanding(world, 1);
  await held(world, { number, version: 2, type: 'PaymentFraud' });
  await held(world, { number, version: 3, type: 'AddressVerification' });
  const order = await released(world, { number, version: 4, type: 'PaymentFraud' });
  const after = await heldOf(world, number);
  same('the holds', after.holds, [
    { type: 'PaymentFraud', state: 'resolved' },
    { type: 'AddressVerification', state: 'applied' },
  ]);
  same('on hold', after.onHold, true);
  same('the holds on our side', order.holds, ['AddressVerification']);
});
claim('of-another-host', '§3.8', 'A hold that another host applied is resolved', async (world) => {
  const { number } = await plainStanding(world, 1);
  await world.otherHost.applyHold(number, 'BillingWarning');
  await released(world, { number, version: 2, type: 'BillingWarning' });
  const after = await heldOf(world, number);
  same('the holds', [after.onHold, after.holds], [false, [{ type: 'BillingWarning', state: 'resolved' }]]);
});
claim('line', '§3.8', 'A hold on a line is applied to that line alone', async (world) => {
  const standing = await plainStanding(world, 1, 1);
  await held(world, { number: standing.number, version: 2, line: two, ...FRAUD });
  const after = await heldOf(world, standing.number);
  same('the order', after.holds, []);
  same('the lines', after.lines, [standing.before.lines[0], { ...standing.before.lines[1], holds: [APPLIED] }]);
});
claim('line-resolve', '§3.8', 'A hold on a line is resolved on that line', async (world) => {
  const { number } = await plainStanding(world, 1, 1);
  await held(world, { number, version: 2, line: two, ...FRAUD });
  await held(world, { number, version: 3, line: lineId('1'), ...FRAUD });
  await released(world, { number, version: 4, line: two, type: 'PaymentFraud', comment: 'Cleared' });
  const after = await heldOf(world, number);
  same('line 1', lineOf(after, '1').holds, [APPLIED]);
  same('line 2', lineOf(after, '2').holds, [{ type: 'PaymentFraud', state: 'resolved', comment: 'Cleared' }]);
});
claim('keeps-back', '§4.5', 'An order on hold is not released; freed, it is', async (world) => {
  const { number } = await plainStanding(world, 1);
  await held(world, { number, version: 2, type: 'PaymentFraud' });
  await world.warehouse.allocate(number);
  await world.warehouse.release(number).catch(() => undefined);
  same('releases on hold', (await heldOf(world, number)).releases, []);
  await released(world, { number, version: 3, type: 'PaymentFraud' });
  await world.warehouse.release(number);
  same('releases when freed', (await heldOf(world, number)).releases.length, 1);
});
claim(
  'permitted-open',
  '§3.1',
  'An open order permits its cancellation, more lines and changes of its lines',
  async (world) => {
    const { number } = await plainStanding(world, 1, 1);
    const permitted = await world.ports().changes.permitted(world.site, number);
    holdsAll('the order', permitted.order, ['Order::Cancel', 'OrderLine::Add', 'Order::Hold::Apply']);
    same('the lines', Object.keys(permitted.lines).sort(), ['1', '2']);
    for (const allowed of Object.values(permitted.lines))
      holdsAll('a line', allowed, ['OrderLine::Cancel', 'OrderLine::Quantity::Decrease', 'OrderLine::AddressId']);
  },
);
claim(
  'permitted-released',
  '§3.7',
  'A released order permits an address and no cancellation any more',
  async (world) => {
    const { number } = await releasedStanding(world, 1);
    const permitted = await world.ports().changes.permitted(world.site, number);
    const cancels = [...permitted.order, ...(permitted.lines['1'] ?? [])].filter((name) =>
      /Cancel|Quantity/.test(name),
    );
    same('cancellations', cancels, []);
    holdsAll('the line', permitted.lines['1'] ?? [], ['OrderLine::AddressId']);
    holdsAll('the order', permitted.order, ['OrderLine::Add']);
  },
);

function holdsAll(what: string, seen: readonly string[], wanted: readonly string[]): void {
  for (const name of wanted) holds(`${what} permits ${name}`, seen.includes(name));
}

/** As another host saves an order that waits for its confirmation (§3.4, the least that is accepted). */
async function savedUnconfirmed(world: OmsWorld, number: string): Promise<void> {
  const { orderType, docType, unitOfMeasure } = world.site.oms;
  const [line] = plainTerms(world.newNumber(), 1).lines;
  const sold = { OrderLineId: '1', ItemId: line?.sku, Quantity: 1, UOM: unitOfMeasure, ShippingMethodId: 'EMAIL' };
  const answer = await world.otherHost.saveRaw({
    OrderId: number,
    OrderType: { OrderTypeId: orderType },
    DocType: { DocTypeId: docType },
    CurrencyCode: 'USD',
    IsConfirmed: false,
    OrderActions: { VersionTimestamp: 1 },
    OrderLine: [
      { ...sold, DeliveryMethod: { DeliveryMethodId: 'Email' }, OrderLineAdditional: { Email: 'a@example.test' } },
    ],
  });
  sameIn('the save', answer, { status: 200, success: true });
}
