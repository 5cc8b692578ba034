import { anOmsLine, anOmsOrder } from '../oms-orders.js';
import type { Sample } from '../samples.js';
import { envelope, failure, type ScriptedAnswer } from '../scripted-vendor.js';
import { fault, type Transcript } from './transcript.js';

const read = (order: Sample) => envelope(anOmsOrder(order));
const error = (Code: string, Description: string) => ({ Type: 'ERROR', Code, Description });
const warning = { Type: 'WARNING', Code: '10209', Description: 'Soft shipping restriction' };
const body = (content: unknown, status = 200): ScriptedAnswer => ({ status, body: content });
const oneLine = (line: Sample) => read({ OrderLine: [anOmsLine('1', 3, '2000', line)] });
const units = (...rows: readonly (readonly [string, number])[]) => ({
  lines: [{ units: rows.map(([stage, quantity]) => ({ stage, quantity })) }],
});

const canonical = { orderNumber: 'A-1001', organization: 'AURORA', at: '2026-03-01T10:20:30.500Z' };

/** A read of an order whose answer is odd, and is the order all the same (§2.3–§2.5, §3.2, §10). */
export const ODD_ORDERS: readonly Transcript[] = [
  ['a success with a warning (§10.3)', envelope(anOmsOrder(), [warning]), canonical],
  ['a success under a 400 with a warning (§10.3)', { ...envelope(anOmsOrder(), [warning]), status: 400 }, canonical],
  ['a success that is a text', body({ success: 'true', data: anOmsOrder(), messages: null }), canonical],
  ['no envelope at all (§2.3)', body(anOmsOrder()), canonical],
  ['a list of one', envelope([anOmsOrder()]), canonical],
  ['messages that are a list', body({ success: true, data: anOmsOrder(), messages: [warning] }), canonical],
  [
    'meta fields and attributes of a later release (§2.4, §10.16)',
    read({ PK: '77', Actions: {}, Later: [1] }),
    canonical,
  ],
  [
    'a moment without fraction (§2.5)',
    read({ UpdatedTimestamp: '2026-03-01T10:20:30' }),
    { at: '2026-03-01T10:20:30.000Z' },
  ],
  [
    'a moment with three digits (§2.5)',
    read({ UpdatedTimestamp: '2026-03-01T10:20:30.614' }),
    { at: '2026-03-01T10:20:30.614Z' },
  ],
  ['a day alone (§2.5)', read({ UpdatedTimestamp: '2026-03-01' }), { at: '2026-03-01T00:00:00.000Z' }],
  [
    'a moment of 2038 that is no moment of the order (§3.5)',
    read({ EventSubmitTime: '2038-01-18T23:59:00' }),
    canonical,
  ],
  [
    'a doc type as a text, another as an object (§13)',
    read({ DocType: 'CustomerOrder', OrderType: { OrderTypeId: 'Web' } }),
    canonical,
  ],
  [
    'every scalar as a text (§2.5)',
    read({ OrderTotal: '64.8', IsCancelled: 'false' }),
    { total: 6480, cancelled: false },
  ],
  [
    'every scalar as a number (§10.31)',
    read({ OrderId: 1001, OrderTotal: 64.8 }),
    { orderNumber: '1001', total: 6480 },
  ],
  ['nulls for all that is empty', read({ OrderHold: null, OrderTotal: null, Release: null }), { holds: [] }],
  ['holds of both statuses in any spelling (§3.2)', read({}), { holds: ['PaymentFraud'] }],
  [
    'a hold that stays until someone resolves it (§10.17)',
    read({ OrderHold: [{ HoldTypeId: 'TaxServiceNotAvailable', StatusId: 1000 }] }),
    { holds: ['TaxServiceNotAvailable'] },
  ],
  [
    'rows at zero beside the living (§3.2)',
    oneLine({
      QuantityDetail: [
        { StatusId: '1000', Quantity: 0 },
        { StatusId: '2000.000', Quantity: '3.0' },
      ],
    }),
    units(['allocated', 3]),
  ],
  [
    'a status of the tenant (§3.2)',
    oneLine({ QuantityDetail: [{ StatusId: '3000.500', Quantity: 3 }] }),
    units(['released', 3]),
  ],
  [
    'quantities of four decimals (§2.5)',
    oneLine({ QuantityDetail: [{ StatusId: 2000, Quantity: 0.12345 }] }),
    units(['allocated', 0.1235]),
  ],
  [
    'a short that waits for a choice (§10.27)',
    oneLine({ QuantityDetail: [{ StatusId: 1500, Quantity: 3, Reason: { ReasonId: 'X' } }] }),
    units(['back-ordered', 3]),
  ],
  [
    'a full cancel without a row at 9000 (§3.2, §10.5)',
    read({ IsCancelled: true, OrderTotal: 0, CancelledOrderTotal: '64.80', OrderLine: [anOmsLine('1', 0, '9000')] }),
    { cancelled: true, total: 0, cancelledTotal: 6480, lines: [{ cancelled: true, units: [] }] },
  ],
  [
    'a partial cancel, whose cancelled totals stay empty (§3.6)',
    read({ CancelledOrderTotal: null, OrderLine: [anOmsLine('1', 1, '2000')] }),
    { cancelled: false, ...units(['allocated', 1]) },
  ],
  ['a cancel that nobody asked for (§10.28)', read({ MaxFulfillmentStatusId: '9000.000' }), { cancelled: true }],
  [
    'money that an API cancel left authorized (§10.6)',
    read({
      IsCancelled: true,
      OrderLine: [anOmsLine('1', 0, '9000')],
      Payment: [{ PaymentMethod: [{ PaymentMethodId: 'T-1', CurrentAuthAmount: '64.80', PaymentTransaction: null }] }],
    }),
    { cancelled: true, tenders: [{ id: 'T-1', authorized: 6480, captured: 0, refunded: 0 }] },
  ],
  [
    'a late cancel that is asked for (§10.7)',
    oneLine({ CancellationRequestStatus: 'Requested' }),
    { lines: [{ cancelled: false, cancelRequest: 'requested' }] },
  ],
  [
    'a late cancel that failed after a day (§10.7)',
    oneLine({ CancellationRequestStatus: 'Failure' }),
    { lines: [{ cancelled: false, cancelRequest: 'failed' }] },
  ],
  [
    'the flag of an import in both spellings (§10.9, §13)',
    read({ OrderActions: { IsImport: true, IsImported: 'true' } }),
    canonical,
  ],
  [
    'a moment in the hour that summer time skips (§10.15)',
    read({ UpdatedTimestamp: '2026-03-29T02:30:00.1' }),
    { at: '2026-03-29T02:30:00.100Z' },
  ],
  [
    'a digital line that was released in spite of its hold (§10.18)',
    read({
      OrderLine: [
        anOmsLine('1', 1, '3000', {
          DeliveryMethod: { DeliveryMethodId: 'Email' },
          OrderLineHold: [{ HoldTypeId: 'PaymentFraud', StatusId: '1000' }],
        }),
      ],
    }),
    units(['released', 1]),
  ],
  ['a shipping method that nobody knows (§10.19)', oneLine({ ShippingMethodId: 'NO_SUCH_METHOD' }), canonical],
  [
    'one tracking number on two packages (§10.26)',
    oneLine({
      FulfillmentDetail: [
        { PackageId: 'P1', TrackingNumber: 'T1', CarrierCode: 'UPS', Quantity: 1 },
        { PackageId: 'P2', TrackingNumber: 'T1', CarrierCode: 'UPS', Quantity: '2.0' },
      ],
    }),
    { shipments: [{ key: 'UPS:T1', lines: [{ line: '1', quantity: 3 }] }] },
  ],
  [
    'a line that comes back among lines that go out (§5.1)',
    read({ OrderLine: [anOmsLine('1', 1, '2000'), anOmsLine('R', 1, '11000', { IsReturn: 'true' })] }),
    units(['allocated', 1]),
  ],
];

/** A read of an order that yields a fault with a name (§1, §2.3, §2.6, §10). */
export const NAMED_FAULTS: readonly Transcript[] = [
  [
    'success over an error (§10.2)',
    envelope(anOmsOrder(), [error('10254', 'Not completed')]),
    fault('permanent', 'oms.refused'),
  ],
  [
    'success over an error within the data (§0.2)',
    envelope(anOmsOrder({ Messages: { Message: [error('1', 'No')] } })),
    fault('permanent', 'oms.refused'),
  ],
  [
    'a validation (§2.3)',
    failure(400, error('OrderType', 'Unknown'), [{ resource: 'ManhValidationException' }]),
    fault('permanent', 'oms.refused'),
  ],
  [
    '10208 as a restriction (§2.3)',
    envelope(null, [error('10208', 'Hard shipping restriction')]),
    fault('permanent', 'oms.refused'),
  ],
  [
    '10208 as a stale version (§2.6)',
    failure(400, error('10208', 'Version is not higher')),
    fault('conflict', 'oms.stale_version'),
  ],
  ['error.10208 (§2.6)', failure(400, error('error.10208', '')), fault('conflict', 'oms.stale_version')],
  [
    'a payment that failed in a success (§2.3)',
    envelope({}, [error('pay::10002', 'Authorization failed')]),
    fault('permanent', 'oms.payment_failed'),
  ],
  ['99999 (§2.3)', envelope({}, [error('99999', 'Failed')]), fault('transient', 'oms.failed')],
  [
    'a lock wait under a 200 (§10.32)',
    envelope({}, [error('1', 'Lock wait timeout exceeded')]),
    fault('transient', 'oms.lock_wait'),
  ],
  [
    'a lock wait under a 500 (§10.32)',
    failure(500, error('1', 'Concurrent update')),
    fault('transient', 'oms.lock_wait'),
  ],
  [
    'the generic failure in its own words (§2.3)',
    envelope({}, [error('99999', 'Payment group is closed')]),
    {
      ...fault('transient', 'oms.failed'),
      message: 'The OMS failed in a way that it has no name for. It said: Payment group is closed',
    },
  ],
  [
    'one line of many that may not be changed, which rejects all (§2.5, §10.4)',
    failure(400, error('OrderLine[3]', 'Not allowed after release'), [{ resource: 'ManhValidationException' }]),
    { ...fault('permanent', 'oms.refused'), violations: [{ sentence: 'Not allowed after release' }] },
  ],
  [
    'a version that another host has raised (§10.8)',
    failure(400, error('10208', 'VersionTimestamp 1700000000000 is lower than the stored version')),
    fault('conflict', 'oms.stale_version'),
  ],
  [
    'a password that has expired (§10.13)',
    body({ error: 'invalid_grant', error_description: 'Credentials expired' }, 400),
    fault('suspending', 'oms.credentials_refused'),
  ],
  [
    'a time-out of a big order at a gateway (§10.12)',
    body('<html>504</html>', 504),
    fault('transient', 'oms.unavailable'),
  ],
  ['failure without a word', body({ success: false }), fault('transient', 'oms.failed')],
  ['a missing grant (§1)', failure(403, error('403', 'Forbidden')), fault('suspending', 'oms.forbidden')],
  [
    'a token that is refused twice (§1)',
    body({ error: 'invalid_token' }, 401),
    fault('suspending', 'oms.unauthorized'),
  ],
  ['a lapsed state (§2.3)', failure(409, error('300', 'Failure')), fault('conflict', 'oms.conflict')],
  [
    'too many calls (§2.7)',
    { ...failure(429, error('', '')), headers: { 'retry-after': '7' } },
    { ...fault('transient', 'oms.rate_limited'), retryAfterMs: 7000 },
  ],
  ['an outage', failure(503, error('', '')), fault('transient', 'oms.unavailable')],
  ['the page of a gateway', body('<html>Bad gateway</html>', 502), fault('transient', 'oms.unavailable')],
  ['a page in place of JSON', body('<html>Sign in</html>'), fault('transient', 'oms.unreadable_answer')],
  ['JSON that is cut', body('{"success":true,"data":{'), fault('transient', 'oms.unreadable_answer')],
  ['nothing at all', body(''), fault('transient', 'oms.unreadable_answer')],
  [
    'an unheard-of status',
    failure(418, { Type: 'INFO', Code: '', Description: '' }),
    fault('permanent', 'oms.unexpected_status'),
  ],
  ['an order without a moment (§7.3)', read({ UpdatedTimestamp: null }), fault('permanent', 'oms.unreadable_message')],
  ['an order without lines', read({ OrderLine: null }), fault('permanent', 'oms.unreadable_message')],
  [
    'a moment that is none',
    read({ UpdatedTimestamp: '2026-02-30T00:00:00' }),
    fault('permanent', 'oms.unreadable_message'),
  ],
  ['an amount with too many digits', read({ OrderTotal: 1.234 }), fault('permanent', 'oms.unreadable_message')],
  [
    'units below zero',
    oneLine({ QuantityDetail: [{ StatusId: 2000, Quantity: -1 }] }),
    fault('permanent', 'oms.unreadable_message'),
  ],
  [
    'a status on no rung (§3.2)',
    oneLine({ QuantityDetail: [{ StatusId: '4000', Quantity: 3 }] }),
    fault('permanent', 'oms.unmapped_status'),
  ],
];
