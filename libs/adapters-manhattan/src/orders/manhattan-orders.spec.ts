import { afterEach, describe, expect, it } from '@jest/globals';
import { customerKey, omsOrganization } from '@tandem/domain';
import { anAcceptedOrder, anOrderOf, aSite } from '@tandem/domain/testing';
import { envelope, failure, optionsFor, startVendor, token, type Script } from '../../testing/scripted-vendor.js';
import { ManhattanConnection } from '../connection/manhattan-connection.js';
import { ManhattanConnections } from '../connection/manhattan-connections.js';
import { ManhattanCustomers } from '../customers/manhattan-customers.js';
import { ManhattanOrders } from './manhattan-orders.js';

const site = aSite();
const { terms } = anAcceptedOrder();
const SAVE = '/order/api/order/order/save';
const READ = '/order/api/order/order/orderId/A-1001';
const open: { close(): Promise<void> }[] = [];

async function connected(script: Script) {
  const vendor = await startVendor((request, position) =>
    request.path === '/oauth/token' ? token() : script(request, position),
  );
  const connection = new ManhattanConnection(optionsFor(vendor.url));
  const connections = new ManhattanConnections(new Map([[omsOrganization('AURORA'), connection]]));
  open.push(connections, vendor);
  return { vendor, connections, place: () => new ManhattanOrders(connections).place(site, terms) };
}

const stale = failure(400, {
  Type: 'ERROR',
  Code: '10208',
  Description: 'VersionTimestamp is lower than or equal to the stored one',
});
const onceSaved =
  (found: ReturnType<Script>): Script =>
  ({ path }) =>
    path === SAVE ? stale : found;

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

describe('Placing an order at the OMS', () => {
  it('is one save, and answers the reference of the OMS (§3.1)', async () => {
    const { vendor, place } = await connected(() => envelope({ OrderId: 'A-1001' }));
    await expect(place()).resolves.toEqual({ kind: 'placed', omsOrderId: 'A-1001' });
    expect(vendor.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /oauth/token',
      `POST ${SAVE}`,
    ]);
    expect(JSON.parse(vendor.to(SAVE)[0]?.body ?? '')).toMatchObject({
      OrderId: 'A-1001',
      OrderActions: { VersionTimestamp: 1 },
    });
  });

  it('answers a validation as a refusal in the words of the OMS (§2.3)', async () => {
    const { place } = await connected(() =>
      failure(400, { Type: 'ERROR', Code: 'OrderType', Description: 'Order type is not configured' }, [
        { resource: 'ManhValidationException' },
      ]),
    );
    await expect(place()).resolves.toMatchObject({
      kind: 'refused',
      violations: [{ field: 'OrderType', sentence: 'Order type is not configured' }],
    });
  });

  it('refuses what the OMS would choke on without a call (§2.7)', async () => {
    const { vendor, connections } = await connected(() => envelope({}));
    const answer = await new ManhattanOrders(connections).place(aSite({ maxLines: 1 }), anOrderOf(1, 1).terms);
    expect(answer).toMatchObject({ kind: 'refused', violations: [{ rule: 'lines.too_many' }] });
    expect(vendor.requests).toEqual([]);
  });

  it.each([1, '1'])(
    'finds its earlier save again by version %p when the answer had been lost (§2.6)',
    async (version) => {
      const { vendor, place } = await connected(onceSaved(envelope({ OrderId: 'A-1001', VersionTimestamp: version })));
      await expect(place()).resolves.toEqual({ kind: 'placed', omsOrderId: 'A-1001' });
      expect(vendor.to(READ)).toHaveLength(1);
    },
  );

  it.each([
    ['in a later version', envelope({ OrderId: 'A-1001', VersionTimestamp: 1_700_000_000 })],
    ['in no version', envelope({ OrderId: 'A-1001' })],
    [
      'with items of somebody else',
      envelope({ OrderId: 'A-1001', VersionTimestamp: 1, OrderLine: [{ OrderLineId: '1', ItemId: 'ANOTHER' }] }),
    ],
    ['not at all', failure(404, { Type: 'ERROR', Code: 'error.404', Description: 'Not found' })],
    ['as nothing', envelope(null)],
  ])('does not take an order that is there %s for its own (§2.6)', async (_, found) => {
    const { place } = await connected(onceSaved(found));
    await expect(place()).rejects.toMatchObject({ kind: 'conflict', code: 'oms.stale_version' });
  });

  it.each([
    [
      'a lock wait (§10.32)',
      failure(500, { Type: 'ERROR', Code: '1', Description: 'Lock wait timeout' }),
      'oms.lock_wait',
    ],
    ['an answer that names no order', envelope({}), 'oms.unreadable_answer'],
    ['an answer that is cut', { body: '{"success":true,' }, 'oms.unreadable_answer'],
  ])('reports %s as transient', async (_, answer, code) => {
    const { place } = await connected(() => answer);
    await expect(place()).rejects.toMatchObject({ kind: 'transient', code });
  });

  it('parks an order whose payment failed after the save, for it is no refusal (§2.3)', async () => {
    const { place } = await connected(() =>
      envelope({ OrderId: 'A-1001' }, [{ Type: 'ERROR', Code: 'pay::10001', Description: 'No' }]),
    );
    await expect(place()).rejects.toMatchObject({ kind: 'permanent', code: 'oms.payment_failed' });
  });

  it('never uses the connection of another organization', async () => {
    const { vendor, connections } = await connected(() => envelope({}));
    const other = aSite({ oms: { ...site.oms, organization: omsOrganization('BOREAL') } });
    await expect(new ManhattanOrders(connections).place(other, terms)).rejects.toMatchObject({
      code: 'oms.unknown_organization',
    });
    expect(vendor.requests).toEqual([]);
  });
});

describe('Saving a customer at the OMS', () => {
  const change = { key: customerKey('C-77'), fields: { lastName: 'Oakfield' }, addresses: [] };

  it('is one save by key (§8)', async () => {
    const { vendor, connections } = await connected(() => envelope({ CustomerId: 'C-77' }));
    await new ManhattanCustomers(connections).save(site, change);
    expect(JSON.parse(vendor.to('/customer/api/customer/customer/save')[0]?.body ?? '')).toEqual({
      CustomerId: 'C-77',
      LastName: 'Oakfield',
    });
  });

  it('is a permanent fault where the OMS refuses it (§2.3)', async () => {
    const { connections } = await connected(() =>
      failure(400, { Type: 'ERROR', Code: 'Email', Description: 'Email is not valid' }),
    );
    await expect(new ManhattanCustomers(connections).save(site, change)).rejects.toMatchObject({
      kind: 'permanent',
      violations: [{ field: 'Email' }],
    });
  });
});
