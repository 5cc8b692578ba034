import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { done, type HandledMessages, type RoutedMessage } from '@tandem/messaging';
import { accepted } from '@tandem/messaging/testing';
import { eventually } from '../../support/eventually.js';
import { PassingBus } from './passing-bus.js';
import { Works } from './works.js';

const queue = 'orders.place-order';

/** The relay dies between sending and taking away; its successor sends again, once the first has had its effect. */
class DyingBetween extends PassingBus {
  calls = 0;

  constructor(private readonly works: Works) {
    super(works.bus);
  }

  override async publish(messages: readonly RoutedMessage[]): Promise<void> {
    this.calls += 1;
    await super.publish(messages);
    if (this.calls > 1) return;
    await eventually('the first had its effect', async () =>
      (await this.works.rows('SELECT FROM far_side')).length > 0 ? true : undefined,
    );
    await this.works.rows(
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid <> pg_backend_pid()
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
  }
}

type Claims = Pick<HandledMessages, 'claim'>;

/** The bug: whatever comes is taken for new. */
const nobodyAsked: Claims = { claim: async (_tx, _queue, ids) => new Set(ids) };

describe('A consumer whose messages are sent twice, since the relay died in between', () => {
  let works: Works;
  beforeEach(async () => {
    works = await Works.open();
  });
  afterEach(() => works.close());

  async function sendTwice(claims: Claims): Promise<readonly string[]> {
    const bus = new DyingBetween(works);
    const relay = works.relay(bus);
    const work = works.work(relay);
    await works.consumer(work).consume(queue, { batchSize: 10 }, async (messages) => {
      await work.run(async (tx) => {
        const fresh = await claims.claim(
          tx,
          queue,
          messages.map(({ id }) => id),
        );
        for (const { id, key } of messages)
          if (fresh.has(id)) await tx.query('INSERT INTO far_side (subject, change) VALUES ($1, $2)', [key, 'placed']);
      });
      return messages.map(() => done);
    });
    await works.put(work, [accepted('N-1')]);
    relay.start();
    await eventually('both are through', async () => (bus.calls > 1 && (await works.isQuiet()) ? true : undefined));
    return works.complaints();
  }

  it('has one effect', async () => {
    expect(await sendTwice(works.handled)).toEqual([]);
  });

  it('is caught by I2 where it does not claim a message with its effect', async () => {
    expect(await sendTwice(nobodyAsked)).toEqual(['I2: N-1 had the same effect at the far side 2 times.']);
  });
});
