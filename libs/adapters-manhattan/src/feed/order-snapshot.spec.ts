import { describe, expect, it } from '@jest/globals';
import { omsOrganization } from '@tandem/domain';
import {
  cancelled,
  deliveryOf,
  landingHeaders,
  partlyShipped,
  withChanges,
  wrappedOf,
  type Sample,
} from '../../testing/samples.js';
import { ManhattanOrderFeed } from './manhattan-order-feed.js';

const feed = new ManhattanOrderFeed();
const snapshotOf = (order: unknown) => feed.snapshot(deliveryOf(order), 0);

const withLine = (line: Sample): Sample =>
  withChanges(cancelled(), {
    IsCancelled: false,
    MaxFulfillmentStatusId: '1000',
    OrderLine: [{ OrderLineId: '1', ItemId: 'LAMP-01', Quantity: 2, ...line }],
  });
const lineOf = (line: Sample) => snapshotOf(withLine(line)).lines[0];
const rows = (...details: readonly Sample[]): Sample => ({ QuantityDetail: details });

describe('The snapshot of a publish', () => {
  it('holds what the whole order says (§3.5)', () => {
    expect(snapshotOf(partlyShipped())).toEqual({
      organization: 'NORTHWIND-US',
      orderNumber: 'NW-1001',
      omsOrderId: 'NW-1001',
      at: '2026-03-01T10:20:30.500Z',
      cancelled: false,
      currency: 'USD',
      holds: ['AddressVerification', 'AwaitingPayment'],
      total: 6480,
      taxes: 480,
      lines: [
        {
          id: '1',
          cancelled: false,
          units: [
            { stage: 'allocated', quantity: 1 },
            { stage: 'shipped', quantity: 2 },
          ],
        },
        {
          id: '2',
          cancelled: false,
          units: [
            { stage: 'back-ordered', quantity: 1 },
            { stage: 'shipped', quantity: 1 },
          ],
        },
      ],
      shipments: [
        {
          key: 'P2',
          packageId: 'P2',
          shippedAt: '2026-03-02T00:00:00.000Z',
          shipFrom: 'northwind:Store7',
          lines: [{ line: '2', sku: 'SHADE-02', quantity: 0.25 }],
        },
        {
          key: 'UPSN:TRK1',
          packageId: 'P1',
          carrier: 'UPSN',
          trackingNumber: 'TRK1',
          shippedAt: '2026-03-01T08:59:59.120Z',
          shipFrom: 'northwind:DC1',
          lines: [
            { line: '1', sku: 'LAMP-01', quantity: 2 },
            { line: '2', sku: 'SHADE-02', quantity: 0.5 },
          ],
        },
      ],
    });
  });

  it('knows a full cancel by its flag, and keeps what was cancelled apart from the total (§3.2, §3.6)', () => {
    const { cancelled: all, lines, total, cancelledTotal } = snapshotOf(cancelled());
    expect({ all, lines, total, cancelledTotal }).toEqual({
      all: true,
      lines: [{ id: '1', cancelled: true, units: [], reason: '1000.000' }],
      total: 0,
      cancelledTotal: 2120,
    });
  });

  it('knows a full cancel by the highest status where the template leaves the flag out (§3.2)', () => {
    const order = withChanges(cancelled(), {
      IsCancelled: null,
      MaxFulfillmentStatusId: null,
      MaxFulfillmentStatus: { StatusId: '9000.000' },
    });
    expect(snapshotOf(order).cancelled).toBe(true);
  });

  it('takes the lines of a cancelled order for cancelled where the template says it of the order alone (§3.6)', () => {
    const order = withChanges(withLine(rows({ StatusId: '1500', Quantity: 0 })), { IsCancelled: true });
    expect(snapshotOf(order).lines).toEqual([{ id: '1', cancelled: true, units: [] }]);
  });

  it('keeps units that stand at 9000 where the OMS still counts them (§3.2)', () => {
    const line = lineOf({ IsCancelled: 'true', ...rows({ StatusId: '9000', Quantity: 2 }) });
    expect(line).toEqual({ id: '1', cancelled: true, units: [{ stage: 'cancelled', quantity: 2 }] });
  });

  it.each([
    ['"1000"', '1000', 'open'],
    ['"1000.000"', '1000.000', 'open'],
    ['the number 3000', 3000, 'released'],
    ['an extended status', '3000.500', 'released'],
    ['an extended status as a number', 7000.25, 'shipped'],
    ['the end of the ladder', '8500', 'returned'],
  ])('reads %s (§3.2)', (_, StatusId, stage) => {
    expect(lineOf(rows({ StatusId, Quantity: 2 }))?.units).toEqual([{ stage, quantity: 2 }]);
  });

  it('follows the configured stage of an extended status, however many zeros end it', () => {
    const configured = new ManhattanOrderFeed({
      statusMaps: new Map([
        [omsOrganization('NORTHWIND-US'), { statuses: { '2000.100': 'in-process', '2500': 'allocated' } }],
      ]),
    });
    const order = withLine(rows({ StatusId: 2000.1, Quantity: 1 }, { StatusId: '2500.7', Quantity: 1 }));
    expect(configured.snapshot(deliveryOf(order), 0).lines[0]?.units).toEqual([
      { stage: 'allocated', quantity: 1 },
      { stage: 'in-process', quantity: 1 },
    ]);
  });

  it('names a status that is on no rung', () => {
    expect(() => lineOf(rows({ StatusId: '2500.100', Quantity: 1 }))).toThrow(
      expect.objectContaining({
        kind: 'permanent',
        code: 'oms.unmapped_status',
        context: { field: 'OrderLine[0].QuantityDetail[0].StatusId', value: '2500.100' },
      }),
    );
  });

  it('passes over an unknown status of no units (§3.2)', () => {
    expect(lineOf(rows({ StatusId: '2500', Quantity: 0 }, { StatusId: '1000', Quantity: 2 }))?.units).toHaveLength(1);
  });

  it('takes the one status of a line whose rows the template leaves out', () => {
    const status = { MinFulfillmentStatusId: '2000', MaxFulfillmentStatusId: '2000.000' };
    expect(lineOf(status)?.units).toEqual([{ stage: 'allocated', quantity: 2 }]);
  });

  it.each([
    [
      'rows that would be needed',
      { MinFulfillmentStatusId: '1500', MaxFulfillmentStatusId: '2000' },
      'QuantityDetail',
      'value.missing',
    ],
    [
      'a quantity in words',
      rows({ StatusId: '1000', Quantity: 'two' }),
      'QuantityDetail[0].Quantity',
      'number.expected',
    ],
    [
      'a quantity below zero',
      rows({ StatusId: '1000', Quantity: -1 }),
      'QuantityDetail[0].Quantity',
      'quantity.negative',
    ],
    ['a row without a status', rows({ Quantity: 1 }), 'QuantityDetail[0].StatusId', 'value.missing'],
    ['a flag in other words', { IsReturn: 'maybe' }, 'IsReturn', 'flag.expected'],
  ])('refuses a line with %s', (_, line, field, rule) => {
    expect(() => lineOf(line)).toThrow(expect.objectContaining({ context: { field: `OrderLine[0].${field}`, rule } }));
  });

  it.each([
    ['no lines', { OrderLine: null }, 'OrderLine', 'value.missing'],
    ['a total finer than its currency', { OrderTotal: 1.005 }, 'OrderTotal', 'amount.expected'],
    ['an unknown currency', { CurrencyCode: 'XYZ' }, 'OrderTotal', 'amount.expected'],
    ['a day that is none', { UpdatedTimestamp: '2026-02-30T10:00:00' }, 'UpdatedTimestamp', 'moment.expected'],
    ['no moment at all', { UpdatedTimestamp: null }, 'UpdatedTimestamp', 'value.missing'],
  ])('refuses an order with %s', (_, changes, field, rule) => {
    expect(() => snapshotOf(withChanges(partlyShipped(), changes))).toThrow(
      expect.objectContaining({ context: { field, rule } }),
    );
  });

  it.each([
    ['of units that wait', [[1500, 2, 'S1']], undefined, 'S1'],
    [
      'of a row at zero, once the units were found elsewhere',
      [
        [1500, 0, 'S1'],
        [2000, 2, undefined],
      ],
      undefined,
      'S1',
    ],
    [
      'of the cancel rather than of the short before it',
      [
        [1500, 0, 'S1'],
        [2000, 1, undefined],
      ],
      'C1',
      'C1',
    ],
    [
      'of nothing, where units were cancelled for none',
      [
        [1500, 0, 'S1'],
        [2000, 1, undefined],
      ],
      null,
      undefined,
    ],
  ] as const)('tells the reason %s (§3.2, §3.6)', (_, details, cancel, reason) => {
    const QuantityDetail = details.map(([StatusId, Quantity, ReasonId]) => ({
      StatusId,
      Quantity,
      Reason: ReasonId && { ReasonId },
    }));
    const history = { OrderLineCancelHistory: [{ CancelQuantity: 1, CancelReason: cancel && { ReasonId: cancel } }] };
    expect(lineOf({ QuantityDetail, ...(cancel !== undefined && history) })?.reason).toBe(reason);
  });

  it('reads totals in a currency without decimals (§9)', () => {
    const { total } = snapshotOf(
      withChanges(partlyShipped(), { CurrencyCode: 'JPY', OrderTotal: '6480.0', TotalTaxes: 480 }),
    );
    expect(total).toBe(6480);
  });

  it.each([
    ['UpdatedTimestamp, which travels in every shape', {}, '2026-03-01T10:20:30.500Z'],
    [
      'EventSubmitTimestamp where the order has no other',
      { UpdatedTimestamp: null, EventSubmitTimestamp: '2026-03-01T10:20:31.123' },
      '2026-03-01T10:20:31.123Z',
    ],
    ['the submission time where the order has none', { UpdatedTimestamp: '' }, '2026-03-01T10:20:31.250Z'],
  ])('is of the moment of %s (§12)', (_, changes, at) => {
    const order = wrappedOf(withChanges(partlyShipped(), changes), landingHeaders());
    expect(feed.snapshot(deliveryOf(order), 0).at).toBe(at);
  });

  it('is of the moment that the configuration names first', () => {
    const other = new ManhattanOrderFeed({ momentSources: ['EventSubmitTimestamp', 'UpdatedTimestamp'] });
    const order = withChanges(partlyShipped(), { EventSubmitTimestamp: '2026-03-01T10:20:31' });
    expect(other.snapshot(deliveryOf(order), 0).at).toBe('2026-03-01T10:20:31.000Z');
  });
});
