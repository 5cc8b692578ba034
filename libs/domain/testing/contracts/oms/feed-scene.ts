import type { FeedDelivery, FeedEnvelope, OrderNumber, OrderSnapshot } from '@tandem/domain';
import { lineId } from '@tandem/domain';
import { present } from './claim.js';
import { bookOf, parcelOf, placesOf, releasedOf, type Places } from './life-scene.js';
import type { MessageShape, OmsWorld } from './oms-world.js';

type Door = Parameters<OmsWorld['messages']['listen']>[0];

/** What `shippedInPart` goes through. */
export const LIFE = ['2 open', '2 allocated', '2 released', '1 released, 1 shipped'];

/** One order of a message, as the feed reads it. */
export interface Told {
  readonly delivery: FeedDelivery;
  readonly envelope: FeedEnvelope;
  readonly snapshot: OrderSnapshot;
}

/** All that was told of an order so far, in the order of arrival. */
function toldOf(world: OmsWorld, number: OrderNumber): readonly Told[] {
  const { feed } = world.ports();
  return world.messages.received().flatMap((delivery) => {
    const envelope = feed.open(delivery);
    return envelope.orders.flatMap(({ orderNumber }, position) =>
      orderNumber === number ? [{ delivery, envelope, snapshot: feed.snapshot(delivery, position) }] : [],
    );
  });
}

/** All that was told once the condition holds. */
export const toldWhen = (
  world: OmsWorld,
  number: OrderNumber,
  what: string,
  enough: (told: readonly Told[]) => boolean,
): Promise<readonly Told[]> =>
  world.eventually(what, () => {
    const told = toldOf(world, number);
    return Promise.resolve(enough(told) ? told : undefined);
  });

/** Two units, of which one is shipped; what the book says of it at the end. */
export async function shippedInPart(world: OmsWorld): Promise<OrderSnapshot> {
  const number = await releasedOf(world, 2);
  await world.warehouse.ship(number, lineId('1'), 1, parcelOf(number));
  return bookOf(world, number);
}

/** The moments of its life in words, by the clock of the OMS and without repeats. */
export const stepsOf = (told: readonly Told[]): readonly string[] => [
  ...new Set(
    [...told]
      .sort((left, right) => (left.snapshot.at < right.snapshot.at ? -1 : 1))
      .map(({ snapshot }) => inWords(placesOf(snapshot))),
  ),
];

const inWords = (places: Places): string =>
  Object.entries(places)
    .map(([stage, quantity]) => `${quantity} ${stage}`)
    .sort()
    .join(', ');

export const wasShipped = (told: readonly Told[]): boolean =>
  told.some(({ snapshot }) => (placesOf(snapshot).shipped ?? 0) > 0);

/** A life of one parcel, listened to in some shape; ends with what the book says. */
export async function heard(world: OmsWorld, shape: MessageShape, door: Door = 'push') {
  await world.messages.listen(door, shape);
  const book = await shippedInPart(world);
  const told = await toldWhen(world, book.orderNumber, 'all its steps', (some) => stepsOf(some).length >= LIFE.length);
  return { book, told };
}

export const newest = (told: readonly Told[]): OrderSnapshot =>
  present(
    'snapshot',
    told.map(({ snapshot }) => snapshot).reduce((last, next) => (next.at >= last.at ? next : last)),
  );
