import { randomUUID } from 'node:crypto';
import { ManhattanOrderFeed } from '@tandem/adapters-manhattan';
import { MessageWriter, UnitOfWork } from '@tandem/messaging';
import { connectDatabase, ReceivePublishesHandler, SiteFiles, SqlTransactions } from '@tandem/sync-api';

export interface Publish {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A publish of the OMS of about one kilobyte: of an id of its own, and of one of 500 orders. */
export function newPublish(number: number): Publish {
  const id = randomUUID();
  const order = {
    OrderId: `B-${number % 500}`,
    OrgId: 'AURORA',
    UpdatedTimestamp: '2026-01-01T00:00:00.000',
    Filler: 'x'.repeat(850),
  };
  const headers = { MSG_ID_PK: id, MSG_TYPE: 'PublishOrderEventMSGType', Organization: 'AURORA' };
  return { id, headers, body: JSON.stringify(order) };
}

/** What keeps publishes, as the service composes it. */
export async function receiverOn(url: string) {
  const source = await connectDatabase(url);
  const work = new UnitOfWork(source, { wake: () => undefined });
  const transactions = new SqlTransactions(work, new SiteFiles('config/sites'));
  const writer = new MessageWriter({ now: () => new Date() }, randomUUID);
  const feed = new ManhattanOrderFeed();
  const handler = new ReceivePublishesHandler(feed, transactions, writer);
  return { feed, transactions, writer, handler, close: () => source.destroy() };
}
