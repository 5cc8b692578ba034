import { describe, expect, it } from '@jest/globals';
import { faultOf, instantOf, lineId, locationId, orderNumber } from '@tandem/domain';
import { aSite } from '@tandem/domain/testing';
import fc from 'fast-check';
import { mutated, ODD_VALUES } from '../testing/mutations.js';
import { anOmsOrder } from '../testing/oms-orders.js';
import { aReturnLine, anOmsReturn } from '../testing/oms-returns.js';
import { cancelled, consolidatedOf, deliveryOf, partlyShipped, pushedOf, wrappedOf } from '../testing/samples.js';
import { NAMED_FAULTS } from '../testing/transcripts.js';
import { cancelPlan } from './changes/cancel-plan.js';
import { heldOrder } from './changes/held-order.js';
import { applyHoldPlan, resolveHoldPlan } from './changes/hold-plan.js';
import { lateCancelsOf } from './changes/late-cancels.js';
import { permittedChangesOf } from './changes/permitted-changes.js';
import { reroutePlan } from './changes/reroute-plan.js';
import { revisePlan } from './changes/revise-plan.js';
import { parseEnvelope } from './connection/envelope.js';
import { manhattanFault } from './connection/manhattan-faults.js';
import { Fields } from './feed/fields.js';
import { ManhattanOrderFeed } from './feed/manhattan-order-feed.js';
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
    ReleaseLine: [{ OrderLineId: '1', Quantity: 3, FulfilledQuantity: 0, CancelledQuantity: '0.0' }],
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
  ...NAMED_FAULTS.flatMap(([, { body }]) => (typeof body === 'object' && body !== null ? [{ ...body }] : [])),
];

const mutation = fc.record({
  at: fc.nat(10_000),
  how: fc.constantFrom('replace' as const, 'replace' as const, 'remove' as const, 'wrap' as const),
  by: fc.oneof(fc.constantFrom(...ODD_VALUES), fc.jsonValue()),
});
const payload = fc
  .tuple(fc.constantFrom<unknown>(...SAMPLES), fc.array(mutation, { minLength: 1, maxLength: 4 }))
  .map(([sample, mutations]) => mutated(sample, mutations));

const order = (content: unknown) => Fields.of(content, '');
const feed = new ManhattanOrderFeed();
/** Everything that makes something of what the OMS says, each as far as it comes. */
const READERS: Readonly<Record<string, (content: unknown) => unknown>> = {
  feed: (content) => {
    const delivery = deliveryOf(content);
    return feed.open(delivery).orders.map((_, position) => feed.snapshot(delivery, position));
  },
  snapshot: (content) => new OrderReader().snapshot(site, order(content)),
  return: (content) => returnSnapshotOf(order(content), at),
  cancel: (content) => cancelPlan({ ...change, reason: '1' }, {}).plan(heldOrder(order(content))),
  late: (content) =>
    cancelPlan({ ...change, reason: '1' }, { lateCancels: 'line-by-line' }).plan(heldOrder(order(content))),
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
    const envelope = parseEnvelope(400, JSON.stringify(content));
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
