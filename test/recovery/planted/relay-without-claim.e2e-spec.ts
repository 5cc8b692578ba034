import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TransientFault } from '@tandem/domain';
import { done, failed, laneOf, type MessageBus, type RoutedMessage } from '@tandem/messaging';
import { accepted } from '@tandem/messaging/testing';
import { eventually } from '../../support/eventually.js';
import { PassingBus } from './passing-bus.js';
import { Works } from './works.js';

const queue = 'orders.place-order';

/** The replica stands still right after the bus has taken its first messages, until it is let go on. */
class StandingStill extends PassingBus {
  private readonly gate = Promise.withResolvers<true>();
  private calls = 0;

  goOn(): void {
    this.gate.resolve(true);
  }

  override async publish(messages: readonly RoutedMessage[]): Promise<void> {
    this.calls += 1;
    await this.inner.publish(messages);
    if (this.calls === 1) await this.gate.promise;
  }
}

interface Relay {
  wake(): void;
  start(): void;
}

interface DueRow {
  readonly id: string;
  readonly queue: string;
  readonly message_id: string;
  readonly name: string;
  readonly key: string;
  readonly attempts: number;
  readonly envelope: string;
}

/** The bug: it sends what it reads and takes it away afterwards, and claims neither the turn nor the row that it read. */
class RelayWithoutClaim implements Relay {
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly works: Works,
    private readonly bus: MessageBus,
  ) {
    works.closing(() => this.stop());
  }

  wake(): void {}

  start(): void {
    this.running = this.run();
  }

  private async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const rows = await this.works.rows<DueRow>(
        'SELECT * FROM outbox_messages WHERE next_attempt_at <= now() ORDER BY id',
      );
      await this.bus.publish(rows.map(routed));
      await this.works.database.query('DELETE FROM outbox_messages WHERE id = ANY ($1)', [rows.map(({ id }) => id)]);
    }
  }
}

const routed = ({ id, message_id: messageId, name, key, attempts, envelope, ...row }: DueRow): RoutedMessage => ({
  queue: row.queue,
  lane: laneOf(key, 8),
  messageId,
  name,
  attempts,
  position: id,
  body: envelope,
});

describe('A relay that stands still after it has sent, while what it sent fails and comes back for a retry', () => {
  let works: Works;
  beforeEach(async () => {
    works = await Works.open();
  });
  afterEach(() => works.close());

  async function standStill(bus: StandingStill, relay: Relay): Promise<readonly string[]> {
    const work = works.work(relay);
    let handled = 0;
    await works.consumer(work, works.bus, [50]).consume(queue, { batchSize: 10 }, async (messages) => {
      handled += 1;
      const busy = new TransientFault('oms.unavailable', 'The OMS does not answer.');
      return messages.map(() => (handled === 1 ? failed(busy) : done));
    });
    await works.put(work, [accepted('N-1')]);
    relay.start();
    await eventually('it came back', async () =>
      (await works.rows('SELECT FROM waiting_messages')).length === 1 ? true : undefined,
    );
    bus.goOn();
    await eventually('nothing is under way', async () => ((await works.isQuiet()) ? true : undefined));
    return works.complaints();
  }

  it('leaves what came back', async () => {
    const bus = new StandingStill(works.bus);
    expect(await standStill(bus, works.relay(bus))).toEqual([]);
  });

  it('is caught by I1 where it claims nothing: it takes away what came back', async () => {
    const bus = new StandingStill(works.bus);
    expect(await standStill(bus, new RelayWithoutClaim(works, bus))).toEqual([
      'I1: Archived message 1 is waiting, and nothing of it is under way.',
    ]);
  });
});
