import type { Json } from '../wire/json.js';
import type { TenantSwitches } from './tenant-switches.js';

interface Described {
  section: string;
  about: string;
  /** The values it may take; any of the default's type when absent. */
  oneOf?: readonly Json[];
}

/** What `GET /control/config` says of each. */
export const TABLE: Record<keyof TenantSwitches, Described> = {
  livesBegin: {
    section: '§2.5b, §3.5',
    about: 'Whether allocation runs after confirmation or already before it; a release waits for it in any case',
    oneOf: ['confirmed', 'created'],
  },
  shipFromLocations: { section: '§4.2', about: 'Where goods come from when nobody says, the first before the others' },
  excludedLocations: { section: '§4.4', about: 'Locations that allocation passes over (store exclusion, outage)' },
  holdsBlockingRelease: { section: '§3.8', about: 'Hold types that keep an order from being released, or * for all' },
  substitution: {
    section: '§3.5, §4.3',
    about: 'Whether a Ship event may name another item than the ordered one',
    oneOf: ['accept', 'refuse'],
  },
  packageIds: {
    section: '§4.2',
    about: 'Whether units that are shipped without a PackageId get one, or have none',
    oneOf: ['generated', 'reported'],
  },
  adjustmentInvoices: { section: '§5.3', about: 'What changes after the last shipment becomes an Adjustment invoice' },
  settlements: {
    section: '§3.2, §5.3, §12',
    about: 'Who settles invoices: nobody until told, the vendor where processing is not external, or always the vendor',
    oneOf: ['manual', 'internal-only', 'automatic'],
  },
  refundOrder: {
    section: '§5.3, §12',
    about: 'Which payment method gets its money back first',
    oneOf: ['first-charged-first', 'last-charged-first', 'charge-sequence'],
  },
  archiveDays: { section: '§3.9, §12', about: 'Days after completion until reads miss an order, 0 for never' },
  totalCountType: {
    section: '§2.2, §10.31',
    about: 'Whether totalCount is written as text',
    oneOf: ['string', 'number'],
  },
  fulfilledName: { section: '§3.2, §12', about: 'Display text of 7000; tenants rename it' },
  grants: {
    section: '§1, §12',
    about: 'OAuth grants that clients have: password, client_credentials, refresh_token, authorization_code',
  },
  organizationHeader: { section: '§1, §12', about: 'Header that selects another organization of the user' },
  missingGrants: { section: '§1', about: 'Components whose calls the user has no grant for: 403' },
  publishTemplate: {
    section: '§7.3, §12',
    about: 'Name of a saved response template that published orders are cut to; empty for everything',
  },
  customerIds: {
    section: '§8, §12',
    about: 'What a customer without id is called by: a number, the e-mail, the phone',
    oneOf: ['AUTO', 'EMAIL', 'PHONE'],
  },
  cancelEndpoints: { section: '§3.1, §12', about: 'The tenant offers the cancel endpoints beside cancel by save' },
  lateCancel: { section: '§3.6, §12', about: 'Whole lines may be asked back from the warehouse after release' },
  lateCancelAnswer: {
    section: '§3.6',
    about:
      'How fulfilment answers a late cancel: success, all but one unit, rejected for now, failure, not found, error',
    oneOf: ['200', 'partial', '250', '300', '404', '500'],
  },
  massActionMs: { section: '§3.1', about: 'How long a mass action runs; another one is rejected meanwhile' },
  publishUnclassified: { section: '§7.3', about: 'Publish changes that map to no mod type' },
  reasonSearchGrant: { section: '§3.1', about: 'The user may search reasons; without the grant it is 403' },
  hourlyCallBudget: { section: '§2.7, §12', about: 'API calls per hour of the whole tenant, 0 for no limit' },
  overBudgetAnswer: {
    section: '§2.7, §12',
    about: 'What a call over the budget is answered',
    oneOf: ['429', '429-without-retry-after', '503'],
  },
  searchIndexDelayMs: { section: '§2.2, §10.11', about: 'How far order search lags behind; reads by id never do' },
  searchMaxSize: { section: '§2.2, §12', about: 'Largest page of a search; more is cut to it' },
  eventPaths: {
    section: '§4.1, §13',
    about: 'Under which path fulfilment events are received',
    oneOf: ['both', 'orderevent', 'fulfillmentevent'],
  },
  eventLists: {
    section: '§4.3, §12, §13',
    about: 'Whether one refused event rolls its list back, or the others are kept',
    oneOf: ['all-or-nothing', 'partial'],
  },
  repeatedExternalMessage: {
    section: '§2.6, §12',
    about: 'A repeated ExternalMessageId is accepted and done once, done again, or refused',
    oneOf: ['once', 'again', 'refuse'],
  },
  importSpelling: {
    section: '§3.4, §13',
    about: 'Which spelling marks an import',
    oneOf: ['both', 'IsImport', 'IsImported'],
  },
  nullOnSave: {
    section: '§2.5, §12',
    about: 'An explicit null clears a simple attribute, or is ignored',
    oneOf: ['clear', 'ignore'],
  },
  saveMessage: {
    section: '§2.3, §10.2',
    about:
      'A message in the answer of every effective save, which stays 200 and success; 10208 here is a shipping restriction',
    oneOf: ['none', '10208', '10209', '10254', 'pay::10001', 'pay::10002', '99999'],
  },
  partialCancelPayment: {
    section: '§3.6, §10.6',
    about: 'Whether a partial cancel only saves its payment request, or gives the money back at once',
    oneOf: ['save-only', 'execute'],
  },
  extendedStatuses: {
    section: '§3.2, §12',
    about: 'Whether events may set statuses of the tenant such as 3000.500; their base decides what they mean',
    oneOf: ['off', 'on'],
  },
  statusIds: {
    section: '§3.2',
    about: 'Status ids as 1000 or as 1000.000, in answers and messages',
    oneOf: ['plain', 'decimals'],
  },
  docTypeShape: { section: '§2.5, §13', about: 'How DocType is written; both are read', oneOf: ['object', 'string'] },
  itemConditionShape: {
    section: '§5.1, §13',
    about: 'How ItemCondition is written; both are read',
    oneOf: ['object', 'string'],
  },
  parentStatusOnReturn: {
    section: '§5.1, §13',
    about: 'Status of the units of the parent line when a return for them is created',
    oneOf: ['8000', '8500'],
  },
  pendingReturns: {
    section: '§5.1',
    about: 'Pending-return strategy: a new return cancels older pending lines, or orders, for the same goods',
    oneOf: ['keep', 'cancel-items', 'cancel-order'],
  },
  returnWithoutParent: {
    section: '§5.1',
    about: 'Whether a return line without ParentOrderId and ParentOrderLineId is taken',
    oneOf: ['refuse', 'accept'],
  },
  verificationPolicy: {
    section: '§5.2, §12',
    about: 'LineVerification (line) and Verification (order) exclude one another',
    oneOf: ['line', 'order'],
  },
  varianceHolds: { section: '§5.2', about: 'Differences of quantity, item or condition put holds on the return' },
  carrierScan: {
    section: '§3.2, §5.3',
    about: 'Whether 14000 exists, and whether the return is invoiced there already',
    oneOf: ['off', 'status', 'status-and-invoice'],
  },
  returnAutoApprove: { section: '§5.1', about: 'Lines that expect no goods go on from 13000 by themselves' },
  refunds: {
    section: '§5.3, §12',
    about: 'Who executes refunds: a moment later, only where processing is not external, or only when told to',
    oneOf: ['automatic', 'internal-only', 'manual'],
  },
  returnItemsPendingResolves: {
    section: '§3.8, §5.1',
    about: 'ReturnItemsPending is resolved when the last return line of an exchange is returned',
  },
  returnAgeDays: { section: '§5.1', about: 'Return age policy in days after fulfilment, 0 for none' },
};
