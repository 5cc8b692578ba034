import { setTimeout as pause } from 'node:timers/promises';
import { seedCatalogue } from '../golden/catalogue.js';
import { isQuiet, observe, tally, type Observation } from '../golden/observer.js';
import { orderOfTurn, type OrderStream } from '../golden/order-stream.js';
import { playOrder, type PlayedOrder } from '../golden/play-order.js';
import type { Stack } from '../support/stack/start-stack.js';
import { rowsOf } from './rows.js';
import type { Screen } from './screen.js';

export interface DemoOptions {
  readonly orders: number;
  /** Ends by itself when all orders converged; else goes on playing one now and then. */
  readonly once: boolean;
  /** Milliseconds until a run that does not converge is given up. */
  readonly limitMs: number;
  readonly run: string;
  readonly screen: Screen;
  /** Aborted when a person wants to end. */
  readonly signal: AbortSignal;
}

const betweenOrdersMs = 250;
const nowAndThenMs = 15_000;
const betweenLooksMs = 500;
/** Orders that the table follows; those before them have had their time. */
const watchedAtMost = 60;

/** Plays orders and follows them. Answers what was seen last. */
export async function runDemo(stack: Stack, options: DemoOptions): Promise<Observation> {
  const { signal, screen } = options;
  const catalogue = await seedCatalogue(stack.crm);
  const played: PlayedOrder[] = [];
  const stopPlaying = new AbortController();
  const playing = playOrders(stack, { catalogue, run: options.run, paceMs: 700 }, options, played, stopPlaying.signal);
  // A failure while playing surfaces below; until then it must not count as unhandled.
  playing.catch(() => undefined);
  const deadline = Date.now() + options.limitMs;
  let seen: Observation;
  do {
    await pause(betweenLooksMs, undefined, { signal }).catch(() => undefined);
    const known = [...played];
    seen = await observe(stack, options.once ? known : known.slice(-watchedAtMost), known);
    screen.show(rowsOf(seen), footerOf(stack, seen, options));
  } while (!signal.aborted && !(await isOver(stack, seen, options, deadline)));
  stopPlaying.abort();
  await playing;
  screen.end();
  if (!stack.isSyncApiRunning() && seen.summary !== undefined) {
    process.stderr.write(
      'The sync-api that was started by hand still runs: end it with Ctrl-C where it was started.\n',
    );
  }
  return seen;
}

/** Hands orders over one after the other; a sync-api that is down is waited for without holding up the others. */
async function playOrders(
  stack: Stack,
  stream: OrderStream,
  { orders, once, signal }: DemoOptions,
  played: PlayedOrder[],
  stop: AbortSignal,
): Promise<void> {
  const ending = AbortSignal.any([signal, stop]);
  const handedOver: Promise<unknown>[] = [];
  for (let turn = 0; !ending.aborted && (turn < orders || !once); turn += 1) {
    const order = orderOfTurn(stream, turn);
    handedOver.push(playOrder(stack, order, { signal: ending }).then((one) => played.push(one)));
    await pause(turn < orders - 1 ? betweenOrdersMs : nowAndThenMs, undefined, { signal: ending }).catch(
      () => undefined,
    );
  }
  await Promise.all(handedOver);
}

/** A single run is over when every order has converged and nothing moves any more, or when its time is up. */
async function isOver(
  stack: Stack,
  seen: Observation,
  { once, orders }: DemoOptions,
  deadline: number,
): Promise<boolean> {
  if (!once) return false;
  if (Date.now() > deadline) return true;
  const { converged } = tally(seen);
  return converged === orders && (await isQuiet(stack).catch(() => false));
}

function footerOf(stack: Stack, seen: Observation, { orders, once }: DemoOptions): string {
  const { converged, parked, duplicateEffects } = tally(seen);
  const of = once ? ` of ${orders}` : '';
  const counts = `${seen.orders.length} orders${of}, ${converged} done, ${parked} parked, ${duplicateEffects} effects twice`;
  if (seen.summary !== undefined) return counts;
  const how = stack.isSyncApiRunning() ? 'does not answer' : 'has ended';
  return `${counts}\nsync-api ${how}. Nothing is lost: start it again in another terminal with\n  ${stack.restartCommand}`;
}
