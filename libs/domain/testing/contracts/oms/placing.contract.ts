import { customerChange, customerKey } from '@tandem/domain';
import { aCapturedLine, aCapturedTender } from '../../builders/captured-order.js';
import { answered, claimsOf, same, sameIn } from './claim.js';
import type { OmsWorld } from './oms-world.js';
import { HOME, rich } from './rich-scene.js';
import { heldOf, lineOf, placed, plainTerms, richTerms, taxIncludedTerms, termsOf } from './scene.js';

/** The save of a new order, read back at the OMS attribute by attribute. */
const { claims, claim } = claimsOf('place');
export const placing = claims;

const richLine = async (world: OmsWorld, id: string) => lineOf(await rich(world), id);
const PLAIN = { informational: false, taxIncluded: false, ofLine: false };

claim('reference', '§3.1', 'Placing an order answers the reference by which the OMS knows it', async (world) => {
  const terms = plainTerms(world.newNumber(), 1);
  const answer = answered(await world.ports().orders.place(world.site, terms), 'placed');
  same('the reference', answer.omsOrderId, (await heldOf(world, terms.number)).number);
});
claim('repeat', '§2.5', 'Placing it twice leaves one order with one set of children', async (world) => {
  const terms = richTerms(world.newNumber());
  await placed(world, terms);
  const first = await heldOf(world, terms.number);
  await placed(world, terms);
  same('the order', await heldOf(world, terms.number), first);
});
claim('types', '§3.4', 'Order type, document type and channel are those of the site', async (world) => {
  const { orderType, docType, sellingChannel } = world.site.oms;
  sameIn('the order', await rich(world), { orderType, documentType: docType, sellingChannel });
});
claim('organization', '§9', 'The order is in the organization of its site', async (world) => {
  sameIn('the order', await rich(world), { organization: world.site.oms.organization });
});
claim('currency', '§9', 'The order is in its currency and the language of the site', async (world) => {
  sameIn('the order', await rich(world), { currency: 'USD', locale: 'en' });
});
claim('captured', '§2.5', 'The moment of the purchase arrives in UTC', async (world) => {
  sameIn('the order', await rich(world), { capturedAt: '2026-03-01T10:00:00.000Z' });
});
claim('confirmed', '§3.1', 'A placed order is confirmed', async (world) => {
  sameIn('the order', await rich(world), { confirmed: true, cancelled: false });
});
claim(
  'agreed',
  '§3.4',
  'The OMS is told its organization, and to reckon nothing anew that is agreed',
  async (world) => {
    await placed(world, plainTerms(world.newNumber(), 1));
    sameIn('the save', world.wire.saves[0], {
      organization: world.site.oms.organization,
      agreed: { prices: true, charges: true, taxes: true },
    });
  },
);
claim('version', '§2.6', 'A placed order has version 1', async (world) => {
  sameIn('the order', await rich(world), { version: 1 });
});
claim(
  'guest',
  '§8',
  'A guest is told by name, e-mail and phone, without a customer and without a hold',
  async (world) => {
    const { customer, onHold, holds } = await rich(world);
    const person = { firstName: 'Mira', lastName: 'Oakfield', email: 'mira@example.test', phone: '+15550100' };
    same('the guest', customer, { ...person, taxExempt: false });
    same('the holds', [onHold, holds], [false, []]);
  },
);
claim('registered', '§8', 'A registered customer is named by their key', async (world) => {
  const key = `C-${world.newNumber()}`;
  const customer = { firstName: 'Mira', lastName: 'Oakfield', email: 'mira@example.test', phone: undefined };
  const registered = { kind: 'registered' as const, key: customerKey(key), lastName: 'Oakfield', addresses: [] };
  await world.ports().customers.save(world.site, customerChange(registered, {}));
  const terms = termsOf(world.newNumber(), { customer: { ...customer, key, taxExemptId: undefined } });
  await placed(world, terms);
  const held = await heldOf(world, terms.number);
  same('the customer', [held.customer.key, held.onHold], [key, false]);
});
claim('tax-exempt', '§3.4', 'A customer who is exempt from tax is told with the certificate', async (world) => {
  const key = `C-${world.newNumber()}`;
  const person = { firstName: 'Mira', lastName: 'Oakfield', email: undefined, phone: undefined };
  const terms = termsOf(world.newNumber(), { customer: { ...person, key, taxExemptId: 'EX-9' } });
  await placed(world, terms);
  sameIn('the customer', (await heldOf(world, terms.number)).customer, { taxExempt: true, taxExemptId: 'EX-9' });
});
claim('unknown-customer', '§8', 'An order of a customer that the OMS lacks is taken and put on hold', async (world) => {
  const person = { firstName: 'A', lastName: 'B', email: undefined, phone: undefined, taxExemptId: undefined };
  const terms = termsOf(world.newNumber(), { customer: { ...person, key: `NONE-${world.newNumber()}` } });
  await placed(world, terms);
  const { holds } = await heldOf(world, terms.number);
  same('the holds', holds, [{ type: 'CustomerInfoNotAvailable', state: 'applied' }]);
});
claim('instructions', '§3.4', 'The instructions of the customer are a visible instruction note', async (world) => {
  same('the notes', (await rich(world)).notes, [
    { text: 'Ring twice', category: 'Instruction', visible: true, position: 1 },
  ]);
});
claim('purchase-order', '§3.4', 'The purchase order number is an attribute of the order', async (world) => {
  same('the attributes', (await rich(world)).attributes, { PurchaseOrderNumber: 'PO-77' });
});
claim('charges', '§3.4', 'Charges of the order are positive, each with its kind, name and amount', async (world) => {
  same('the charges', (await rich(world)).charges, [
    { id: 'S1', kind: 'shipping', name: 'Ground', amount: 5, ...PLAIN },
    { id: 'F1', kind: 'fee', name: 'Gift wrap', amount: 2, ...PLAIN },
  ]);
});
claim('charge-taxes', '§3.4', 'The tax of a charge stands on the order and counts', async (world) => {
  const tax = { id: 'ST', kind: 'on-top', name: 'GA-SHIP', rate: 0.06, amount: 0.3, informational: false };
  same('the taxes', (await rich(world)).taxes, [tax]);
});
claim('line', '§3.4', 'A line has its id, item, quantity, unit and price', async (world) => {
  sameIn('the line', await richLine(world, '1'), {
    id: '1',
    sku: 'LAMP-01',
    quantity: 3,
    unitOfMeasure: world.site.oms.unitOfMeasure,
    unitPrice: 10,
    originalPrice: 10,
    taxIncluded: false,
  });
});
claim('discount', '§3.4', 'A discount of a line is a negative charge with its coupon', async (world) => {
  const discount = { id: 'D1', kind: 'discount', name: 'Spring', reference: 'SPRING10', amount: -1.5 };
  same('the charges', (await richLine(world, '1')).charges, [{ ...discount, ...PLAIN, ofLine: true }]);
});
claim('line-tax', '§3.4', 'A tax of a line has its code, rate and amount, and counts', async (world) => {
  const tax = { id: 'T1', kind: 'on-top', name: 'GA-STATE', rate: 0.06, amount: 1.71, informational: false };
  same('the taxes', (await richLine(world, '1')).taxes, [tax]);
});
claim('home', '§3.3', 'A line that is sent home has the whole address and the shipping method', async (world) => {
  const line = await richLine(world, '1');
  sameIn('the line', line, { delivery: 'ship-to-home', shippingMethod: 'STD_GROUND' });
  same('the address', line.address, HOME);
});
claim('pick-up', '§3.3', 'A line that is picked up names the store, and who comes', async (world) => {
  const line = await richLine(world, '2');
  sameIn('the line', line, { delivery: 'pick-up', shippingMethod: 'PICKUP', shipToLocation: 'STORE-7' });
  const who = { firstName: 'Mira', lastName: 'Oakfield', email: 'mira@example.test', phone: '+15550100' };
  same('who picks up', line.pickUpBy, [who]);
  same('the address', line.address, undefined);
});
claim('digital', '§3.3', 'A digital line names the e-mail address that it goes to', async (world) => {
  const wanted = {
    delivery: 'digital',
    shippingMethod: 'EMAIL',
    email: 'gift@example.test',
    shipToLocation: undefined,
  };
  sameIn('the line', await richLine(world, '3'), wanted);
});
claim('gift', '§3.4', 'A gift is marked, with its message as a note of the line', async (world) => {
  const line = await richLine(world, '1');
  same('the gift', [line.gift, line.notes.map(({ text }) => text)], [true, ['Many happy returns']]);
  same('what is no gift', [(await richLine(world, '2')).gift, (await richLine(world, '2')).notes], [false, []]);
});
claim('totals', '§3.5', 'What the OMS adds up is what the customer agreed to', async (world) => {
  const totals = { goods: 50, charges: 7, discounts: -1.5, taxes: 2.01, informationalTaxes: 0, total: 57.51 };
  same('the totals', (await rich(world)).totals, totals);
});
claim('line-total', '§3.5', 'The total of a line is goods less discounts plus taxes', async (world) => {
  sameIn('the line', await richLine(world, '1'), { subTotal: 30, total: 30.21 });
});
claim('tax-included', '§3.4', 'Tax that the price holds is informational and adds nothing', async (world) => {
  const { number } = await placed(world, taxIncludedTerms(world.newNumber()));
  const held = await heldOf(world, number);
  const tax = { id: 'V1', kind: 'included', name: 'VAT', rate: 0.2, amount: 1.67, informational: true };
  same('the taxes', lineOf(held, '1').taxes, [tax]);
  same('the price', lineOf(held, '1').taxIncluded, true);
  const { total, taxes, informationalTaxes } = held.totals;
  same('the totals', { total, taxes, informationalTaxes }, { total: 15, taxes: 0, informationalTaxes: 1.67 });
});
claim('order-discount', '§3.4', 'A discount on the order is spread over its lines to the cent', async (world) => {
  const lines = ['1', '2', '3'].map((id) => aCapturedLine({ id, sku: `S-${id}` }));
  const discounts = [{ id: 'OD', name: 'Ten off', coupon: undefined, amount: '10.00' }];
  const tenders = [aCapturedTender({ amount: '20.00' })];
  const { number } = await placed(world, termsOf(world.newNumber(), { lines, discounts, tenders }));
  const held = await heldOf(world, number);
  const shares = held.lines.map(({ charges }) => charges.map(({ amount }) => amount));
  same('the shares', shares, [[-3.34], [-3.33], [-3.33]]);
  const ofLine = held.lines.flatMap(({ charges }) => charges.map((charge) => charge.ofLine));
  same('whose discount it is', ofLine, [false, false, false]);
  same('the total', held.totals.total, 20);
});
claim('decimals', '§2.5', 'A quantity keeps four decimals', async (world) => {
  const lines = [aCapturedLine({ quantity: 1.2345, unitPrice: '100.00' })];
  const tenders = [aCapturedTender({ amount: '123.45' })];
  const { number } = await placed(world, termsOf(world.newNumber(), { lines, tenders }));
  sameIn('the line', lineOf(await heldOf(world, number), '1'), { quantity: 1.2345, subTotal: 123.45 });
});
claim('charge-tax-included', '§3.4', 'Where prices hold their tax, so do charges', async (world) => {
  const { number } = await placed(world, taxIncludedTerms(world.newNumber()));
  same('the charges', (await heldOf(world, number)).charges, [
    { id: 'S1', kind: 'shipping', name: 'Ground', amount: 5, ...PLAIN, taxIncluded: true },
  ]);
});
