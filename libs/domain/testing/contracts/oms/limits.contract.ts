import { customerChange, customerKey, lineId, type RegisteredCustomer } from '@tandem/domain';
import { answered, claimsOf, holds, present, same, sameIn } from './claim.js';
import { heldOf, placedOf, plainTerms, termsOf } from './scene.js';

/** What an order may not be, and customers. */
const { claims, claim } = claimsOf('limits');
export const limits = claims;

claim('line-limit', '§2.7', 'An order of 250 lines is taken whole', async (world) => {
  const { number } = await placedOf(world, ...Array<number>(250).fill(1));
  same('the lines', (await heldOf(world, number)).lines.length, 250);
});
claim('over-line-limit', '§2.7', 'A line more is refused before it is sent', async (world) => {
  const terms = plainTerms(world.newNumber(), ...Array<number>(250).fill(1));
  const [first] = terms.lines;
  const lines = [...terms.lines, ...(first ? [{ ...first, id: lineId('251') }] : [])];
  const answer = answered(await world.ports().orders.place(world.site, { ...terms, lines }), 'refused');
  holds(
    'the rule is named',
    answer.violations.some(({ field }) => field.includes('lines')),
  );
  same('saves', world.wire.calls('save'), 0);
});
for (const [name, sign] of Object.entries({ hash: '#', plus: '+', question: '?', slash: '/' })) {
  claim(`number-${name}`, '§10.20', `An order number with ${sign} is refused before it is sent`, async (world) => {
    const number = `${world.newNumber()}${sign}1`;
    const answer = await world.ports().orders.place(world.site, termsOf(world.newNumber(), { number }));
    same('the answer of a good number', answer.kind, 'placed');
    const bad = { ...plainTerms(world.newNumber(), 1), number: number as ReturnType<typeof world.newNumber> };
    answered(await world.ports().orders.place(world.site, bad), 'refused');
    same('the order', await world.held(bad.number), undefined);
  });
}
claim('customer', '§8', 'A customer is saved with name, contact, exemption and addresses', async (world) => {
  const key = customerKey(`C-${world.newNumber()}`);
  const address = { lines: ['1 Way', 'Flat 2'], city: 'Moss', state: 'GA', postalCode: '30302', country: 'US' };
  const customer: RegisteredCustomer = {
    kind: 'registered',
    key,
    firstName: 'Ada',
    lastName: 'Fern',
    email: 'ada@example.test',
    phone: '+15550102',
    taxExemptId: 'EX-1',
    addresses: [
      { id: 'A1', use: 'shipping', address },
      { id: 'A2', use: 'billing', address: { ...address, city: 'Dale' } },
    ],
  };
  await world.ports().customers.save(world.site, customerChange(customer, {}));
  same('the customer', await world.heldCustomer(key), {
    key,
    firstName: 'Ada',
    lastName: 'Fern',
    email: 'ada@example.test',
    phone: '+15550102',
    taxExemptId: 'EX-1',
    addresses: [
      { id: 'A1', use: 'shipping', address },
      { id: 'A2', use: 'billing', address: { ...address, city: 'Dale' } },
    ],
  });
});
claim(
  'customer-delta',
  '§2.5',
  'A save of one field, or of one field of an address, leaves the others',
  async (world) => {
    const key = customerKey(`C-${world.newNumber()}`);
    const address = { lines: ['1 Way', 'Flat 2'], city: 'Moss', state: 'GA', postalCode: '30302', country: 'US' };
    const customer: RegisteredCustomer = {
      kind: 'registered',
      key,
      firstName: 'Ada',
      lastName: 'Fern',
      phone: '+15550102',
      addresses: [{ id: 'A1', use: 'shipping', address }],
    };
    await world.ports().customers.save(world.site, customerChange(customer, {}));
    await world.ports().customers.save(world.site, {
      key,
      fields: { lastName: 'Moor' },
      addresses: [{ id: 'A1', use: 'shipping', fields: { city: 'Dale' } }],
    });
    const held = present('customer', await world.heldCustomer(key));
    sameIn('the customer', held, { firstName: 'Ada', lastName: 'Moor', phone: '+15550102' });
    same('the addresses', held.addresses.length, 1);
    sameIn('the address', held.addresses[0]?.address, { ...address, city: 'Dale' });
  },
);
