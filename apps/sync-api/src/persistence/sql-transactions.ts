import type { Sites } from '@tandem/domain';
import {
  HandledMessages,
  Inbox,
  MessageArchive,
  Outbox,
  ParkedMessages,
  Replays,
  type UnitOfWork,
} from '@tandem/messaging';
import type { EntityManager } from 'typeorm';
import { Transactions, type Transaction } from '../platform/transactions.js';
import { SqlAnswerBook } from './sql-answer-book.js';
import { SqlFeedCursorWriter } from './sql-feed-cursors.js';
import { SqlAuditTrail } from './sql-audit-trail.js';
import { TypeormCustomerLedgerWriter } from './typeorm-customer-ledger.js';
import { TypeormOrderLedgerWriter } from './typeorm-order-ledger-writer.js';

/** Each part of a transaction writes with the connection that it is given. */
export class SqlTransactions extends Transactions {
  private readonly handled = new HandledMessages();
  private readonly outbox = new Outbox();
  private readonly archive = new MessageArchive();
  private readonly inbox = new Inbox();
  private readonly parked = new ParkedMessages();
  private readonly replays = new Replays();

  constructor(
    private readonly work: UnitOfWork,
    private readonly sites: Sites,
  ) {
    super();
  }

  run<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.work.run((manager) => work(this.open(manager)));
  }

  private open(manager: EntityManager): Transaction {
    const { handled, outbox, archive, inbox, parked, sites } = this;
    return {
      claim: (queue, messages) => handled.claim(manager, queue, messages),
      orders: new TypeormOrderLedgerWriter(manager, sites),
      customers: new TypeormCustomerLedgerWriter(manager),
      audit: new SqlAuditTrail(manager),
      send: (messages) => outbox.put(manager, messages),
      archive: {
        store: (records) => archive.store(manager, records),
        mark: (ids, state, reason) => archive.mark(manager, ids, state, reason),
      },
      claimForeign: (source, entries) => inbox.claim(manager, source, entries),
      park: (messages) => parked.park(manager, messages),
      overtake: (queue, name, of) => parked.overtake(manager, queue, name, of),
      release: (group) => parked.release(manager, group),
      beginReplay: (selection, perSecond) => this.replays.begin(manager, selection, perSecond),
      stopReplay: (id) => this.replays.stop(manager, id),
      answers: new SqlAnswerBook(manager),
      feeds: new SqlFeedCursorWriter(manager),
    };
  }
}
