import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { done, type HandledMessages } from '@tandem/messaging';
import { accepted } from '@tandem/messaging/testing';
import { eventually } from '../../support/eventually.js';
import { BrokenCommits } from './broken-commits.js';
import { Works } from './works.js';

const queue = 'orders.place-order';

type Claims = Pick<HandledMessages, 'claim'>;

/** The bug: whatever comes is taken for new. */
const nobodyAsked: Claims = { claim: async (_tx, _queue, ids) => new Set(ids) };

describe('A consumer whose database breaks off between the effect of a message and its settlement', () => {
  let works: Works;
  beforeEach(async () => {
    works = await Works.open();
  });
  afterEach(() => works.close());

  async function comeAgain(claims: Claims): Promise<readonly string[]> {
    const commits = await BrokenCommits.of(works.database, { table: 'message_attempts', times: 1 });
    const relay = works.relay();
    const work = works.work(relay);
    await works.consumer(work).consume(queue, { batchSize: 10 }, async (messages) => {
      await work.run(async (tx) => {
        const ids = messages.map(({ id }) => id);
        const fresh = await claims.claim(tx, queue, ids);
        for (const { id, key } of messages)
          if (fresh.has(id)) await tx.query('INSERT INTO far_side (subject, change) VALUES ($1, $2)', [key, 'placed']);
      });
      return messages.map(() => done);
    });
    await works.put(work, [accepted('N-1')]);
    relay.start();
    await eventually('it is through', async () => {
      const through = await works.rows(`SELECT FROM message_archive WHERE state = 'done'`);
      return through.length === 1 && (await works.isQuiet()) ? true : undefined;
    });
    expect(await commits.haveStruck()).toBe(true);
    return works.complaints();
  }

  it('has one effect', async () => {
    expect(await comeAgain(works.handled)).toEqual([]);
  });

  it('is caught by I2 where it does not claim a message with its effect', async () => {
    expect(await comeAgain(nobodyAsked)).toEqual(['I2: N-1 had the same effect at the far side 2 times.']);
  });
});
