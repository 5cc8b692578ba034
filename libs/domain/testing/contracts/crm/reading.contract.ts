import { crmOrderId, type CapturedOrder } from '@tandem/domain';
import { aCapturedTender } from '../../builders/captured-order.js';
import { holds, present, same, sameIn } from '../checks.js';
import { faultFrom } from '../fault-scene.js';
import { crmClaimsOf } from './claim.js';
import { draftOf, entered, lineIdOf, lineOf, nobody, readOf, unsplit } from './scene.js';

/** What of an order is read, and what becomes of it. */
const { claims, claim } = crmClaimsOf('reading');
export const reading = claims;

const charge: CapturedOrder['charges'][number] = {
  id: '9',
  kind: 'shipping',
  name: 'Ground',
  amount: '5.00',
  taxes: [],
};
const amounts = (all: readonly { readonly amount?: string | number | undefined }[]) =>
  all.map(({ amount }) => (amount === undefined ? undefined : Number(amount)));

claim('head', '§4.2', 'Number, time and currency of an order are read', async (world) => {
  const { draft, refs, read } = await entered(world, {}, { choices: { currency: 'USD' } });
  sameIn('the order', read, {
    crmOrderId: refs.order,
    number: draft.number,
    capturedAt: draft.capturedAt,
    currency: 'USD',
  });
});
for (const [name, pricesIncludeTax] of [
  ['gross', true],
  ['net', false],
] as const) {
  claim(`prices-${name}`, '§4.2', `An order with ${name} prices is read as one`, async (world) => {
    same('the prices', (await entered(world, { pricesIncludeTax })).read.pricesIncludeTax, pricesIncludeTax);
  });
}
claim('notes', '§4.2', 'Purchase order number and instructions are read', async (world) => {
  const said = { purchaseOrderNumber: 'PO-77', instructions: 'Ring twice' };
  sameIn('the order', (await entered(world, said)).read, said);
});
claim('not-before', '§4.2', 'The time before which nothing may leave is read to the second', async (world) => {
  const releaseNotBefore = '2026-04-01T06:30:15.000Z';
  same('the time', (await entered(world, { releaseNotBefore })).read.releaseNotBefore, releaseNotBefore);
});
claim('customer', '§4.2', 'The customer is read with key, name, e-mail, phone and exemption', async (world) => {
  const customer = {
    key: world.newKey(),
    firstName: 'Ada',
    lastName: 'Fern',
    email: 'ada@example.test',
    phone: '+15550102',
    taxExemptId: 'EX-1',
  };
  same('the customer', (await entered(world, { customer })).read.customer, customer);
});
claim('guest', '§4.2', 'A customer without a key is read as a guest', async (world) => {
  const { read } = await entered(world);
  same('the key', present('the customer', read.customer).key, undefined);
  same('the name', read.customer?.lastName, 'Oakfield');
});
claim('bill-to', '§4.2', 'The address of the bill is read with each line of its street', async (world) => {
  const billTo = unsplit({ lines: ['1 Bill Road', 'Floor 2', 'Door 3'], city: 'Moss', state: 'GA' });
  const { read } = await entered(world, { billTo }, { billTo: { firstName: 'Bea', lastName: 'Moss' } });
  sameIn('the address', read.billTo, {
    firstName: 'Bea',
    lastName: 'Moss',
    lines: billTo.lines,
    city: 'Moss',
    state: 'GA',
    postalCode: billTo.postalCode,
    country: 'US',
  });
});
claim('lines', '§4.2', 'Every line is read with id, item, text, quantity and price', async (world) => {
  const lines = [
    lineOf('1', { sku: 'LAMP-01', description: 'Lamp', quantity: 3, unitPrice: '19.90' }),
    lineOf('2', { sku: 'TRAY-02', description: 'Tray', quantity: 1, unitPrice: '4.05' }),
  ];
  const { read } = await entered(world, { lines });
  same('the number of lines', read.lines.length, 2);
  for (const line of lines) {
    const seen = present(
      `line ${line.id}`,
      read.lines.find(({ id }) => id === line.id),
    );
    sameIn(`line ${line.id}`, seen, { sku: line.sku, description: line.description, quantity: line.quantity });
    same('the price', Number(seen.unitPrice), Number(line.unitPrice));
  }
});
claim('line-record', '§2.10', 'Each line keeps the id of its record, by which it is shown later', async (world) => {
  const { refs, read } = await entered(world, { lines: [lineOf('1'), lineOf('2')] });
  for (const { id, crmLineId } of read.lines) same(`line ${id}`, crmLineId, lineIdOf(refs, id ?? ''));
});
claim('fractions', '§4.2', 'A quantity with a fraction is read as it is', async (world) => {
  same(
    'the quantity',
    (await entered(world, { lines: [lineOf('1', { quantity: 2.5 })] })).read.lines[0]?.quantity,
    2.5,
  );
});
claim('delivery', '§4.2', 'The way and the address of a delivery are read', async (world) => {
  const address = unsplit({ lines: ['4 Elm Row', 'Back door'], phone: '+15550103', email: 'door@example.test' });
  const { read } = await entered(world, {
    lines: [lineOf('1', { delivery: { method: 'Standard Ground', address, store: undefined } })],
  });
  same('the way', read.lines[0]?.delivery?.method, 'Standard Ground');
  same('the address', read.lines[0]?.delivery?.address, address);
});
claim('store', '§4.2', 'The store of a pick-up is read', async (world) => {
  const delivery = { method: 'Store Pickup', store: 'STORE-7', address: undefined };
  sameIn('the delivery', (await entered(world, { lines: [lineOf('1', { delivery })] })).read.lines[0]?.delivery, {
    method: 'Store Pickup',
    store: 'STORE-7',
  });
});
claim('two-deliveries', '§4.2', 'Lines that go to two addresses are read with their own', async (world) => {
  const to = (city: string) => ({ method: 'Standard Ground', address: unsplit({ city }), store: undefined });
  const lines = [lineOf('1', { delivery: to('Moss') }), lineOf('2', { delivery: to('Dale') })];
  const { read } = await entered(world, { lines });
  const cityOf = (wanted: string) => read.lines.find(({ id }) => id === wanted)?.delivery?.address?.city;
  same('the cities', [cityOf('1'), cityOf('2')], ['Moss', 'Dale']);
});
claim('gift', '§4.2', 'A gift is read with its message, and what is none without', async (world) => {
  const lines = [lineOf('1', { gift: { message: 'Many happy returns' } }), lineOf('2')];
  const { read } = await entered(world, { lines });
  const giftOf = (wanted: string) => read.lines.find(({ id }) => id === wanted)?.gift;
  same('the gift', giftOf('1'), { message: 'Many happy returns' });
  same('the other', giftOf('2'), undefined);
});
claim(
  'discount',
  '§4.2',
  'A discount on a line is read as what it takes off, with its name and coupon',
  async (world) => {
    const discounts = [{ id: 'D', name: 'Spring', coupon: undefined, amount: '1.50' }];
    const { read } = await entered(world, { lines: [lineOf('1', { discounts })] });
    same('the amounts', amounts(read.lines[0]?.discounts ?? []), [1.5]);
    same('the name', read.lines[0]?.discounts[0]?.name, 'Spring');
  },
);
claim('order-discount', '§4.2', 'A discount on the order as a whole is read as what it takes off', async (world) => {
  const { read } = await entered(world, {
    discounts: [{ id: 'O', name: 'Welcome', coupon: undefined, amount: '2.25' }],
  });
  same('the amounts', amounts(read.discounts), [2.25]);
  same('the name', read.discounts[0]?.name, 'Welcome');
});
claim('taxes', '§4.2', 'A tax on a line is read with its amount, and its rate as a fraction', async (world) => {
  const taxes = [{ id: 'X', name: 'GA-STATE', rate: 0.0625, amount: '0.63' }];
  const [tax] = (await entered(world, { lines: [lineOf('1', { taxes })] })).read.lines[0]?.taxes ?? [];
  sameIn('the tax', tax, { name: 'GA-STATE', rate: 0.0625 });
  same('the amount', Number(tax?.amount), 0.63);
});
claim('taxes-of-their-line', '§4.2', 'Each tax is read with the line that it stands on', async (world) => {
  const taxed = (id: string, amount: string) => lineOf(id, { taxes: [{ id: 'X', name: 'GA', rate: 0.05, amount }] });
  const { read } = await entered(world, { lines: [taxed('1', '0.11'), taxed('2', '0.22'), lineOf('3')] });
  const taxOf = (wanted: string) => amounts(read.lines.find(({ id }) => id === wanted)?.taxes ?? []);
  same('the taxes', [taxOf('1'), taxOf('2'), taxOf('3')], [[0.11], [0.22], []]);
});
for (const kind of ['shipping', 'fee'] as const) {
  claim(`charge-${kind}`, '§4.2', `What is paid as ${kind} is read as a charge and not as a line`, async (world) => {
    const { read } = await entered(world, { charges: [{ ...charge, kind }] });
    same('the lines', read.lines.length, 1);
    same(
      'the kinds',
      read.charges.map((one) => one.kind),
      [kind],
    );
    same('the amounts', amounts(read.charges), [5]);
    same('the name', read.charges[0]?.name, 'Ground');
  });
}
claim('charge-taxes', '§4.2', 'The tax on a charge is read with the charge', async (world) => {
  const taxes = [{ id: 'X', name: 'GA-SHIP', rate: 0.06, amount: '0.30' }];
  const { read } = await entered(world, { charges: [{ ...charge, taxes }] });
  same('the taxes', amounts(read.charges[0]?.taxes ?? []), [0.3]);
  same('those of the line', read.lines[0]?.taxes, []);
});
claim('tender', '§4.5', 'What was paid is read with every field that a payment has', async (world) => {
  const tender = aCapturedTender({
    id: world.newKey(),
    type: 'Credit Card',
    gateway: 'PAYGATE',
    authorizationId: 'AUTH-1',
    authorizationExpires: '2026-03-08T10:00:00.000Z',
  });
  const { read } = await entered(world, { tenders: [{ ...tender, amount: 12, authorized: 11, captured: 7.51 }] });
  same('the payments', read.tenders.length, 1);
  sameIn('the payment', read.tenders[0], {
    ...tender,
    amount: 12,
    authorized: 11,
    captured: 7.51,
  });
});
claim('tenders', '§4.5', 'Each of several payments is read', async (world) => {
  const ids = [world.newKey(), world.newKey()];
  const tenders = ids.map((id, at) => aCapturedTender({ id, type: at === 0 ? 'Credit Card' : 'Gift Card' }));
  const { read } = await entered(world, { tenders });
  same(
    'the payments',
    read.tenders.map(({ id, type }) => [id, type]),
    [
      [ids[0], 'Credit Card'],
      [ids[1], 'Gift Card'],
    ],
  );
});
claim('nothing-invented', '§4.2', 'What an order does not have is not invented', async (world) => {
  const { read } = await entered(world, { tenders: [] });
  same('payments', read.tenders, []);
  same('charges', read.charges, []);
  same('discounts', [...read.discounts, ...read.lines.flatMap(({ discounts }) => discounts)], []);
  sameIn('the notes', read, { purchaseOrderNumber: undefined, instructions: undefined, releaseNotBefore: undefined });
});
claim('one-call', '§2.4', 'An order is read in one call, once the org is known', async (world) => {
  const { refs } = await entered(world, { lines: [lineOf('1'), lineOf('2')] });
  const before = world.wire.heard('any').length;
  await readOf(world, refs);
  same('calls', world.wire.heard('any').length - before, 1);
});
claim('repeatable', '§2.6', 'Two readings of one order are the same to the letter', async (world) => {
  const taxes = ['A', 'B', 'C'].map((name) => ({ id: name, name, rate: 0.01, amount: '0.10' }));
  const { refs, read } = await entered(world, { lines: ['1', '2', '3'].map((id) => lineOf(id, { taxes })) });
  same('the order', await readOf(world, refs), read);
});
claim('pages', '§2.6', 'An order of more lines than one page holds is read whole', async (world) => {
  const lines = Array.from({ length: 25 }, (_, at) => lineOf(String(at + 1)));
  const draft = draftOf(world, { lines });
  const refs = await world.desk.enterOrder(draft);
  world.wire.pagesOf(10);
  const read = await readOf(world, refs);
  same(
    'the lines',
    read.lines.map(({ id }) => Number(id)).toSorted((a, b) => a - b),
    lines.map(({ id }) => Number(id)),
  );
  holds('pages were asked for', world.wire.heard('next-page').length >= 2);
});
claim('pages-of-parts', '§2.6', 'Taxes on a later page are read with their lines', async (world) => {
  const taxes = [{ id: 'X', name: 'GA', rate: 0.01, amount: '0.10' }];
  const lines = Array.from({ length: 5 }, (_, at) => lineOf(String(at + 1), { taxes }));
  const refs = await world.desk.enterOrder(draftOf(world, { lines }));
  world.wire.pagesOf(2);
  const read = await readOf(world, refs);
  same(
    'the taxes',
    read.lines.map((line) => line.taxes.length),
    [1, 1, 1, 1, 1],
  );
});
claim('pages-of-tenders', '§2.6', 'Payments on a later page are read', async (world) => {
  const tenders = Array.from({ length: 5 }, () => aCapturedTender({ id: world.newKey() }));
  const refs = await world.desk.enterOrder(draftOf(world, { tenders }));
  world.wire.pagesOf(2);
  same('the payments', (await readOf(world, refs)).tenders.length, 5);
});
claim('nobody', '§2.2', 'An order that is not there is answered as none', async (world) => {
  const { refs } = await entered(world);
  same('the order', await world.ports().orders.read(world.site, crmOrderId(nobody(refs.order))), undefined);
});
claim('removed', '§2.2', 'An order that was deleted is answered as none', async (world) => {
  const { refs } = await entered(world);
  await world.desk.remove('order', refs.order);
  same('the order', await world.ports().orders.read(world.site, refs.order), undefined);
});
claim('other-kind', '§2.10', 'The id of another kind of record is answered as none', async (world) => {
  const { refs } = await entered(world);
  same('the order', await world.ports().orders.read(world.site, crmOrderId(refs.account)), undefined);
});
claim('short-id', '§2.10', 'An id of 15 characters finds the order', async (world) => {
  const { refs, draft } = await entered(world);
  const short = crmOrderId(refs.order.slice(0, 15));
  same('the number', (await world.ports().orders.read(world.site, short))?.number, draft.number);
});
for (const [name, id] of Object.entries({
  quote: "801' OR Name != '",
  backslash: '801000000000001\\',
  empty: '',
})) {
  claim(
    `literal-${name}`,
    '§2.6',
    `An id with a ${name} in it is answered as none and cannot widen the query`,
    async (world) => {
      await entered(world);
      same('the order', await world.ports().orders.read(world.site, crmOrderId(id)), undefined);
    },
  );
}
claim('no-right', '§2.11', 'A missing right stops the work with the org, until a person grants it', async (world) => {
  const { refs } = await entered(world);
  world.wire.misbehave('no-right', 'read');
  const fault = await faultFrom(() => readOf(world, refs));
  same('the reaction', fault.kind, 'suspending');
  same('the code', fault.code, 'crm.access_missing');
});
