import type { FeedDelivery, OrderSnapshot } from '@tandem/domain';
import { claimsOf, holds, present, same } from './claim.js';
import { heard, LIFE, newest, shippedInPart, stepsOf, toldWhen, wasShipped, type Told } from './feed-scene.js';
import { placesOf } from './life-scene.js';
import type { Capability, OmsWorld } from './oms-world.js';

/** What the feed reads of what the OMS really publishes, by each door and in each shape. */
const { claims, claim } = claimsOf('events', 'messages', 'manual-life');
export const events = claims;

type Door = Parameters<OmsWorld['messages']['listen']>[0];
const DOORS: Readonly<Record<Door, Capability>> = {
  push: 'push-door',
  'pubsub-push': 'push-door',
  queue: 'queue-door',
  pull: 'pull-door',
};

for (const [door, need] of Object.entries(DOORS) as [Door, Capability][])
  claim(
    `door-${door}`,
    '§7.1',
    `Through the door ${door} every step is told, and the last as the book has it`,
    async (world) => {
      const { book, told } = await heard(world, {}, door);
      same('the steps', stepsOf(told), LIFE);
      same('the last of them', newest(told), book);
    },
    need,
  );
for (const door of ['push', 'queue', 'pull'] as const)
  claim(
    `wrapped-${door}`,
    '§7.2',
    `A message that is wrapped with its headers is read alike through the door ${door}`,
    async (world) => {
      const { book, told } = await heard(world, { body: 'wrapped' }, door);
      same('the steps', stepsOf(told), LIFE);
      same('the last of them', newest(told), book);
      for (const { envelope } of told) same('length of the message id', envelope.messageId?.length, 34);
    },
    DOORS[door],
    'message-shapes',
  );
claim(
  'message-id',
  '§7.2',
  'The id of a message is the one in its headers, and another for every message',
  async (world) => {
    const { told } = await heard(world, {});
    for (const { delivery, envelope } of told) same('the id', envelope.messageId, delivery.headers['msg_id_pk']);
    const ids = told.map(({ envelope }) => present('message id', envelope.messageId));
    same('different ids', new Set(ids).size, told.length);
  },
  'push-door',
);
claim(
  'no-message-id',
  '§7.2',
  'A message without an id is read, and says that it has none',
  async (world) => {
    const { book, told } = await heard(world, {});
    const { delivery } = present('message', told.at(-1));
    const bare: FeedDelivery = { headers: {}, body: delivery.body };
    const envelope = world.ports().feed.open(bare);
    same('the id', envelope.messageId, undefined);
    same('the orders', envelope.orders, [{ organization: book.organization, orderNumber: book.orderNumber }]);
  },
  'push-door',
);
claim(
  'copies',
  '§7.2',
  'Copies of a message keep its id',
  async (world) => {
    const { told } = await heard(world, { copies: 3 });
    const { orderNumber } = newest(told);
    const all = await toldWhen(world, orderNumber, 'every copy', (some) => some.length > 0 && evenThrice(some));
    same('the steps', stepsOf(all), LIFE);
    same('messages of each id', [...timesOfIds(all).values()], [3, 3, 3, 3]);
  },
  'push-door',
  'message-shapes',
);
claim(
  'copies-wrapped',
  '§7.2',
  'Copies of a wrapped message keep its id',
  async (world) => {
    const { told } = await heard(world, { copies: 3, body: 'wrapped' });
    const { orderNumber } = newest(told);
    const all = await toldWhen(world, orderNumber, 'every copy', (some) => some.length > 0 && evenThrice(some));
    same('messages of each id', [...timesOfIds(all).values()], [3, 3, 3, 3]);
  },
  'push-door',
  'message-shapes',
);
claim(
  'reordered',
  '§7.3',
  'Messages in any order keep their moments, which tell the steps as they were',
  async (world) => {
    await world.messages.listen('push', { reorderWithinMs: 400 });
    const book = await shippedInPart(world);
    const all = await toldWhen(world, book.orderNumber, 'all steps', (some) => stepsOf(some).length === LIFE.length);
    same('the steps', stepsOf(all), LIFE);
    same('the last of them', newest(all), book);
  },
  'push-door',
  'message-shapes',
);
claim(
  'consolidated',
  '§7.3',
  'A consolidated message has an entry for each snapshot, all of them read by position',
  async (world) => {
    const { book, told } = await heard(world, { consolidated: true });
    const most = Math.max(...told.map(({ envelope }) => envelope.orders.length));
    holds('some message has several entries', most > 1);
    same('the steps', stepsOf(told), LIFE);
    const { units, shipments, total } = essence(newest(told));
    same('the last of them', { units, shipments, total }, essence(book));
  },
  'push-door',
  'message-shapes',
);
claim(
  'consolidated-wrapped',
  '§7.3',
  'A consolidated message that is wrapped is read alike',
  async (world) => {
    const { book, told } = await heard(world, { consolidated: true, body: 'wrapped' });
    same('the steps', stepsOf(told), LIFE);
    same('the last of them', essence(newest(told)), essence(book));
  },
  'push-door',
  'message-shapes',
);
for (const [name, shape] of Object.entries({
  'without-change-log': { withoutChangeLog: true },
  'unknown-attributes': { unknownAttributes: true },
}))
  claim(
    name,
    '§7.3',
    `Snapshots are the same ${name === 'without-change-log' ? 'without a change log' : 'with attributes that nobody knows'}`,
    async (world) => {
      const { book, told } = await heard(world, shape);
      same('the steps', stepsOf(told), LIFE);
      same('the last of them', newest(told), book);
    },
    'push-door',
    'message-shapes',
  );
claim(
  'dates-without-fraction',
  '§7.3',
  'A moment without a fraction is the full second',
  async (world) => {
    const { book, told } = await heard(world, { datesWithoutFraction: true });
    const last = present(
      'snapshot of the parcel',
      told.find((one) => wasShipped([one])),
    ).snapshot;
    same('the moment', last.at, book.at.replace(/\.\d+Z$/, '.000Z'));
    same('the parcel', last.shipments[0]?.shippedAt, book.shipments[0]?.shippedAt?.replace(/\.\d+Z$/, '.000Z'));
  },
  'push-door',
  'message-shapes',
);
const essence = (order: OrderSnapshot) => ({
  units: placesOf(order),
  shipments: order.shipments,
  total: order.total,
});

function timesOfIds(told: readonly Told[]): ReadonlyMap<string | undefined, number> {
  const times = new Map<string | undefined, number>();
  for (const { envelope } of told) times.set(envelope.messageId, (times.get(envelope.messageId) ?? 0) + 1);
  return times;
}

const evenThrice = (told: readonly Told[]): boolean =>
  timesOfIds(told).size === LIFE.length && [...timesOfIds(told).values()].every((times) => times === 3);
