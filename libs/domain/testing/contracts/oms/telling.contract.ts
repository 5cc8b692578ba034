import { lineId, PermanentFault } from '@tandem/domain';
import { claimsOf, holds, present, same } from './claim.js';
import { heard, LIFE, newest, stepsOf, toldWhen, type Told } from './feed-scene.js';
import { bookOf, placesOf, releasedOf, snapshotLine } from './life-scene.js';
import { placedOf } from './scene.js';
import { faultOf } from './template-scene.js';

/** What is in the messages that the OMS really publishes. */
const { claims, claim } = claimsOf('told', 'messages', 'manual-life');
export const telling = claims;

claim(
  'spelling',
  '§3.2',
  'A status with decimals is the same status in a message',
  async (world) => {
    await world.tenant({ statusSpelling: 'decimals' });
    const { told } = await heard(world, {});
    same('the steps', stepsOf(told), LIFE);
  },
  'push-door',
  'tenant-settings',
);
claim(
  'short',
  '§3.2',
  'A short is told as back-ordered with its reason before the units are found elsewhere',
  async (world) => {
    await world.messages.listen('push');
    const number = await releasedOf(world, 2);
    await world.warehouse.short(number, lineId('1'), 2, 'reallocate');
    const short = ({ snapshot }: Told) => placesOf(snapshot)['back-ordered'] === 2;
    const again = ({ snapshot }: Told) => placesOf(snapshot).allocated === 2;
    const enough = (some: readonly Told[]) => some.some(short) && some.filter(again).length > 1;
    const told = await toldWhen(world, number, 'short and found again', enough);
    const shorted = present('short', told.find(short)).snapshot;
    holds('it tells why', snapshotLine(shorted).reason !== undefined);
    same('the end', placesOf(newest(told)), { allocated: 2 });
  },
  'push-door',
  'shorts',
);
claim(
  'cancelled',
  '§7.3',
  'A cancel by another host is told with its reason and what the order was worth',
  async (world) => {
    await world.messages.listen('push');
    const { number } = await placedOf(world, 2);
    await world.otherHost.cancel(number, 'Cancel Line');
    const gone = (some: readonly Told[]) => some.some(({ snapshot }) => snapshot.cancelled);
    const last = newest(await toldWhen(world, number, 'the cancel', gone));
    same('the money', [last.total, last.cancelledTotal], [0, 2000]);
    same('the line', [snapshotLine(last).cancelled, snapshotLine(last).reason], [true, 'Cancel Line']);
    same('as the book', last, await bookOf(world, number));
  },
  'push-door',
);
claim(
  'hold',
  '§3.8',
  'A hold that another host applies is told',
  async (world) => {
    await world.messages.listen('push');
    const { number } = await placedOf(world, 1);
    await world.otherHost.applyHold(number, 'PaymentFraud');
    const held = (some: readonly Told[]) => some.some(({ snapshot }) => snapshot.holds.length > 0);
    same('the holds', newest(await toldWhen(world, number, 'the hold', held)).holds, ['PaymentFraud']);
  },
  'push-door',
);
claim(
  'sale',
  '§5.1',
  'An order that takes nothing back is no return',
  async (world) => {
    const { told } = await heard(world, {});
    const { feed } = world.ports();
    for (const { delivery } of told) same('the return', feed.returned(delivery, 0), undefined);
  },
  'push-door',
);
claim(
  'again',
  '§7.3',
  'Orders that are to be published again are told as the book has them',
  async (world) => {
    const numbers = [(await placedOf(world, 1)).number, await releasedOf(world, 2)];
    await world.messages.listen('push');
    await world.ports().book.publishAgain(world.site, numbers);
    for (const number of numbers) {
      const told = await toldWhen(world, number, `order ${number} again`, (some) => some.length > 0);
      same('the order', newest(told), await bookOf(world, number));
    }
  },
  'push-door',
);
for (const [name, text] of Object.entries({ text: 'no message', torn: '{"OrderId":"A', empty: '' }))
  claim(`unreadable-${name}`, '§7.2', `A body that is ${name} is a permanent fault`, async (world) => {
    const delivery = { headers: {}, body: new TextEncoder().encode(text) };
    const fault = faultOf(() => world.ports().feed.open(delivery));
    holds('the fault is permanent', fault instanceof PermanentFault);
    await Promise.resolve();
  });
