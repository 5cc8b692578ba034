import { describe, expect, it } from '@jest/globals';
import { locationRow, networkRow } from '../../testing/oms-stock.js';
import { deliveryOf, pushedOf, wrappedOf, type Sample } from '../../testing/samples.js';
import { ManhattanAvailabilityFeed, type AvailabilityFeedOptions } from './manhattan-availability-feed.js';

const typed = (type: string) => ({ organization: 'AURORA', msg_type: type });
const read = (content: unknown, headers: Record<string, string> = typed(''), options?: AvailabilityFeedOptions) =>
  new ManhattanAvailabilityFeed(options).read(deliveryOf(content, headers));

/** A page as one could look: no name of it is published but the counters (§6.3). */
const page = (changes: Sample = {}): Sample => ({
  TransactionNumber: 'T-7',
  ViewName: 'Ship To Home',
  CurrentPage: 3,
  CurrentCount: 1,
  TotalCount: '9',
  TotalPages: 5,
  AvailabilityList: [networkRow('SKU-1', { ViewName: undefined })],
  ...changes,
});

describe('A message of the availability feed (§6.3)', () => {
  it('is an alert where it is one record, with status and quantity and nothing of its substitutes', () => {
    expect(read(networkRow('SKU-1'), typed('PublishAvailabilityAlertMSGType'))).toEqual({
      organization: 'AURORA',
      kind: 'alert',
      records: [
        { sku: 'SKU-1', view: 'Ship To Home', status: 'in-stock', quantity: 50, at: '2026-03-01T03:02:08.283Z' },
      ],
    });
    expect(read({ ...networkRow('SKU-1'), OrgId: 'BOREAL' }, {})).toMatchObject({
      organization: 'BOREAL',
      kind: 'alert',
    });
  });

  it.each([
    ['OB_XINT_PublishAvailabilityChangeMSGType_GCPMT', networkRow('SKU-1'), 'change'],
    ['PublishAvailabilitySyncMSGType', { SyncMessageType: 'Start Sync', TransactionNumber: 7 }, 'sync-start'],
    ['PublishAvailabilitySyncMSGType', { StartSync: { TransactionNumber: '7' } }, 'sync-start'],
    ['PublishAvailabilitySyncMSGType', page(), 'sync-details'],
    ['PublishAvailabilitySyncMSGType', { SyncDetails: page() }, 'sync-details'],
    ['PublishAvailabilitySyncMSGType', { EventType: 'END_SYNC', TransactionNumber: '7' }, 'sync-end'],
    ['PublishAvailabilitySyncMSGType', page({ SyncType: 'Delta' }), 'delta'],
    ['', page({ AvailabilityList: [] }), 'sync-details'],
  ])('of type %p is told by what it says of itself: %#', (type, content, kind) => {
    expect(read(content, typed(type))).toMatchObject({ kind });
  });

  it('is what the tenant says that messages of its type are', () => {
    const messageTypes = { STOCK_Q7: 'delta' } as const;
    expect(read(page(), typed('STOCK_Q7'), { messageTypes })).toMatchObject({ kind: 'delta' });
    expect(read(page(), { ...typed(''), queuename: 'STOCK_Q7' }, { messageTypes })).toMatchObject({ kind: 'delta' });
    const external = typed('OB_XINT_STOCK_Q7_GCPMT');
    expect(read(page(), external, { messageTypes })).toMatchObject({ kind: 'delta' });
  });

  it('has no mark of a delta in details of locations: the view has to say it, and networks have none', () => {
    const type = typed('PublishAvailabilitySyncMSGType');
    const kindOf = (row: Sample, view: string, locationDetails: 'full' | 'delta') =>
      read(page({ AvailabilityList: [row] }), type, { views: { [view]: { locationDetails } } }).kind;
    const located = locationRow('SKU-1', '1001');
    expect(read(page({ AvailabilityList: [located] }), type).kind).toBe('sync-details');
    expect(kindOf(located, 'Store Stock', 'delta')).toBe('delta');
    expect(kindOf(located, 'Store Stock', 'full')).toBe('sync-details');
    expect(kindOf(networkRow('SKU-1'), 'Ship To Home', 'delta')).toBe('sync-details');
  });

  it('names its run and page, which may follow on one that never came', () => {
    expect(read(page())).toMatchObject({ run: 'T-7', page: { number: 3, of: 5 } });
    expect(read(page({ CurrentPage: '4.0' }))).toMatchObject({ page: { number: 4, of: 5 } });
    expect(read({ Type: 'EndSync', TransactionNumber: 7 })).toEqual({
      organization: 'AURORA',
      kind: 'sync-end',
      run: '7',
      records: [],
    });
  });

  it.each([
    ['records', page({ Records: [networkRow('SKU-1')], AvailabilityList: undefined })],
    ['a list at its top', [networkRow('SKU-1')]],
    ['a consolidated list', { data: [networkRow('SKU-1')], ConsolidatedPayload: true }],
    ['a view in an object beside it', page({ ViewName: undefined, ViewDetails: { ViewName: 'Ship To Home' } })],
    ['the landing format', wrappedOf(page())],
    ['a text within the landing format', wrappedOf(JSON.stringify(page()))],
    ['the push envelope', pushedOf(page(), { Organization: 'AURORA' })],
  ])('holds the same records under %s', (_, content) => {
    expect(read(content).records).toMatchObject([{ sku: 'SKU-1', view: 'Ship To Home', quantity: 50 }]);
  });

  it('gives each record of a list of locations the location above it', () => {
    const row = { ...locationRow('SKU-1', ''), Quantity: 2 };
    const content = page({
      AvailabilityList: undefined,
      ItemCountForLocation: 1,
      Locations: [
        { LocationId: '1001', Items: [row] },
        { LocationId: 1002, Items: [{ ...row, Quantity: 0, StatusCode: 0 }] },
      ],
    });
    expect(read(content).records).toMatchObject([
      { location: '1001', quantity: 2, status: 'in-stock', view: 'Store Stock' },
      { location: '1002', quantity: 0, status: 'out-of-stock' },
    ]);
  });

  it('keeps the status and tells no quantity where its view publishes none', () => {
    const silent = networkRow('SKU-1', { TotalQuantity: 0.0, Quantity: {} });
    expect(read(silent).records).toMatchObject([{ status: 'in-stock', quantity: null }]);
    const publishes = (publishesQuantity: boolean) => ({ views: { 'Ship To Home': { publishesQuantity } } });
    expect(read(networkRow('SKU-1'), undefined, publishes(false)).records).toMatchObject([{ quantity: null }]);
    expect(read(silent, undefined, publishes(true)).records).toMatchObject([{ quantity: 0 }]);
    expect(read(networkRow('SKU-1', { StatusCode: 0, TotalQuantity: 0 })).records).toMatchObject([{ quantity: 0 }]);
  });

  it('dates a record by itself, else by what stands around it, else by when it was sent', () => {
    const undated = networkRow('SKU-1', { TransactionDateTime: null });
    const list = page({ TransactionDateTime: '2026-03-01T04:00:00', AvailabilityList: [undated] });
    expect(read(list).records).toMatchObject([{ at: '2026-03-01T04:00:00.000Z' }]);
    const sent = { organization: 'AURORA', msg_submission_time_utc: '2026-03-01T05:00:00Z' };
    expect(read(undated, sent).records).toMatchObject([{ at: '2026-03-01T05:00:00.000Z' }]);
  });

  it.each([
    ['a record without a view', networkRow('SKU-1', { ViewName: null }), typed('')],
    ['a record without a moment', networkRow('SKU-1', { TransactionDateTime: null }), typed('')],
    ['an alert without a record', {}, typed('PublishAvailabilityAlertMSGType')],
    ['nothing that it says', {}, typed('')],
    ['no organization', networkRow('SKU-1'), {}],
    ['a text', '"stock"', typed('')],
    ['units below zero', networkRow('SKU-1', { TotalQuantity: -1 }), typed('')],
  ])('with %s is a fault with a name', (_, content, headers) => {
    expect(() => read(content, headers)).toThrow(
      expect.objectContaining({ kind: 'permanent', code: 'oms.unreadable_message' }),
    );
  });
});
