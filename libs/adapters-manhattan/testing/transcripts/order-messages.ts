import { gzipSync } from 'node:zlib';
import { anOmsLine, anOmsOrder } from '../oms-orders.js';
import { consolidatedOf, pushedOf, wrappedOf, type Sample } from '../samples.js';
import { UNMAPPED, UNREADABLE, type MessageTranscript } from './transcript.js';

/** As they were captured on an order publish; every value is a text, also where it is a flag (§7.2). */
const INTERNAL: Readonly<Record<string, string>> = {
  User: 'svc',
  Organization: 'AURORA',
  Location: '',
  SelectedOrganization: 'AURORA',
  AllBusinessUnitsAccessible: 'true',
  MSG_TYPE: 'PublishOrderEventMSGType',
  OUTBOUND_MSG_TYPE: 'PublishOrderEventMSGType',
  MSG_ID_PK: '7a1c0f0e9b2d4c51a9d77f2e6b0c4d8e01',
  QueueName: 'queue.publishOrderEvent',
  direction: 'Internal',
  TRANSACTIONAL: 'false',
  msg_submission_time: '2026-03-01T05:20:31.250',
  msg_submission_time_utc: '2026-03-01T10:20:31.250Z',
  ENCRYPTED_OAUTH_TOKEN: 'not-to-be-kept',
};
const EXTERNAL = {
  ...INTERNAL,
  BROKER_TYPE: 'googlepubsub',
  IsRetransmitMsg: 'true',
  ComponentName: 'xint',
  direction: 'Outbound',
  MSG_TYPE: 'OB_XINT_PublishOrderEventMSGType_GCPMT',
};
const order = anOmsOrder();
const read = { orderNumber: 'A-1001', organization: 'AURORA', at: '2026-03-01T10:20:30.500Z' };
const one = { messageId: INTERNAL['MSG_ID_PK'], snapshots: [read] };
const told = (body: unknown, attributes: Readonly<Record<string, string>> = INTERNAL) => ({ attributes, body });
const changed = (changes: Sample) => told(anOmsOrder(changes));
const stage = (name: string, quantity = 3) => ({ snapshots: [{ lines: [{ units: [{ stage: name, quantity }] }] }] });
const unit = (StatusId: unknown, changes: Sample = {}) =>
  changed({
    OrderLine: [anOmsLine('1', 3, String(StatusId), { QuantityDetail: [{ StatusId, Quantity: 3 }], ...changes })],
  });
const log = (...mods: readonly string[]) => ({
  ModTypes: { Order: [], OrderLine: [], QuantityDetail: mods },
  ChangeSet: [],
});

/** Order publishes of every shape, and what else may lie on the same queue (§7). */
export const ORDER_MESSAGES: readonly MessageTranscript[] = [
  ['pulled raw, with attributes (§7.1)', told(order), one],
  ['re-transmitted to an external broker (§7.1, §7.2)', told(order, EXTERNAL), one],
  ['pushed in base64 with the attributes within (§7.1)', { body: pushedOf(order, { ...INTERNAL }) }, one],
  ['as headers in small letters (§7.2)', told(order, lowered(INTERNAL)), one],
  ['in the landing format (§7.2)', { body: wrappedOf(order, INTERNAL) }, one],
  ['in the landing format, the payload as a text (§7.2)', { body: wrappedOf(JSON.stringify(order), INTERNAL) }, one],
  ['without the id of the OMS, by that of the broker (§7.2)', { body: pushedOf(order) }, { messageId: '880001' }],
  ['without any attribute (§7.2, §7.3)', { body: order }, { snapshots: [read] }],
  [
    'with a local time of submission beside the one in UTC (§7.2)',
    changed({ UpdatedTimestamp: null }),
    { snapshots: [{ at: '2026-03-01T10:20:31.250Z' }] },
  ],
  [
    'consolidated, newest first (§7.3, §10.1)',
    told(
      consolidatedOf(
        anOmsOrder({ UpdatedTimestamp: '2026-03-01T10:20:40', EventSubmitTimestamp: '2026-03-01T10:20:41' }),
        order,
      ),
    ),
    { snapshots: [{ at: '2026-03-01T10:20:40.000Z' }, read] },
  ],
  ['twice in one list (§10.1)', told(consolidatedOf(order, order)), { snapshots: [read, read] }],
  [
    'before one that it was sent after, each with its own moment (§10.1, §10.35)',
    told([anOmsOrder({ UpdatedTimestamp: '2026-03-01T10:00:00', PaymentStatus: { StatusId: '5000.000' } }), order]),
    { snapshots: [{ at: '2026-03-01T10:00:00.000Z' }, read] },
  ],
  ['without a change log (§7.3)', changed({ ChangeLog: null }), one],
  [
    'with a change log that says more than the order (§7.4)',
    unit('2000', { ChangeLog: log('QuantityDetail::QuantityStatus::Increase::7000') }),
    stage('allocated'),
  ],
  [
    'of goods for a store, without an address (§7.3)',
    unit('3000', { ShipToAddress: null, DeliveryMethod: 'ShipToStore' }),
    stage('released'),
  ],
  [
    'without milliseconds (§7.3)',
    changed({ UpdatedTimestamp: '2026-03-01T10:20:30' }),
    { snapshots: [{ at: '2026-03-01T10:20:30.000Z' }] },
  ],
  [
    'with attributes of a later release (§7.3, §10.16)',
    changed({ NextYear: { A: [] }, OrderExtension1: { Extended: null } }),
    one,
  ],
  ['with a status of the tenant (§10.16)', unit('3500.100'), stage('in-process')],
  ['with a status as a number (§10.31)', unit(7000), stage('shipped')],
  ['back-ordered (§7.4)', unit('1500.000'), stage('back-ordered')],
  ['delivered (§7.4)', unit('7500'), stage('delivered')],
  [
    'cancelled without a row at 9000 (§7.4)',
    unit('9000', { IsCancelled: true, Quantity: 0, QuantityDetail: [{ StatusId: '2000', Quantity: 0 }] }),
    { snapshots: [{ lines: [{ cancelled: true, units: [] }] }] },
  ],
  [
    'of a hold that was applied (§7.4)',
    changed({ OrderHold: [{ HoldTypeId: 'PaymentFraud', Status: { StatusId: '1000' }, StatusId: '1000.000' }] }),
    { snapshots: [{ holds: ['PaymentFraud'] }] },
  ],
  [
    'of an order that its tenant asked for again (§7.3)',
    told(order, { ...INTERNAL, MSG_ID_PK: 'again' }),
    { messageId: 'again', snapshots: [read] },
  ],
  [
    'a release, which has other names (§7.5, §10.30)',
    told({
      OrderId: 'A-1001',
      OrganizationId: 'AURORA',
      ReleaseId: 'A-10011',
      OrderSubtotal: 30.0,
      IsPriceOverrIdden: false,
      ReleaseLine: [{ OrderLineId: '1', Quantity: 366.0 }],
    }),
    UNREADABLE,
  ],
  ['a message of stock (§7.5)', told({ TransactionNumber: 'T-7', ViewName: 'Ship To Home' }), UNREADABLE],
  ['an event of a customer (§7.5)', told({ CustomerId: 'C-77', LastName: 'Oakfield' }), UNREADABLE],
  ['a list of nothing (§7.3)', told({ data: [], ConsolidatedPayload: true }), UNREADABLE],
  ['a body that its broker has compressed (§7.6)', told(gzipSync(JSON.stringify(order))), UNREADABLE],
  ['half a body', told('{"OrderId":"A-10'), UNREADABLE],
  ['a text', told('"A-1001"'), UNREADABLE],
  ['a status on no rung (§3.2)', unit('4000'), UNMAPPED],
  [
    'a late cancel in a state that nobody knows (§10.7)',
    unit('3000', { CancellationRequestStatus: 'Maybe' }),
    UNMAPPED,
  ],
  ['an order of nobody (§7.2)', { body: anOmsOrder({ OrgId: null }) }, UNREADABLE],
];

function lowered(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name.toLowerCase(), value]));
}
