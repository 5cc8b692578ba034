/** Something that the sources leave open (§12) or say twice (§13), and where the twin lets it be chosen. */
export interface OpenRow {
  what: string;
  /** Names of switches: of the tenant, of stock as `stock:…`, of chaos as `chaos:…`. */
  switches: readonly string[];
  /** Chosen elsewhere, or what the twin does instead of choosing. */
  note?: string;
}

const CALLER = "the caller's own setting: the twin has one address and takes what comes";

/** §12, row by row. */
export const UNKNOWNS: readonly OpenRow[] = [
  { what: 'Base URLs of API, log-in and availability', switches: [], note: CALLER },
  {
    what: 'OAuth grants, client, scope, token path',
    switches: ['grants'],
    note: 'clients and users are settings of the process; the path is /oauth/token',
  },
  { what: 'Refresh tokens', switches: ['grants'] },
  {
    what: 'Header for another organization or location',
    switches: ['organizationHeader'],
    note: 'a location header changes nothing',
  },
  {
    what: 'One user per organization, or one user and a header',
    switches: ['organizationHeader'],
    note: 'both work: users have organizations',
  },
  { what: 'Rate limit, and the answer over it', switches: ['hourlyCallBudget', 'overBudgetAnswer'] },
  { what: 'Largest page of a search', switches: ['searchMaxSize'] },
  { what: 'Largest request and longest wait', switches: ['chaos:latencyMs'], note: 'bodies up to 10 MB' },
  { what: 'Cancel by save or by the cancel endpoints', switches: ['cancelEndpoints'] },
  { what: 'Status from which changes are refused', switches: ['modTypes'] },
  { what: 'Late cancel', switches: ['lateCancel', 'lateCancelAnswer'] },
  { what: 'Extended statuses and display texts', switches: ['extendedStatuses', 'statusIds', 'fulfilledName'] },
  {
    what: 'Ids of reasons',
    switches: ['reasonSearchGrant'],
    note: 'the base reasons of §3.6 and the ids 1000.000 and 2000.000; an unknown cancel reason is taken, an unknown short reason refused',
  },
  { what: 'Order types, channels, line, note types', switches: [], note: 'whatever comes is taken' },
  {
    what: 'Delivery and shipping methods',
    switches: [],
    note: 'the methods of §3.3; a shipping method is not looked at',
  },
  { what: 'Unit of measure', switches: [], note: 'whatever comes is taken' },
  {
    what: 'Charge, tax and payment types; who captures and refunds',
    switches: ['settlements', 'refunds', 'refundOrder', 'partialCancelPayment', 'adjustmentInvoices'],
  },
  { what: 'Marks of priced, charged, taxed; spelling of the import mark', switches: ['importSpelling'] },
  { what: 'Versions and their source', switches: [], note: 'any integer; lower or equal is refused with 10208' },
  { what: 'An explicit null', switches: ['nullOnSave'] },
  { what: 'A repeated ExternalMessageId', switches: ['repeatedExternalMessage'] },
  { what: 'Whether a list of events is all or nothing', switches: ['eventLists'] },
  { what: 'Status of the parent when a return is made', switches: ['parentStatusOnReturn'] },
  { what: 'Extended attributes', switches: [], note: 'kept as they come' },
  {
    what: 'Views, thresholds, whether quantities are published',
    switches: [],
    note: 'PUT /control/inventory/views, view by view',
  },
  { what: 'Text of limited stock', switches: ['stock:statusLimited', 'stock:statusOut', 'stock:statusIn'] },
  {
    what: 'Wrappers of sync and alert messages',
    switches: [
      ...['stock:discriminatorName', 'stock:startValue', 'stock:detailsValue', 'stock:endValue'],
      ...['stock:recordsName', 'stock:alertRecordName'],
    ],
  },
  { what: 'Fields of supply to come', switches: ['stock:extraFields'] },
  {
    what: 'Topics, subscriptions, ordering keys, deadlines, attribute names, wrapped or not',
    switches: [],
    note: 'PUT /control/publishing: topic, orderingKeys, attributeNames, shape; subscriptions as Pub/Sub has them',
  },
  { what: 'Key of duplicates', switches: [], note: 'attributeNames can leave MSG_ID_PK out' },
  { what: 'Field that messages are ordered by', switches: [], note: 'consolidated messages have EventSubmitTimestamp' },
  {
    what: 'Publish template, mod types that publish, consolidation',
    switches: ['publishTemplate', 'modTypes', 'publishUnclassified', 'chaos:withoutChangeLog'],
  },
  { what: 'Where customers are mastered, their ids', switches: ['customerIds'] },
  { what: 'Return labels, refunds, verification', switches: ['verificationPolicy', 'refunds', 'returnAutoApprove'] },
  {
    what: 'Fields of a promise request',
    switches: [],
    note: 'PUT /control/promising for lead times; a configuration is a view',
  },
  { what: 'Days until an order is archived', switches: ['archiveDays'] },
  { what: 'How long persons are kept', switches: [], note: 'until the twin is reset; nothing is made anonymous' },
];

/** §13, row by row. */
export const CONTRADICTIONS: readonly OpenRow[] = [
  { what: 'A refused event: all rolled back, or the others kept', switches: ['eventLists'] },
  { what: 'Parent of a new return: 8000 or 8500', switches: ['parentStatusOnReturn'] },
  { what: 'Items of a style in one call: 50 or 500', switches: ['stock:itemsPerStyle'] },
  { what: 'IsImport or IsImported', switches: ['importSpelling'] },
  { what: 'Events under orderevent or fulfillmentevent', switches: ['eventPaths'] },
  {
    what: 'PersistMessageToStore or PERSIST_TO_MSG_STORE',
    switches: [],
    note: 'PUT /control/publishing: attributeNames',
  },
  { what: 'ItemCondition as object or text', switches: ['itemConditionShape'], note: 'both are read' },
  { what: 'Receipt or Reciept', switches: [], note: 'both are read' },
  { what: 'DocType as object or text', switches: ['docTypeShape'], note: 'both are read' },
  {
    what: '10208: stale version, or shipping restriction',
    switches: ['saveMessage'],
    note: 'a stale version is always 400 with it',
  },
];
