import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CustomerLedger, OrderLedger, Sites } from '@tandem/domain';
import { MessageArchive, UnitOfWork } from '@tandem/messaging';
import { DataSource } from 'typeorm';
import { Archive } from '../platform/archive.js';
import { FeedCursors } from '../platform/feed-cursors.js';
import { Reconciliations } from '../platform/reconciliations.js';
import { SubmissionStatuses } from '../platform/submission-statuses.js';
import { Transactions } from '../platform/transactions.js';
import { connectDatabase, dataSourceOptions } from './database.js';
import { Retention } from './retention.js';
import { SqlArchive } from './sql-archive.js';
import { SqlFeedCursors } from './sql-feed-cursors.js';
import { SqlReconciliations } from './sql-reconciliations.js';
import { SqlSubmissionStatuses } from './sql-submission-statuses.js';
import { SqlTransactions } from './sql-transactions.js';
import { TypeormCustomerLedger } from './typeorm-customer-ledger.js';
import { TypeormOrderLedger } from './typeorm-order-ledger.js';

const keepers: Provider[] = [
  { provide: MessageArchive, useFactory: () => new MessageArchive() },
  {
    provide: OrderLedger,
    inject: [DataSource],
    useFactory: (database: DataSource) => new TypeormOrderLedger(database),
  },
  {
    provide: CustomerLedger,
    inject: [DataSource],
    useFactory: (database: DataSource) => new TypeormCustomerLedger(database),
  },
  {
    provide: Archive,
    inject: [DataSource, MessageArchive],
    useFactory: (database: DataSource, archive: MessageArchive) => new SqlArchive(database, archive),
  },
  {
    provide: FeedCursors,
    inject: [DataSource],
    useFactory: (database: DataSource) => new SqlFeedCursors(database),
  },
  {
    provide: SubmissionStatuses,
    inject: [DataSource],
    useFactory: (database: DataSource) => new SqlSubmissionStatuses(database),
  },
  {
    provide: Reconciliations,
    inject: [DataSource],
    useFactory: (database: DataSource) => new SqlReconciliations(database),
  },
  {
    provide: Transactions,
    inject: [UnitOfWork, Sites],
    useFactory: (work: UnitOfWork, sites: Sites) => new SqlTransactions(work, sites),
  },
];

/** What is kept in PostgreSQL, behind the ports that the flows know. */
@Module({})
export class PersistenceModule {
  static forRoot(databaseUrl: string): DynamicModule {
    const database = TypeOrmModule.forRootAsync({
      useFactory: () => dataSourceOptions(databaseUrl),
      dataSourceFactory: () => connectDatabase(databaseUrl),
    });
    return {
      module: PersistenceModule,
      global: true,
      imports: [database, ScheduleModule.forRoot()],
      providers: [...keepers, Retention],
      exports: [OrderLedger, CustomerLedger, Archive, FeedCursors, Reconciliations, SubmissionStatuses, Transactions],
    };
  }
}
