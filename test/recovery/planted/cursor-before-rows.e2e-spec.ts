import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SalesforceChangeFeed } from '@tandem/adapters-salesforce';
import {
  crmOrgName,
  CrmDoor,
  faultOf,
  type CrmBatch,
  type CrmChannel,
  type CrmCursor,
  type CrmSubscription,
} from '@tandem/domain';
import { Duties, MessageWriter } from '@tandem/messaging';
import {
  ChannelReader,
  ReceiveChanges,
  ReceiveChangesHandler,
  SqlFeedCursors,
  SqlTransactions,
} from '@tandem/sync-api';
import { eventually } from '../../support/eventually.js';
import { BrokenCommits } from './broken-commits.js';
import { Works } from './works.js';

const channel: CrmChannel = { org: crmOrgName('aurora'), name: '/event/OMS_Agent_Request__e' };
const requests = ['R-1', 'R-2', 'R-3', 'R-4'];
const together = 2;

/** Keeps events, and gives those behind the cursor: its position is the number of those before it. */
class NumberedDoor extends CrmDoor {
  override channels(): readonly CrmChannel[] {
    return [channel];
  }

  override open(
    _channel: CrmChannel,
    after: CrmCursor | undefined,
    handler: (batch: CrmBatch) => Promise<void>,
  ): CrmSubscription {
    const closed = Promise.withResolvers<undefined>();
    const give = async () => {
      for (let next = Number(Buffer.from(after?.position ?? []).toString()); next < requests.length; next += together) {
        const events = requests.slice(next, next + together).map(eventOf);
        await handler({ channel, events, position: Buffer.from(String(next + together)) });
      }
      return closed.promise;
    };
    return { ended: give().catch(faultOf), close: async () => closed.resolve(undefined) };
  }
}

const eventOf = (request: string) => ({
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(
    JSON.stringify({
      Request_Id__c: request,
      Action__c: 'CANCEL_ORDER',
      Order_Id__c: '801000000000001',
      CreatedDate: 1_767_225_600_000,
    }),
  ),
});

/** The bug: the cursor is moved by itself, and what it has passed is committed afterwards. */
class CursorFirst extends SqlTransactions {
  override run: SqlTransactions['run'] = (work) =>
    super.run((tx) =>
      work({ ...tx, feeds: { advance: (...moved) => super.run((own) => own.feeds.advance(...moved)) } }),
    );
}

describe('A channel of the CRM, read while the database breaks off at the commit', () => {
  let works: Works;
  beforeEach(async () => {
    works = await Works.open();
  });
  afterEach(() => works.close());

  async function read(transactions: SqlTransactions): Promise<readonly string[]> {
    const commits = await BrokenCommits.of(works.database, { table: 'message_archive', times: 1 });
    const writer = new MessageWriter({ now: () => new Date() }, randomUUID);
    const handler = new ReceiveChangesHandler(new SalesforceChangeFeed(), transactions, writer);
    const duties = new Duties(works.database, { onFailure: () => undefined });
    const reader = new ChannelReader(channel, {
      door: new NumberedDoor(),
      cursors: new SqlFeedCursors(works.database),
      duties,
      receive: (batch, duty) => handler.execute(new ReceiveChanges(batch, duty)),
      onFault: () => undefined,
    });
    works.closing(() => reader.stop().then(() => duties.stop()));
    reader.start();
    await eventually('the channel is read to its end', async () => {
      const ended = `SELECT FROM feed_cursors WHERE convert_from(position, 'UTF8') = '${requests.length}'`;
      return (await works.rows(ended)).length === 1 ? true : undefined;
    });
    expect(await commits.haveStruck()).toBe(true);
    return works.complaints(requests.map((request) => `request:${request}`));
  }

  it('loses nothing', async () => {
    expect(await read(works.transactions())).toEqual([]);
  });

  it('is caught by I1 where the cursor moves before the rows are committed', async () => {
    expect(await read(works.transactions(CursorFirst))).toEqual(
      requests.slice(0, together).map((request) => `I1: request:${request} was acknowledged and is not archived.`),
    );
  });
});
