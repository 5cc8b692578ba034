import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManhattanOrderFeed } from '@tandem/adapters-manhattan';
import {
  MessageWriter,
  type ConsumeOptions,
  type MessageBus,
  type RawDelivery,
  type Subscription,
} from '@tandem/messaging';
import { ReceivePublishes, ReceivePublishesHandler } from '@tandem/sync-api';
import { eventually } from '../../support/eventually.js';
import { BrokenCommits } from './broken-commits.js';
import { PassingBus } from './passing-bus.js';
import { Works } from './works.js';

const queue = 'oms.order-events';
const ids = ['P-1', 'P-2', 'P-3'];

/** The bug: the message counts as taken before what is made of it is committed. */
class AckFirstBus extends PassingBus {
  override consumeExternal(
    name: string,
    options: ConsumeOptions,
    handler: (batch: readonly RawDelivery[]) => Promise<void>,
  ): Promise<Subscription> {
    return this.inner.consumeExternal(name, options, async (batch) => void handler(batch).catch(() => undefined));
  }
}

describe('A door for publishes of the OMS, whose database breaks off at the commit', () => {
  let works: Works;
  beforeEach(async () => {
    works = await Works.open();
  });
  afterEach(() => works.close());

  async function takeIn(bus: MessageBus): Promise<readonly string[]> {
    for (const id of ids) await send(id);
    const commits = await BrokenCommits.of(works.database, { table: 'message_archive', times: 1 });
    const writer = new MessageWriter({ now: () => new Date() }, randomUUID);
    const handler = new ReceivePublishesHandler(new ManhattanOrderFeed(), works.transactions(), writer);
    let ended = 0;
    const receive = async (batch: readonly RawDelivery[]) => {
      const publishes = batch.map(({ headers, body, contentType }) => ({
        headers: textsOf(headers),
        body,
        contentType,
      }));
      await handler.execute(new ReceivePublishes(publishes)).finally(() => (ended += 1));
    };
    await bus.consumeExternal(queue, { batchSize: 50 }, receive);
    await eventually('nothing is left at the door, and nobody at work', async () => {
      const waiting = await works.rows(`SELECT FROM bus_messages WHERE queue = '${queue}'`);
      return waiting.length === 0 && ended > 0 && (await commits.haveStruck()) ? true : undefined;
    });
    return works.complaints(ids);
  }

  /** Once it is in the queue, the sender is rid of it. */
  const send = (id: string) =>
    works.database.query(
      `INSERT INTO bus_messages (queue, message_id, headers, content_type, body) VALUES ($1, $2, $3, 'application/json', $4)`,
      [
        queue,
        id,
        { MSG_ID_PK: id, MSG_TYPE: 'PublishOrderEventMSGType', Organization: 'AURORA' },
        Buffer.from(
          JSON.stringify({ OrderId: `A-${id}`, OrgId: 'AURORA', UpdatedTimestamp: '2026-01-01T00:00:00.000' }),
        ),
      ],
    );

  it('loses nothing', async () => {
    expect(await takeIn(works.bus)).toEqual([]);
  });

  it('is caught by I1 where it acknowledges before the commit', async () => {
    expect(await takeIn(new AckFirstBus(works.bus))).toEqual(
      ids.map((id) => `I1: ${id} was acknowledged and is not archived.`),
    );
  });
});

const textsOf = (headers: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
