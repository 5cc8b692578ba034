import { aCapturedTender } from '../../builders/captured-order.js';
import { claimsOf, same, sameIn } from './claim.js';
import { HOME, rich } from './rich-scene.js';
import { heldOf, placed, termsOf } from './scene.js';

/** The tenders of a new order, read back at the OMS. */
const { claims, claim } = claimsOf('place');
export const paying = claims;

claim(
  'payment',
  '§3.4',
  'A tender is a payment method with amounts, token and gateway, never processed by the OMS',
  async (world) => {
    const [payment, ...more] = (await rich(world)).payments;
    same('further payments', more, []);
    sameIn('the payment', payment, {
      processing: 'ExternalProcessing',
      id: 'T1',
      type: 'Credit Card',
      card: 'Visa',
      amount: 57.51,
      turn: 1,
      authorized: 57.51,
      settled: 7.51,
      currency: 'USD',
      gateway: 'PAYGATE',
      token: 'tok-1',
      displayNumber: '1111',
    });
  },
);
claim('bill-to', '§8', 'The billing address stands on the payment method', async (world) => {
  same('the address', (await rich(world)).payments[0]?.billTo, {
    ...HOME,
    firstName: 'Ada',
    lines: ['1 Bill Road', 'Floor 2', 'Door 3'],
    city: 'Moss',
    phone: '+15550101',
    email: 'bill@example.test',
  });
});
claim(
  'authorization',
  '§3.4',
  'What was authorized is a closed, successful transaction with its id and expiry',
  async (world) => {
    sameIn('the transaction', (await rich(world)).payments[0]?.transactions[0], {
      type: 'Authorization',
      status: 'Closed',
      response: 'Success',
      transmission: 'Closed',
      active: true,
      refundable: false,
      requested: 57.51,
      processed: 57.51,
      request: 'AUTH-1',
      expiresAt: '2026-03-08T10:00:00.000Z',
    });
  },
);
claim(
  'settlement',
  '§3.4',
  'What was captured already is a settlement that follows the authorization',
  async (world) => {
    sameIn('the transaction', (await rich(world)).payments[0]?.transactions[1], {
      type: 'Settlement',
      status: 'Closed',
      response: 'Success',
      transmission: 'Closed',
      active: true,
      refundable: true,
      requested: 7.51,
      processed: 7.51,
      follows: 'AUTH-1',
    });
  },
);
claim(
  'two-tenders',
  '§3.4',
  'Two tenders are two payment methods, each with its own type and amount',
  async (world) => {
    const gift = aCapturedTender({
      id: 'T2',
      type: 'Gift Card',
      amount: '4.00',
      authorized: '4.00',
      cardBrand: undefined,
    });
    const tenders = [aCapturedTender({ amount: '6.00', authorized: '6.00' }), gift];
    const { number } = await placed(world, termsOf(world.newNumber(), { tenders }));
    const { payments } = await heldOf(world, number);
    const seen = payments.map(({ id, type, card, amount, turn }) => ({ id, type, card, amount, turn }));
    same('the payments', seen, [
      { id: 'T1', type: 'Credit Card', card: 'Visa', amount: 6, turn: 1 },
      { id: 'T2', type: 'Gift Card', amount: 4, turn: 2 },
    ]);
  },
);
