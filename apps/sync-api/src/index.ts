/** For those who run the service inside their own process: tests, and installations that add to it. */
export { readConnections, readSettings } from './platform/settings.js';
export { readCountries } from './platform/country-files.js';
export { SiteFiles } from './platform/site-files.js';
export { startTracing } from './platform/tracing.js';
export { startService, type RunningService } from './start.js';
/** The way in of the OMS's publishes, for the benchmarks. */
export { OmsPushController } from './fulfillment/oms-push.controller.js';
export { CallerProof } from './platform/caller-proof.js';
export { takeBodiesAsTheyCome } from './platform/raw-body.js';
export { ReceivePublishes, ReceivePublishesHandler } from './fulfillment/receive-publishes.js';
export { connectDatabase } from './persistence/database.js';
export { Transactions } from './platform/transactions.js';
export { SqlTransactions } from './persistence/sql-transactions.js';
/** The way in of the CRM's events. */
export { ChannelReader } from './crm-events/channel-reader.js';
export { ReceiveChanges, ReceiveChangesHandler } from './crm-events/receive-changes.js';
export { SqlFeedCursors } from './persistence/sql-feed-cursors.js';
