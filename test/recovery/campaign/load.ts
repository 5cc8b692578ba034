import { setTimeout as pause } from 'node:timers/promises';
import { seedCatalogue } from '../../golden/catalogue.js';
import type { GoldenCase } from '../../golden/golden-order.js';
import { orderOfTurn, runName } from '../../golden/order-stream.js';
import { playOrder, type PlayedOrder } from '../../golden/play-order.js';
import type { Cluster } from './cluster.js';
import { Teller } from './publishes.js';
import { Sender, type Publish } from './sender.js';

export interface LoadPlan {
  readonly ordersPerSecond: number;
  readonly retoldPerSecond: number;
  /**
   * Nothing is told again while this many are left without an end, and no order placed while twice as many are: how fast the machine is
   * must not decide how much stands before a fault.
   */
  readonly mostUnsettled: number;
  /** What the OMS told of an order is told again for so long before it is asked anew. */
  readonly remembersForMs: number;
  /** Shapes of golden orders that are left out. */
  readonly without: readonly string[];
}

export interface LoadOptions extends LoadPlan {
  /** What the OMS tells has dates without a fraction. */
  readonly wholeSeconds: boolean;
  readonly random: () => number;
  /** How many messages have no end yet. */
  readonly unsettled: () => number;
}

const breathMs = 100;
/** So much that was missed is told late, and no more: a pause is not made up for by a flood. */
const caughtUpMs = 500;

/** Golden orders that come one after the other, and the OMS that tells of them more often than it need. */
export class Load {
  readonly played: PlayedOrder[] = [];
  readonly sender: Sender;
  private readonly ending = new AbortController();
  private readonly running: Promise<unknown>[] = [];
  private readonly teller: Teller;
  /** Orders that the OMS has been seen to hold. */
  private readonly held = new Set<PlayedOrder>();
  private stopped = false;

  constructor(
    private readonly cluster: Cluster,
    private readonly options: LoadOptions,
  ) {
    this.sender = new Sender(cluster.broker.url, cluster.eventsQueue);
    this.teller = new Teller(cluster.oms, options);
  }

  async start(): Promise<void> {
    const catalogue = await seedCatalogue(this.cluster.crm);
    const run = runName(new Date());
    // No two steps of an order in one second where seconds are all that is told.
    const paceMs = this.options.wholeSeconds ? 1_100 : 250;
    this.running.push(this.placeOrders((turn) => this.wanted(orderOfTurn({ catalogue, run, paceMs }, turn))));
    this.running.push(this.tellAgain());
  }

  /** No new orders from here on; resolves when those under way were handed over. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.running);
  }

  async close(): Promise<void> {
    this.stopped = true;
    this.ending.abort();
    await this.sender.close();
  }

  /** Some orders that were handed over, each of another key. */
  some(count: number): readonly PlayedOrder[] {
    return Array.from({ length: Math.min(count, this.played.length) }, () => this.one()).flatMap((one) => one ?? []);
  }

  /** Undefined where the OMS holds nothing of it yet, or is too busy to say. */
  retold(one: PlayedOrder, mark: string): Promise<Publish | undefined> {
    return this.teller.retold(one, mark).catch(() => undefined);
  }

  private one(among: readonly PlayedOrder[] = this.played): PlayedOrder | undefined {
    return among[Math.floor(this.options.random() * among.length)];
  }

  /** Of an order that the OMS does not hold yet, nothing can be told: while the CRM is away, those get more and more. */
  private async toldOfOne(): Promise<Publish | undefined> {
    const any = this.one();
    const publish = any && (await this.retold(any, 'AGAIN-'));
    if (publish) this.held.add(any);
    const known = publish ? undefined : this.one([...this.held]);
    return publish ?? (known && (await this.retold(known, 'AGAIN-')));
  }

  private async placeOrders(caseOf: (turn: number) => GoldenCase | undefined): Promise<void> {
    const placed: Promise<void>[] = [];
    for (let turn = 0; !this.stopped; turn += 1) {
      const order = caseOf(turn);
      if (order === undefined) continue;
      const playing = playOrder(this.cluster, order, { signal: this.ending.signal });
      // The twins may be too busy to take an order in; then it was never handed over, and nothing is owed for it.
      placed.push(
        playing.then(
          (one) => void this.played.push(one),
          () => undefined,
        ),
      );
      await this.rest(1000 / this.options.ordersPerSecond, 2 * this.options.mostUnsettled);
    }
    await Promise.all(placed);
  }

  private async tellAgain(): Promise<void> {
    const sending = new Set<Promise<void>>();
    const everyMs = 1000 / this.options.retoldPerSecond;
    for (let due = performance.now(); !this.stopped; due = Math.max(due + everyMs, performance.now() - caughtUpMs)) {
      const publish = await this.toldOfOne();
      if (publish !== undefined) {
        const sent: Promise<void> = this.sender.send(publish).finally(() => sending.delete(sent));
        sending.add(sent);
      }
      await this.rest(due + everyMs - performance.now(), this.options.mostUnsettled);
    }
    await Promise.all(sending);
  }

  /** Not those in which people act in between: they act on what the CRM shows, which under faults may be long out of date. */
  private wanted(order: GoldenCase): GoldenCase | undefined {
    return order.acts.length === 0 && !this.options.without.includes(order.shape) ? order : undefined;
  }

  private async rest(ms: number, most: number): Promise<void> {
    if (ms > 0) await pause(ms);
    while (!this.stopped && this.options.unsettled() > most) await pause(breathMs);
  }
}
