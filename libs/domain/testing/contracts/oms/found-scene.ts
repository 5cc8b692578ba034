import { lineId, type OrderNumber } from '@tandem/domain';
import { answered, holds } from './claim.js';
import { parcelOf, releasedOf } from './life-scene.js';
import type { Capability, OmsWorld } from './oms-world.js';
import { placed, placedOf, richTerms, taxIncludedTerms } from './scene.js';

interface FoundOrder {
  readonly id: string;
  /** Completes "A search finds …". */
  readonly what: string;
  readonly make: (world: OmsWorld) => Promise<OrderNumber>;
  readonly needs?: readonly Capability[];
}

const ONE = lineId('1');
const TWO = lineId('2');

async function shipped(world: OmsWorld): Promise<OrderNumber> {
  const { number } = await placed(world, richTerms(world.newNumber()));
  await world.warehouse.allocate(number);
  await world.warehouse.release(number);
  await world.warehouse.ship(number, ONE, 2, parcelOf(number));
  await world.otherHost.applyHold(number, 'PaymentFraud');
  return number;
}

async function cancelled(world: OmsWorld): Promise<OrderNumber> {
  const { number } = await placedOf(world, 2, 1);
  await world.otherHost.cancel(number, 'Cancel Line');
  return number;
}

async function cancelledInPart(world: OmsWorld): Promise<OrderNumber> {
  const { number } = await placedOf(world, 3, 1);
  const lines = [{ id: ONE, quantity: 1 }, { id: TWO }];
  const cancellation = { number, version: 2, reason: 'Cancel Line', lines };
  answered(await world.ports().changes.cancel(world.site, cancellation), 'changed');
  return number;
}

async function shorted(world: OmsWorld): Promise<OrderNumber> {
  const number = await releasedOf(world, 3);
  await world.warehouse.short(number, ONE, 2, 'cancel');
  return number;
}

async function waiting(world: OmsWorld): Promise<OrderNumber> {
  const { number } = await placedOf(world, 1, 1);
  await world.otherHost.keepUntil(number, ONE, '2026-11-21T18:00:00.000Z');
  await world.otherHost.promise(number, TWO, '2026-11-24T12:00:00.000Z');
  return number;
}

async function bookedElsewhere(world: OmsWorld): Promise<OrderNumber> {
  const { number } = await placedOf(world, 1);
  const card = { type: 'Credit Card', amount: 10 };
  await world.otherHost.book(number, { ...card, id: 'B1', authorized: 10, settled: 4 });
  await world.otherHost.book(number, { ...card, id: 'B2', authorized: 10, voided: true });
  const transactions = [
    { type: 'Settlement', requested: 5, processed: 5, answer: 'Failure' },
    { type: 'Settlement', requested: 2 },
  ] as const;
  await world.otherHost.book(number, { ...card, id: 'B3', transactions });
  return number;
}

async function askedToCancel(world: OmsWorld): Promise<OrderNumber> {
  await world.tenant({ lateCancels: 'on', lateCancelOutcome: 'undecided' });
  const number = await releasedOf(world, 2, 1);
  const { changes } = world.ports({ lateCancels: 'line-by-line' });
  const wanted = { number, version: 2, reason: '1000.000', lines: [{ id: ONE }] };
  holds('it is asked for', (await changes.cancel(world.site, wanted)).kind === 'requested');
  return number;
}

export const FOUND_ORDERS: readonly FoundOrder[] = [
  { id: 'shipped', what: 'a shipped order, with its parcels, holds and rich tenders,', make: shipped },
  {
    id: 'tax-included',
    what: 'an order whose prices hold their tax',
    make: async (world) => (await placed(world, taxIncludedTerms(world.newNumber()))).number,
  },
  { id: 'cancelled', what: 'a cancelled order, with what it was worth and why,', make: cancelled },
  { id: 'cancelled-in-part', what: 'an order of which a line and some units were cancelled', make: cancelledInPart },
  { id: 'shorted', what: 'an order that came up short', make: shorted, needs: ['shorts'] },
  { id: 'waiting', what: 'an order that waits until a moment, and is promised for another,', make: waiting },
  { id: 'booked-elsewhere', what: 'an order whose tenders another host booked', make: bookedElsewhere },
  {
    id: 'asked-to-cancel',
    what: 'an order of which a released line was asked to be cancelled',
    make: askedToCancel,
    needs: ['tenant-settings'],
  },
];
