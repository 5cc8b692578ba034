import { locationRow, networkRow } from '../oms-stock.js';
import { consolidatedOf, pushedOf, wrappedOf, type Sample } from '../samples.js';
import { UNMAPPED, UNREADABLE, type MessageTranscript } from './transcript.js';

const attributes = { Organization: 'AURORA', MSG_ID_PK: 'S1', MSG_TYPE: 'PublishAvailabilitySyncMSGType' };
const told = (body: unknown, MSG_TYPE = attributes.MSG_TYPE) => ({ attributes: { ...attributes, MSG_TYPE }, body });
const page = (changes: Sample = {}): Sample => ({
  TransactionNumber: 77,
  ViewDetails: { ViewName: 'Ship To Home' },
  CurrentPage: '3',
  TotalPages: 5,
  TotalCount: '9000',
  Availability: [networkRow('SKU-1', { ViewName: null })],
  ...changes,
});
const record = { sku: 'SKU-1', view: 'Ship To Home', quantity: 50, status: 'in-stock' };
const details = { kind: 'sync-details', run: '77', page: { number: 3, of: 5 }, records: [record] };
const alert = (changes: Sample = {}) => told(networkRow('SKU-1', changes), 'PublishAvailabilityAlertMSGType');

/** Messages of the availability feeds, whose wrappers nobody has published (§6.3, §7.5, §12). */
export const STOCK_MESSAGES: readonly MessageTranscript[] = [
  ['an alert, which comes at thresholds alone (§10.22)', alert(), { kind: 'alert', records: [record] }],
  [
    'a change of any view (§6.3)',
    told(networkRow('SKU-1'), 'OB_XINT_PublishAvailabilityChangeMSGType_GCPMT'),
    { kind: 'change', records: [record] },
  ],
  [
    'the start of a full sync',
    told({ StartSync: { TransactionNumber: 77 } }),
    { kind: 'sync-start', run: '77', records: [] },
  ],
  ['a page after one that was skipped (§6.3, §10.22)', told(page()), details],
  ['a page that is empty (§6.3)', told(page({ Availability: [] })), { ...details, records: [] }],
  ['the end of a full sync', told({ Event: 'END_SYNC', TransactionNumber: '77' }), { kind: 'sync-end', run: '77' }],
  ['a delta that says so (§6.3, §10.22)', told(page({ SyncType: 'DeltaSync' })), { kind: 'delta' }],
  [
    'a page of locations, which counts locations (§6.3)',
    told(
      page({
        Availability: null,
        Locations: [{ LocationId: 1001, Items: [locationRow('SKU-1', '1001', { LocationId: null })] }],
      }),
    ),
    { kind: 'sync-details', records: [{ location: '1001', quantity: 3, view: 'Store Stock' }] },
  ],
  [
    'zero units in stock where quantities are not published (§10.23)',
    alert({ TotalQuantity: 0, Quantity: {} }),
    { records: [{ status: 'in-stock', quantity: null }] },
  ],
  [
    'an item that left its view (§6.3)',
    told(page({ SyncType: 'delta', Availability: [networkRow('SKU-1', { StatusCode: 0, TotalQuantity: 0 })] })),
    { records: [{ status: 'out-of-stock', quantity: 0 }] },
  ],
  [
    'substitutes within a record, which are none of its own (§6.2)',
    alert({ SubstitutionDetails: { SubstituteItems: [networkRow('SKU-2')] } }),
    { records: [record] },
  ],
  ['the landing format (§7.2)', told(wrappedOf(JSON.stringify(page()), attributes)), details],
  ['a push in base64 (§7.1)', { body: pushedOf(page(), attributes) }, details],
  [
    'a consolidated list (§7.3)',
    told(consolidatedOf(networkRow('SKU-1'), networkRow('SKU-2'))),
    { records: [record, { sku: 'SKU-2' }] },
  ],
  ['texts for numbers (§10.31)', alert({ TotalQuantity: '50.0', StatusCode: '2.0' }), { records: [record] }],
  ['attributes of a later release (§10.16)', alert({ Later: { ItemId: 'SKU-9' } }), { records: [record] }],
  ['an order (§7.5)', told({ OrderId: 'A-1001', OrderLine: [] }, 'PublishOrderEventMSGType'), UNREADABLE],
  ['an alert of nothing', told({}, 'PublishAvailabilityAlertMSGType'), UNREADABLE],
  ['no organization (§7.2)', { body: networkRow('SKU-1') }, UNREADABLE],
  ['half a body', told('{"ItemId":'), UNREADABLE],
  ['a code that nobody knows (§6.1)', alert({ StatusCode: 9 }), UNMAPPED],
];
