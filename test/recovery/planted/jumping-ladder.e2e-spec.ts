import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TransientFault } from '@tandem/domain';
import {
  done,
  failed,
  type ConsumeOptions,
  type Delivery,
  type MessageBus,
  type Subscription,
} from '@tandem/messaging';
import { accepted } from '@tandem/messaging/testing';
import { eventually } from '../../support/eventually.js';
import { PassingBus } from './passing-bus.js';
import { Works } from './works.js';

const queue = 'orders.place-order';
const states = ['open', 'allocated', 'released', 'shipped'];

/** The bug: nobody remembers the place of a message, so that those behind one that failed pass it by. */
class PlacelessBus extends PassingBus {
  override consume(
    name: string,
    options: ConsumeOptions,
    handler: (batch: readonly Delivery[]) => Promise<void>,
  ): Promise<Subscription> {
    return this.inner.consume(name, options, (batch) =>
      handler(batch.map((delivery) => ({ ...delivery, position: undefined }))),
    );
  }
}

describe('A retry ladder that the second message of an order climbs', () => {
  let works: Works;
  beforeEach(async () => {
    works = await Works.open();
  });
  afterEach(() => works.close());

  /** Each message tells of one step; the far side busy at the second of them. */
  async function climb(bus: MessageBus): Promise<readonly string[]> {
    const relay = works.relay();
    const work = works.work(relay);
    let refused = 0;
    await works.consumer(work, bus, [300]).consume(queue, { batchSize: 1 }, async (messages) => {
      const [message] = messages;
      const became = message?.site ?? '';
      const was = states[states.indexOf(became) - 1] ?? null;
      if (became === 'allocated' && refused++ === 0)
        return [failed(new TransientFault('oms.unavailable', 'The OMS does not answer.'))];
      await works.database.query('INSERT INTO steps (subject, was, became) VALUES ($1, $2, $3)', ['N-1', was, became]);
      return messages.map(() => done);
    });
    await works.put(
      work,
      states.map((site) => accepted('N-1', { site })),
    );
    relay.start();
    await eventually('all are told', async () => {
      const told = await works.rows('SELECT FROM steps');
      return told.length === states.length && (await works.isQuiet()) ? true : undefined;
    });
    expect(refused).toBeGreaterThan(0);
    return works.complaints();
  }

  it('lets nobody pass', async () => {
    expect(await climb(works.bus)).toEqual([]);
  });

  it('is caught by I3 where the later ones jump', async () => {
    expect(await climb(new PlacelessBus(works.bus))).toEqual([
      'I3: N-1 came to “released” from “allocated”, and was “open”.',
      'I3: N-1 came to “allocated” from “open”, and was “shipped”.',
    ]);
  });
});
