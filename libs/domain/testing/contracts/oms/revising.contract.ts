import { lineId, locationId, minorOf, tenderId, type Address, type DeliveryOption } from '@tandem/domain';
import { aCapturedLine, aCapturedTender } from '../../builders/captured-order.js';
import { claimsOf, present, same, sameIn } from './claim.js';
import {
  plainStanding,
  refusedRevision,
  releasedStanding,
  revised,
  richStanding,
  sameBut,
  unitsOf,
  type Standing,
} from './change-scene.js';
import type { HeldCharge } from './held-order.js';
import { heldOf, lineOf, placed, termsOf } from './scene.js';
import type { OmsWorld } from './oms-world.js';

/** Changes of an order before and after its release. */
const { claims, claim } = claimsOf('revise');
export const revising = claims;

const [one, two] = [lineId('1'), lineId('2')];
const NEW_HOME = {
  firstName: 'Noor',
  lastName: 'Ashby',
  lines: ['7 Birch Row', 'Flat 3'],
  city: 'Dale',
  state: 'NC',
  postalCode: '27514',
  country: 'US',
  phone: '+15550177',
  email: 'noor@example.test',
};
const QUAY = { lines: ['1 Quay'], city: 'Moss', country: 'IE' };
/** As the OMS holds it: with nothing else. */
const heldQuay = {
  ...QUAY,
  firstName: undefined,
  lastName: undefined,
  state: undefined,
  postalCode: undefined,
  phone: undefined,
  email: undefined,
};
const toHome = (address: Address, method = 'STD_GROUND'): DeliveryOption => ({ kind: 'ship-to-home', method, address });

const allCharges = async (world: OmsWorld, { number }: Standing) => lineOf(await heldOf(world, number), '1').charges;
/** A discount that was taken away may be left behind at zero. */
const counting = (charges: readonly HeldCharge[]) => charges.filter(({ amount }) => amount !== 0);

claim(
  'quantity-down',
  '§3.6',
  'A lower quantity changes one line, its totals and its cancel history',
  async (world) => {
    const standing = await richStanding(world);
    const order = await revised(world, { number: standing.number, version: 2, lines: [{ id: one, quantity: 2 }] });
    const totals = { ...standing.before.totals, goods: 40, total: 47.51 };
    const line = { quantity: 2, subTotal: 20, total: 20.21, units: [{ status: 1000, quantity: 2 }] };
    await sameBut(
      world,
      standing,
      { version: 2, totals },
      { 1: { ...line, cancels: [{ quantity: 1, reason: undefined }] } },
    );
    same('the units', unitsOf(order, '1'), [{ stage: 'open', quantity: 2 }]);
    same('the total', order.total, 4751);
  },
);
claim('quantity-up', '§2.5', 'A higher quantity opens units of one line and leaves all else', async (world) => {
  const standing = await richStanding(world);
  const order = await revised(world, { number: standing.number, version: 2, lines: [{ id: two, quantity: 2.5 }] });
  const totals = { ...standing.before.totals, goods: 65, total: 72.51 };
  const line = { quantity: 2.5, subTotal: 25, total: 25, units: [{ status: 1000, quantity: 2.5 }] };
  await sameBut(world, standing, { version: 2, totals }, { 2: line });
  same('the units', unitsOf(order, '2'), [{ stage: 'open', quantity: 2.5 }]);
});
claim('address', '§8', 'A new address replaces the whole address of one line and leaves all else', async (world) => {
  const standing = await richStanding(world);
  await revised(world, { number: standing.number, version: 2, lines: [{ id: one, delivery: toHome(NEW_HOME) }] });
  await sameBut(world, standing, { version: 2 }, { 1: { address: NEW_HOME } });
});
claim('shorter-address', '§2.5', 'A shorter address leaves nothing of the longer one before it', async (world) => {
  const standing = await richStanding(world);
  const { number } = standing;
  await revised(world, { number, version: 2, lines: [{ id: one, delivery: toHome(NEW_HOME) }] });
  await revised(world, { number, version: 3, lines: [{ id: one, delivery: toHome(QUAY) }], billTo: QUAY });
  const payments = standing.before.payments.map((payment) => ({ ...payment, billTo: heldQuay }));
  await sameBut(world, standing, { version: 3, payments }, { 1: { address: heldQuay } });
});
claim('method', '§3.3', 'A faster shipping method changes nothing but the method', async (world) => {
  const standing = await richStanding(world);
  const { number } = standing;
  await revised(world, { number, version: 2, lines: [{ id: one, delivery: toHome(NEW_HOME) }] });
  await revised(world, { number, version: 3, lines: [{ id: one, delivery: toHome(NEW_HOME, 'EXPRESS') }] });
  await sameBut(world, standing, { version: 3 }, { 1: { address: NEW_HOME, shippingMethod: 'EXPRESS' } });
});
claim(
  'to-store',
  '§3.3',
  'A line that was to go home is picked up at a store by the customer instead',
  async (world) => {
    const { number, before } = await richStanding(world);
    const delivery = { kind: 'pick-up' as const, method: 'PICKUP', store: locationId('STORE-7') };
    await revised(world, { number, version: 2, lines: [{ id: one, delivery }] });
    const { lines } = await heldOf(world, number);
    const who = { firstName: 'Mira', lastName: 'Oakfield', email: 'mira@example.test', phone: '+15550100' };
    const wanted = { delivery: 'pick-up', shippingMethod: 'PICKUP', shipToLocation: 'STORE-7', pickUpBy: [who] };
    sameIn('the line', lines[0], wanted);
    same('the other lines', lines.slice(1), before.lines.slice(1));
  },
);
claim('collector', '§2.5', 'A pick-up that moves to another store is fetched by the same one person', async (world) => {
  const { number, before } = await richStanding(world);
  const delivery = { kind: 'pick-up' as const, method: 'PICKUP', store: locationId('STORE-8') };
  await revised(world, { number, version: 2, lines: [{ id: two, delivery }] });
  const { pickUpBy } = lineOf(before, '2');
  sameIn('the line', lineOf(await heldOf(world, number), '2'), { shipToLocation: 'STORE-8', pickUpBy });
});
claim('merge-at-store', '§3.3', 'A line may be sent to a store for the customer to fetch', async (world) => {
  const standing = await plainStanding(world, 1);
  const delivery = { kind: 'ship-to-store' as const, method: 'TO_STORE', store: locationId('STORE-7') };
  await revised(world, { number: standing.number, version: 2, lines: [{ id: one, delivery }] });
  const wanted = { delivery: 'ship-to-store', shippingMethod: 'TO_STORE', shipToLocation: 'STORE-7' };
  sameIn('the line', lineOf(await heldOf(world, standing.number), '1'), wanted);
});
claim('to-home', '§3.3', 'A line that was to be picked up goes home instead', async (world) => {
  const standing = await richStanding(world);
  await revised(world, { number: standing.number, version: 2, lines: [{ id: two, delivery: toHome(NEW_HOME) }] });
  const wanted = { delivery: 'ship-to-home', shippingMethod: 'STD_GROUND', address: NEW_HOME };
  sameIn('the line', lineOf(await heldOf(world, standing.number), '2'), wanted);
});
claim(
  'discounts',
  '§3.4',
  'New discounts take the place of the old ones of that line, and of nothing else',
  async (world) => {
    const standing = await richStanding(world);
    const discounts = [{ id: 'D2', name: 'Summer', coupon: 'SUN20', amount: minorOf(200) }];
    const order = await revised(world, { number: standing.number, version: 2, lines: [{ id: one, discounts }] });
    const charge = { id: 'D2', kind: 'discount', name: 'Summer', reference: 'SUN20', amount: -2 };
    const charges = await allCharges(world, standing);
    const totals = { ...standing.before.totals, discounts: -2, total: 57.01 };
    await sameBut(world, standing, { version: 2, totals }, { 1: { charges, total: 29.71 } });
    same('the discounts that count', counting(charges), [
      { ...charge, informational: false, taxIncluded: false, ofLine: true },
    ]);
    same('the total', order.total, 5701);
  },
);
claim('discount-amount', '§2.5', 'A discount with another amount is the same discount', async (world) => {
  const standing = await richStanding(world);
  const discounts = [{ id: 'D1', name: 'Spring', coupon: 'SPRING10', amount: minorOf(325) }];
  await revised(world, { number: standing.number, version: 2, lines: [{ id: one, discounts }] });
  const charges = standing.before.lines[0]?.charges.map((charge) => ({ ...charge, amount: -3.25 })) ?? [];
  const totals = { ...standing.before.totals, discounts: -3.25, total: 55.76 };
  await sameBut(world, standing, { version: 2, totals }, { 1: { charges, total: 28.46 } });
});
claim('price', '§3.4', 'A new unit price changes that line and what it comes to', async (world) => {
  const standing = await plainStanding(world, 2, 1);
  const { number, before } = standing;
  const order = await revised(world, { number, version: 2, lines: [{ id: one, unitPrice: minorOf(950) }] });
  const totals = { ...before.totals, goods: 29, total: 29 };
  await sameBut(world, standing, { version: 2, totals }, { 1: { unitPrice: 9.5, subTotal: 19, total: 19 } });
  same('the total', order.total, 2900);
});
claim(
  'taxes',
  '§3.4',
  'Other taxes take the place of those of the line, and the old ones count no more',
  async (world) => {
    const { number } = await richStanding(world);
    const taxes = [{ id: 'T9', name: 'GA-COUNTY', rate: 0.03, amount: minorOf(84) }];
    const order = await revised(world, { number, version: 2, lines: [{ id: one, taxes }] });
    const held = lineOf(await heldOf(world, number), '1').taxes.filter(({ amount }) => amount !== 0);
    same(
      'the taxes that count',
      held.map(({ id, name, amount }) => [id, name, amount]),
      [['T9', 'GA-COUNTY', 0.84]],
    );
    const [before] = (await richStanding(world)).before.lines;
    const old = before?.taxes.reduce((sum, { amount }) => sum + (amount ?? 0), 0) ?? 0;
    same('the total', order.total, Math.round((57.51 - old + 0.84) * 100));
  },
);
claim('tender-amount', '§3.4', 'What one tender is to pay changes, and nothing of the others', async (world) => {
  const standing = await richStanding(world);
  const { number, before } = standing;
  const [first] = before.payments;
  const id = tenderId(present('the first tender', first?.id));
  await revised(world, { number, version: 2, tenders: [{ id, amount: minorOf(1234) }] });
  const payments = before.payments.map((payment, index) => (index === 0 ? { ...payment, amount: 12.34 } : payment));
  await sameBut(world, standing, { version: 2, payments });
});
claim('no-discounts', '§3.4', 'No discounts at all let none of the old ones count', async (world) => {
  const standing = await richStanding(world);
  await revised(world, { number: standing.number, version: 2, lines: [{ id: one, discounts: [] }] });
  const charges = await allCharges(world, standing);
  const totals = { ...standing.before.totals, discounts: 0, total: 59.01 };
  await sameBut(world, standing, { version: 2, totals }, { 1: { charges, total: 31.71 } });
  same('the discounts that count', counting(charges), []);
});
claim(
  'added-line',
  '§3.7',
  'An added line is as if it had been placed, and the others are as they were',
  async (world) => {
    const standing = await plainStanding(world, 2);
    const taxes = [{ id: 'T4', name: 'GA-STATE', rate: 0.06, amount: '1.80' }];
    const discounts = [{ id: 'D4', name: 'Autumn', coupon: 'LEAF', amount: '0.80' }];
    const fourth = aCapturedLine({ id: '4', sku: 'RUG-04', quantity: 3, taxes, discounts, gift: { message: 'Joy' } });
    const tenders = [aCapturedTender({ amount: '31.00', authorized: '31.00' })];
    const terms = await placed(world, termsOf(world.newNumber(), { lines: [fourth], tenders }));
    const alone = lineOf(await heldOf(world, terms.number), '4');
    const order = await revised(world, { number: standing.number, version: 2, addedLines: terms.lines });
    const after = await heldOf(world, standing.number);
    const totals = { ...standing.before.totals, goods: 50, discounts: -0.8, taxes: 1.8, total: 51 };
    sameIn('the order', after, { version: 2, totals });
    same('the lines', after.lines, [...standing.before.lines, alone]);
    same('the units', unitsOf(order, '4'), [{ stage: 'open', quantity: 3 }]);
  },
);
claim(
  'bill-to',
  '§8',
  'A new billing address changes neither amounts nor transactions of the payment',
  async (world) => {
    const standing = await richStanding(world);
    const billTo = { ...NEW_HOME, lines: ['7 Birch Row', 'Flat 3', 'Left'] };
    await revised(world, { number: standing.number, version: 2, billTo });
    const payments = standing.before.payments.map((payment) => ({ ...payment, billTo }));
    await sameBut(world, standing, { version: 2, payments });
  },
);
claim('instructions', '§3.4', 'New instructions take the place of the old ones', async (world) => {
  const standing = await richStanding(world);
  await revised(world, { number: standing.number, version: 2, instructions: 'Leave at the back' });
  const notes = [{ text: 'Leave at the back', category: 'Instruction', visible: true, position: 1 }];
  await sameBut(world, standing, { version: 2, notes });
});
claim('several', '§2.5', 'Several changes of one revision are one save', async (world) => {
  const standing = await richStanding(world);
  const lines = [
    { id: one, quantity: 4, delivery: toHome(NEW_HOME) },
    { id: two, quantity: 2 },
  ];
  await revised(world, { number: standing.number, version: 2, lines, instructions: 'Knock' });
  same('saves', world.wire.calls('save'), 2);
  const after = await heldOf(world, standing.number);
  same(
    'the quantities',
    after.lines.map((line) => line.quantity),
    [4, 2, 1],
  );
  same('the address', lineOf(after, '1').address, NEW_HOME);
  same(
    'the notes',
    after.notes.map(({ text }) => text),
    ['Knock'],
  );
});
claim('other-hosts-note', '§2.5', 'What another host wrote meanwhile is kept', async (world) => {
  const standing = await richStanding(world);
  await world.otherHost.addNote(standing.number, 'Called back');
  await revised(world, { number: standing.number, version: 2, instructions: 'Knock' });
  const texts = (await heldOf(world, standing.number)).notes.map(({ text }) => text);
  same('the notes', [...texts].sort(), ['Called back', 'Knock']);
});
claim('released-quantity', '§3.7', 'A quantity is refused once it is released', async (world) => {
  const standing = await releasedStanding(world, 2);
  await refusedRevision(world, standing, { version: 2, lines: [{ id: one, quantity: 1 }] });
  await refusedRevision(world, standing, { version: 2, lines: [{ id: one, quantity: 3 }] });
});
claim('released-address', '§3.7', 'An address may be changed until its line is packed', async (world) => {
  const standing = await releasedStanding(world, 1);
  const lines = [{ id: one, delivery: toHome(NEW_HOME) }];
  await world.warehouse.move(standing.number, 'picked');
  await revised(world, { number: standing.number, version: 2, lines });
  same('the address', lineOf(await heldOf(world, standing.number), '1').address, NEW_HOME);
  await world.warehouse.move(standing.number, 'packed');
  const before = await heldOf(world, standing.number);
  const again = [{ id: one, delivery: toHome({ ...NEW_HOME, city: 'Moss' }) }];
  await refusedRevision(world, { ...standing, before }, { version: 3, lines: again });
});
claim('released-instructions', '§3.7', 'Instructions are refused once a part is released', async (world) => {
  const standing = await releasedStanding(world, 1);
  await refusedRevision(world, standing, { version: 2, instructions: 'Knock' });
});
claim('all-or-nothing', '§2.5', 'One change that is not allowed any more refuses the whole revision', async (world) => {
  const standing = await releasedStanding(world, 1, 2);
  const lines = [
    { id: one, delivery: toHome(NEW_HOME) },
    { id: two, quantity: 1 },
  ];
  await refusedRevision(world, standing, { version: 2, lines });
});
