import type { OrderNumber, OrderTerms } from '@tandem/domain';
import { aCapturedAddress, aCapturedLine, aCapturedTender } from '../../builders/captured-order.js';
import { anAcceptedOrder } from '../../builders/order.js';
import { answered, present } from './claim.js';
import type { HeldLine, HeldOrder } from './held-order.js';
import type { OmsWorld } from './oms-world.js';

type Captured = NonNullable<Parameters<typeof anAcceptedOrder>[0]>;

/** Lines `1`, `2`, … of these quantities at 10.00 each, of one sku for each line. */
export function plainTerms(number: OrderNumber, ...quantities: readonly number[]): OrderTerms {
  const lines = quantities.map((quantity, index) =>
    aCapturedLine({ id: String(index + 1), sku: `SKU-${index + 1}`, quantity }),
  );
  const total = quantities.reduce((sum, quantity) => sum + quantity * 10, 0);
  return termsOf(number, { lines, tenders: [aCapturedTender({ amount: total, authorized: total })] });
}

export const termsOf = (number: OrderNumber, captured: Captured): OrderTerms =>
  anAcceptedOrder({ ...captured, number }).terms;

/** An order with everything that one can have: 57.51 in all. */
export const richTerms = (number: OrderNumber): OrderTerms =>
  termsOf(number, {
    purchaseOrderNumber: 'PO-77',
    instructions: 'Ring twice',
    ...richParties,
    lines: richLines(),
    ...richMoney,
  });

const richParties: Partial<Captured> = {
  billTo: aCapturedAddress({
    firstName: 'Ada',
    lines: ['1 Bill Road', 'Floor 2', 'Door 3'],
    city: 'Moss',
    phone: '+15550101',
    email: 'bill@example.test',
  }),
  customer: {
    key: undefined,
    firstName: 'Mira',
    lastName: 'Oakfield',
    email: 'mira@example.test',
    phone: '+15550100',
    taxExemptId: undefined,
  },
};

/** One shipped, one picked up, one sent by e-mail. */
function richLines(): NonNullable<Captured['lines']> {
  const pickedUp = { method: 'Store Pickup', store: 'STORE-7', address: undefined };
  const digital = { method: 'By E-Mail', store: undefined, address: aCapturedAddress({ email: 'gift@example.test' }) };
  return [
    aCapturedLine({
      id: '1',
      quantity: 3,
      gift: { message: 'Many happy returns' },
      discounts: [{ id: 'D1', name: 'Spring', coupon: 'SPRING10', amount: '1.50' }],
      taxes: [{ id: 'T1', name: 'GA-STATE', rate: 0.06, amount: '1.71' }],
    }),
    aCapturedLine({ id: '2', sku: 'LAMP-02', delivery: pickedUp }),
    aCapturedLine({ id: '3', sku: 'CARD-03', delivery: digital }),
  ];
}

const richMoney: Partial<Captured> = {
  charges: [
    {
      id: 'S1',
      kind: 'shipping',
      name: 'Ground',
      amount: '5.00',
      taxes: [{ id: 'ST', name: 'GA-SHIP', rate: 0.06, amount: '0.30' }],
    },
    { id: 'F1', kind: 'fee', name: 'Gift wrap', amount: '2.00', taxes: [] },
  ],
  tenders: [
    aCapturedTender({
      amount: '57.51',
      authorized: '57.51',
      captured: '7.51',
      gateway: 'PAYGATE',
      authorizationId: 'AUTH-1',
      authorizationExpires: '2026-03-08T10:00:00.000Z',
    }),
  ],
};

/** Prices that hold their tax: 10.00, and 5.00 to send it. */
export function taxIncludedTerms(number: OrderNumber): OrderTerms {
  const taxes = [{ id: 'V1', name: 'VAT', rate: 0.2, amount: '1.67' }];
  return termsOf(number, {
    pricesIncludeTax: true,
    lines: [aCapturedLine({ taxes })],
    charges: [{ id: 'S1', kind: 'shipping', name: 'Ground', amount: '5.00', taxes: [] }],
    tenders: [aCapturedTender({ amount: '15.00' })],
  });
}

export async function placed(world: OmsWorld, terms: OrderTerms): Promise<OrderTerms> {
  answered(await world.ports().orders.place(world.site, terms), 'placed');
  return terms;
}

export const placedOf = (world: OmsWorld, ...quantities: readonly number[]) =>
  placed(world, plainTerms(world.newNumber(), ...quantities));

export const heldOf = async (world: OmsWorld, number: OrderNumber): Promise<HeldOrder> =>
  present(`order ${number} at the OMS`, await world.held(number));

export const lineOf = (held: HeldOrder, id: string): HeldLine =>
  present(
    `line ${id}`,
    held.lines.find((line) => line.id === id),
  );
