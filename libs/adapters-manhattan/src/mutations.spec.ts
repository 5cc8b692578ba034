import { describe, expect, it } from '@jest/globals';
import { faultOf, instantOf, lineId, locationId, orderNumber } from '@tandem/domain';
import { aSite } from '@tandem/domain/testing';
import fc from 'fast-check';
import { mutated, ODD_VALUES } from '../testing/mutations.js';
import { anOmsOrder } from '../testing/oms-orders.js';
import { aReturnLine, anInvoice, anOmsReturn } from '../testing/oms-returns.js';
import { cancelled, consolidatedOf, deliveryOf, partlyShipped, pushedOf, wrappedOf } from '../testing/samples.js';
import { NAMED_FAULTS } from '../testing/transcripts/order-answers.js';
import { ORDER_MESSAGES } from '../testing/transcripts/order-messages.js';
import { LOCATION_ANSWERS, NETWORK_ANSWERS, PROMISE_ANSWERS } from '../testing/transcripts/stock-answers.js';
import { STOCK_MESSAGES } from '../testing/transcripts/stock-messages.js';
import { cancelPlan } from './changes/cancel-plan.js';
import { heldOrder } from './changes/held-order.js';
import { applyHoldPlan, resolveHoldPlan } from './changes/hold-plan.js';
import { lateCancelsOf } from './changes/late-cancels.js';
import { permittedChangesOf } from './changes/permitted-changes.js';
import { reroutePlan } from './changes/reroute-plan.js';
import { revisePlan } from './changes/revise-plan.js';
import { shortPlan } from './changes/short-plan.js';
import { parseEnvelope } from './connection/envelope.js';
import { manhattanFault } from './connection/manhattan-faults.js';
import { Fields } from './feed/fields.js';
import { ManhattanOrderFeed } from './feed/manhattan-order-feed.js';
import { availabilityOf } from './inventory/availability-record.js';
import { ManhattanAvailabilityFeed } from './inventory/manhattan-availability-feed.js';
import { promisedOptionsOf } from './inventory/promised-options.js';
import { invoicesOf } from './money/invoices.js';
import { reasonsOf } from './orders/manhattan-reasons.js';
import { OrderReader } from './orders/order-reader.js';
import { DEFAULT_VOCABULARY } from './orders/order-vocabulary.js';
import { returnSnapshotOf } from './returns/return-snapshot.js';

const site = aSite();
const change = { number: orderNumber('A-1001'), version: 5 };
const lines = [lineId('1')];
const at = instantOf(new Date(0));
const releases = [
  {
    ReleaseId: 'A-10011',
    ReleaseLine: [
      { ReleaseLineId: '1', OrderLineId: '1', Quantity: 3, FulfilledQuantity: 0, CancelledQuantity: '0.0' },
    ],
  },
];
const money = {
  PaymentStatus: { StatusId: '6000' },
  Invoice: [
    { InvoiceType: { InvoiceTypeId: 'Return' }, Status: { StatusId: 'Open' }, InvoiceTotal: 10 },
    { InvoiceType: 'Return', InvoiceTotal: '-90071992547409.91' },
  ],
  Payment: [
    {
      PaymentMethod: [
        { PaymentTransaction: [{ TransactionType: { PaymentTransactionTypeId: 'Refund' }, ProcessedAmount: 20 }] },
      ],
    },
  ],
};
const isContent = (body: unknown): body is object =>
  typeof body === 'object' && body !== null && !Buffer.isBuffer(body);

const SAMPLES = [
  anOmsOrder({ Release: releases }),
  anOmsReturn({ ...money, OrderLine: [aReturnLine(), aReturnLine({ IsReturn: false, IsEvenExchange: true })] }),
  partlyShipped(),
  cancelled(),
  consolidatedOf(partlyShipped(), cancelled()),
  pushedOf(wrappedOf(consolidatedOf(partlyShipped()))),
  wrappedOf(JSON.stringify(partlyShipped())),
  {
    PermittedModTypes: ['Order::Cancel', { ModTypeId: 'Order::Confirmed' }],
    OrderLinePermittedModTypes: [{ OrderLineId: '1', PermittedModTypes: ['OrderLine::Cancel'] }],
    OrderLineId: '1',
    Status: 'Requested',
    UpdatedTimestamp: '2026-03-01T10:00:00',
  },
  [{ ReasonId: '1000.000', CancellationInitiatedBy: 'Customer', ReallocateOnShort: 'false' }],
  anOmsOrder({ Invoice: [anInvoice()] }),
  ...[...ORDER_MESSAGES, ...STOCK_MESSAGES].flatMap(([, { body }]) => (isContent(body) ? [body] : [])),
  ...[...NETWORK_ANSWERS, ...LOCATION_ANSWERS, ...PROMISE_ANSWERS].flatMap(([, { body }]) =>
    isContent(body) ? [body] : [],
  ),
  ...NAMED_FAULTS.flatMap(([, { body }]) => (isContent(body) ? [body] : [])),
];

const mutation = fc.record({
  at: fc.nat(10_000),
  how: fc.constantFrom('replace' as const, 'replace' as const, 'remove' as const, 'wrap' as const),
  by: fc.oneof(fc.constantFrom(...ODD_VALUES), fc.jsonValue()),
});
const payload = fc
  .tuple(fc.constantFrom<unknown>(...SAMPLES), fc.array(mutation, { minLength: 1, maxLength: 4 }))
  .map(([sample, mutations]) => mutated(sample, mutations));

const taken = [
  cancelPlan({ ...change, reason: '1', lines: [{ id: lineId('1'), quantity: 1 }] }, {}),
  revisePlan(site, DEFAULT_VOCABULARY, {
    ...change,
    instructions: 'X',
    lines: [{ id: lineId('1'), quantity: 2, discounts: [] }],
  }),
  reroutePlan({ ...change, lines, shipFrom: locationId('S') }, {}),
  shortPlan({ ...change, line: lineId('1'), reason: 'X' }, {}),
];
const order = (content: unknown) => Fields.of(content, '');
const feed = new ManhattanOrderFeed();
const stock = new ManhattanAvailabilityFeed();
/** Written once for all readers of it. */
const texts = new WeakMap<object, string>();
function textOf(content: unknown): string {
  if (typeof content !== 'object' || content === null) return JSON.stringify(content);
  const text = texts.get(content) ?? JSON.stringify(content);
  texts.set(content, text);
  return text;
}

/** The data of an answer, whatever is around it, as far as the connection lets it through. */
const answered = (content: unknown): unknown => {
  const envelope = parseEnvelope(200, textOf(content));
  if (envelope?.succeeded === true) return envelope.data;
  throw manhattanFault({ status: 200, messages: envelope?.messages ?? [] });
};
const short = { ...change, line: lineId('1'), reason: 'X' };
/** Everything that makes something of what the OMS says, each as far as it comes. */
const READERS: Readonly<Record<string, (content: unknown) => unknown>> = {
  feed: (content) => {
    const delivery = deliveryOf(textOf(content));
    return feed.open(delivery).orders.map((_, position) => feed.snapshot(delivery, position));
  },
  snapshot: (content) => new OrderReader().snapshot(site, order(content)),
  return: (content) => returnSnapshotOf(order(content), at),
  cancel: (content) => cancelPlan({ ...change, reason: '1' }, {}).plan(heldOrder(order(content))),
  late: (content) =>
    cancelPlan({ ...change, reason: '1' }, { lateCancels: 'line-by-line' }).plan(heldOrder(order(content))),
  kept: (content) =>
    feed.open({ headers: { organization: 'AURORA' }, body: feed.keepable(deliveryOf(textOf(content))) }),
  stock: (content) => stock.read(deliveryOf(textOf(content), { organization: 'AURORA' })),
  availability: (content) =>
    Fields.of({ data: answered(content) ?? [] }, 'availability')
      .children('data')
      .map((row) => availabilityOf(row, { view: 'V' }, { views: {}, limitedStatus: undefined, published: false })),
  promise: (content) => promisedOptionsOf(Fields.of(answered(content), 'promise')),
  reasons: (content) => reasonsOf(content),
  invoices: (content) => invoicesOf(order(content)),
  short: (content) => shortPlan(short, {}).plan(heldOrder(order(content))),
  shortReroute: (content) =>
    reroutePlan({ ...change, lines }, { releasedReroute: { shortFor: 'X' }, allocatedReroute: 'deallocate' }).plan(
      heldOrder(order(content)),
    ),
  taken: (content) => taken.map((plans) => plans.lacks(heldOrder(order(content)))),
  hold: (content) => applyHoldPlan({ ...change, type: 'X' }).plan(heldOrder(order(content))),
  resolve: (content) => resolveHoldPlan({ ...change, type: 'X' }).plan(heldOrder(order(content))),
  reroute: (content) =>
    reroutePlan({ ...change, lines, shipFrom: locationId('S') }, {}).plan(heldOrder(order(content))),
  revise: (content) =>
    revisePlan(site, DEFAULT_VOCABULARY, {
      ...change,
      lines: [{ id: lineId('1'), discounts: [] }],
      billTo: { lines: [], city: 'Fernhill', country: 'US' },
    }).plan(heldOrder(order(content))),
  permitted: permittedChangesOf,
  tracker: (content) => lateCancelsOf([content], undefined),
  lateByOrder: (content) => lateCancelsOf([], order(content)),
  envelope: (content) => {
    const envelope = parseEnvelope(400, textOf(content));
    throw manhattanFault({ status: 400, messages: envelope?.messages ?? [] });
  },
};

/** The fault that comes of it, undefined where something else does. */
function faultIn(reader: (content: unknown) => unknown, content: unknown) {
  try {
    reader(content);
    return undefined;
  } catch (thrown) {
    return faultOf(thrown);
  }
}

describe('Ten thousand mutated payloads', () => {
  it('yield what they say or a fault of the OMS with a name, and never a defect of ours', () => {
    const property = fc.property(payload, (content) => {
      for (const [name, reader] of Object.entries(READERS)) {
        const fault = faultIn(reader, content);
        if (fault && !fault.code.startsWith('oms.'))
          throw new Error(`${name}: ${fault.kind} ${fault.code}`, { cause: fault });
      }
    });
    fc.assert(property, { numRuns: 10_000 });
  });

  it('are of a kind that every reader makes something of when nothing is changed', () => {
    const read = Object.entries(READERS).filter(([, reader]) => SAMPLES.some((sample) => !faultIn(reader, sample)));
    expect(read.map(([name]) => name)).toEqual(Object.keys(READERS).filter((name) => name !== 'envelope'));
  });
});
