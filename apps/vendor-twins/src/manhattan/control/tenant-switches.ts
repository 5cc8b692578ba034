/** What the sources leave open or contradict (§12, §13): each a choice that a tenant, here a test, may make. */
export interface TenantSwitches {
  /** Whether the life of an order waits for its confirmation; a release does in any case. */
  livesBegin: 'confirmed' | 'created';
  /** Ids with commas: where goods come from, the first before the others. */
  shipFromLocations: string;
  excludedLocations: string;
  /** Hold types with commas, or `*` for all. */
  holdsBlockingRelease: string;
  /** Another item than the ordered one in a Ship event. */
  substitution: 'accept' | 'refuse';
  /** The package of units that are shipped without naming one. */
  packageIds: 'generated' | 'reported';
  adjustmentInvoices: boolean;
  settlements: 'manual' | 'internal-only' | 'automatic';
  refundOrder: 'first-charged-first' | 'last-charged-first' | 'charge-sequence';
  /** Days after completion until an order is archived; 0 for never. */
  archiveDays: number;
  totalCountType: 'string' | 'number';
  /** Display text of 7000. */
  fulfilledName: string;
  /** Grants of the clients, with commas. */
  grants: string;
  organizationHeader: string;
  /** Components with commas, calls to which are 403. */
  missingGrants: string;
  /** Name of a saved response template that published orders are cut to; empty for everything. */
  publishTemplate: string;
  customerIds: 'AUTO' | 'EMAIL' | 'PHONE';
  cancelEndpoints: boolean;
  lateCancel: boolean;
  /** What the fulfilment system says when asked for a late cancel. */
  lateCancelAnswer: '200' | 'partial' | '250' | '300' | '404' | '500';
  /** Milliseconds that a mass action takes. */
  massActionMs: number;
  /** Whether a change that is no modification is published. */
  publishUnclassified: boolean;
  reasonSearchGrant: boolean;
  /** Calls an hour and organization; 0 for no limit. */
  hourlyCallBudget: number;
  overBudgetAnswer: '429' | '429-without-retry-after' | '503';
  /** Milliseconds until a search sees a change. */
  searchIndexDelayMs: number;
  searchMaxSize: number;
  eventPaths: 'both' | 'orderevent' | 'fulfillmentevent';
  eventLists: 'all-or-nothing' | 'partial';
  repeatedExternalMessage: 'once' | 'again' | 'refuse';
  importSpelling: 'both' | 'IsImport' | 'IsImported';
  nullOnSave: 'clear' | 'ignore';
  saveMessage: 'none' | '10208' | '10209' | '10254' | 'pay::10001' | 'pay::10002' | '99999';
  partialCancelPayment: 'save-only' | 'execute';
  extendedStatuses: 'off' | 'on';
  statusIds: 'plain' | 'decimals';
  docTypeShape: 'object' | 'string';
  itemConditionShape: 'object' | 'string';
  /** Status of the parent's units once their return exists. */
  parentStatusOnReturn: '8000' | '8500';
  /** What a new return does to older ones that only announce the same goods. */
  pendingReturns: 'keep' | 'cancel-items' | 'cancel-order';
  returnWithoutParent: 'refuse' | 'accept';
  verificationPolicy: 'line' | 'order';
  varianceHolds: boolean;
  carrierScan: 'off' | 'status' | 'status-and-invoice';
  /** Lines that expect no goods are approved by themselves. */
  returnAutoApprove: boolean;
  refunds: 'automatic' | 'internal-only' | 'manual';
  returnItemsPendingResolves: boolean;
  /** Days after fulfilment within which a return is allowed; 0 for ever. */
  returnAgeDays: number;
}

export const DEFAULTS: TenantSwitches = {
  livesBegin: 'confirmed',
  shipFromLocations: 'NODE-1,NODE-2,NODE-3',
  excludedLocations: '',
  holdsBlockingRelease: '*',
  substitution: 'accept',
  packageIds: 'generated',
  adjustmentInvoices: true,
  settlements: 'manual',
  refundOrder: 'first-charged-first',
  archiveDays: 30,
  totalCountType: 'string',
  fulfilledName: 'Fulfilled',
  grants: 'password,client_credentials',
  organizationHeader: 'SelectedOrganization',
  missingGrants: '',
  publishTemplate: '',
  customerIds: 'AUTO',
  cancelEndpoints: true,
  lateCancel: false,
  lateCancelAnswer: '200',
  massActionMs: 100,
  publishUnclassified: true,
  reasonSearchGrant: true,
  hourlyCallBudget: 0,
  overBudgetAnswer: '429',
  searchIndexDelayMs: 0,
  searchMaxSize: 1000,
  eventPaths: 'both',
  eventLists: 'all-or-nothing',
  repeatedExternalMessage: 'once',
  importSpelling: 'both',
  nullOnSave: 'clear',
  saveMessage: 'none',
  partialCancelPayment: 'save-only',
  extendedStatuses: 'off',
  statusIds: 'plain',
  docTypeShape: 'object',
  itemConditionShape: 'object',
  parentStatusOnReturn: '8000',
  pendingReturns: 'keep',
  returnWithoutParent: 'refuse',
  verificationPolicy: 'line',
  varianceHolds: true,
  carrierScan: 'off',
  returnAutoApprove: true,
  refunds: 'automatic',
  returnItemsPendingResolves: true,
  returnAgeDays: 0,
};
