import type { TenderStanding } from '@tandem/domain';
import { claimsOf, present, same } from './claim.js';
import { bookOf } from './life-scene.js';
import type { BookedTender } from './oms-other-host.js';
import type { OmsWorld } from './oms-world.js';
import { placedOf } from './scene.js';

/** Tenders that another host books, as our side sees them. */
const { claims, claim } = claimsOf('tender', 'manual-life');
export const tenders = claims;

const CARD = { id: 'CC2', type: 'Credit Card', amount: 10 };

/** What the book says of a tender that was booked so. */
async function booked(world: OmsWorld, tender: Partial<BookedTender>) {
  const { number } = await placedOf(world, 1);
  await world.otherHost.book(number, { ...CARD, ...tender });
  const told = present('tenders', (await bookOf(world, number)).tenders);
  return told.find(({ id }) => id === CARD.id);
}
const standing = (authorized: number, captured: number, refunded = 0) =>
  ({ id: CARD.id, authorized, captured, refunded }) as TenderStanding;

claim('amounts', '§3.4', 'A tender without transactions is told by its amounts', async (world) => {
  same('the tender', await booked(world, { authorized: 10, settled: 4 }), standing(1000, 400));
});
claim('voided', '§3.4', 'A tender that was voided is not told', async (world) => {
  same('the tender', await booked(world, { authorized: 10, voided: true }), undefined);
});
claim('reversed', '§3.4', 'What was reversed is authorized no more', async (world) => {
  const transactions = [
    { type: 'Authorization', requested: 10, processed: 10, answer: 'Success' },
    { type: 'Authorization Reversal', requested: 4, processed: 4, answer: 'Success' },
  ] as const;
  same('the tender', await booked(world, { transactions }), standing(600, 0));
});
claim('settled', '§3.4', 'Settlements that went through are captured, one that failed is not', async (world) => {
  const transactions = [
    { type: 'Settlement', requested: 3, processed: 3, answer: 'Success' },
    { type: 'Settlement', requested: 5, processed: 5, answer: 'Failure' },
    { type: 'Settlement', requested: 2 },
  ] as const;
  same('the tender', await booked(world, { authorized: 10, transactions }), standing(1000, 500));
});
claim('refunded', '§3.4', 'What was refunded is told beside what was captured', async (world) => {
  const transactions = [
    { type: 'Settlement', requested: 10, processed: 10, answer: 'Success' },
    { type: 'Refund', requested: 4, processed: -4, answer: 'Success' },
  ] as const;
  same('the tender', await booked(world, { authorized: 10, transactions }), standing(1000, 1000, 400));
});
