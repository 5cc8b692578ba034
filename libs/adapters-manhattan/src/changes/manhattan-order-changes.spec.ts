import { afterEach, describe, expect, it } from '@jest/globals';
import { lineId, orderNumber } from '@tandem/domain';
import { aSite } from '@tandem/domain/testing';
import { connected, disconnectAll } from '../../testing/connected.js';
import { anOmsLine, anOmsOrder } from '../../testing/oms-orders.js';
import type { Sample } from '../../testing/samples.js';
import { envelope, failure, type Script, type ScriptedAnswer } from '../../testing/scripted-vendor.js';
import { ManhattanOrderChanges, type OrderChangeOptions } from './manhattan-order-changes.js';

const SAVE = '/order/api/order/order/save';
const READ = '/order/api/order/order/orderId/A-1001';
const site = aSite();
const change = { number: orderNumber('A-1001'), version: 5 };
const stale = failure(400, { Type: 'ERROR', Code: '10208', Description: 'VersionTimestamp is not higher' });
const refusal = failure(400, { Type: 'ERROR', Code: 'OrderLine', Description: 'Not after release' });
const confirmed = anOmsOrder({ VersionTimestamp: '5', IsConfirmed: true });

/** The order as it is at each read in turn, the last one from then on; `undefined` is no order. */
const reads =
  (orders: readonly (Sample | undefined)[], saves: readonly ScriptedAnswer[] = []): Script =>
  ({ method }, position) => {
    if (method === 'POST') return saves[position] ?? envelope({ OrderId: 'A-1001' });
    const order = orders[Math.min(position, orders.length - 1)];
    return order ? envelope(order) : failure(404, { Type: 'ERROR', Code: 'error.404', Description: 'Not found' });
  };

async function changes(script: Script, options: OrderChangeOptions = {}) {
  const { connections, calls } = await connected(script);
  return { port: new ManhattanOrderChanges(connections, options), calls };
}

afterEach(disconnectAll);

describe('A change of an order at the OMS', () => {
  it('looks, saves, and answers the order as it is then (§10.11)', async () => {
    const { port, calls } = await changes(reads([anOmsOrder(), confirmed]));
    await expect(port.confirm(site, change)).resolves.toMatchObject({
      kind: 'changed',
      order: {
        orderNumber: 'A-1001',
        organization: 'AURORA',
        holds: ['PaymentFraud'],
        lines: [{ id: '1' }, { id: '2' }],
      },
    });
    expect(calls()).toEqual([
      { call: `GET ${READ}`, body: undefined },
      {
        call: `POST ${SAVE}`,
        body: { OrderId: 'A-1001', OrderActions: { VersionTimestamp: 5 }, IsConfirmed: true },
      },
      { call: `GET ${READ}`, body: undefined },
    ]);
  });

  it('is not sent again where its version is there already (§2.6)', async () => {
    const { port, calls } = await changes(reads([confirmed]));
    await expect(port.confirm(site, change)).resolves.toMatchObject({ kind: 'changed' });
    expect(calls()).toHaveLength(1);
  });

  it('finds its own earlier save where the OMS calls it stale (§2.6)', async () => {
    const { port } = await changes(reads([anOmsOrder(), confirmed], [stale]));
    await expect(port.confirm(site, change)).resolves.toMatchObject({ kind: 'changed' });
  });

  it('has happened where a later version still shows it, and is in conflict where it does not', async () => {
    const shown = await changes(reads([anOmsOrder({ VersionTimestamp: 9, IsConfirmed: true })]));
    await expect(shown.port.confirm(site, change)).resolves.toMatchObject({ kind: 'changed' });
    const hidden = await changes(reads([anOmsOrder({ VersionTimestamp: 9 })]));
    await expect(hidden.port.confirm(site, change)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'oms.stale_version',
    });
    expect(hidden.calls()).toHaveLength(1);
  });

  it('is in conflict where another host has taken its version for something else', async () => {
    const taken = anOmsOrder({ VersionTimestamp: 5 });
    const found = await changes(reads([taken]));
    await expect(found.port.applyHold(site, { ...change, type: 'BillingWarning' })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'oms.stale_version',
    });
    expect(found.calls()).toHaveLength(1);
    const refused = await changes(reads([anOmsOrder(), taken], [stale]));
    await expect(refused.port.confirm(site, change)).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('never creates the order that it does not find (§2.5)', async () => {
    const { port, calls } = await changes(reads([undefined]));
    await expect(port.confirm(site, change)).resolves.toMatchObject({
      kind: 'refused',
      violations: [{ rule: 'order.unknown' }],
    });
    expect(calls()).toHaveLength(1);
  });

  it('is refused in the words of the OMS (§2.3)', async () => {
    const { port } = await changes(reads([anOmsOrder()], [refusal]));
    const answer = port.cancel(site, { ...change, reason: '1000.000' });
    await expect(answer).resolves.toMatchObject({
      kind: 'refused',
      violations: [{ field: 'OrderLine', sentence: 'Not after release' }],
    });
  });

  it('is a fault where the OMS is busy (§10.32)', async () => {
    const lock = failure(500, { Type: 'ERROR', Code: '1', Description: 'Lock wait timeout exceeded' });
    const { port } = await changes(reads([anOmsOrder()], [lock]));
    await expect(port.confirm(site, change)).rejects.toMatchObject({ kind: 'transient', code: 'oms.lock_wait' });
  });

  it('reads by the template of the tenant and calls its own statuses what they are (§3.1)', async () => {
    const reading = { templateName: 'Full & all' };
    const own = { ...site, oms: { ...site.oms, statuses: { '2000.700': 'in-process' } as const } };
    const order = { ...confirmed, OrderLine: [anOmsLine('1', 1, '2000.700')] };
    const { port, calls } = await changes(reads([order]), { reading });
    await expect(port.confirm(own, change)).resolves.toMatchObject({
      order: { lines: [{ units: [{ stage: 'in-process', quantity: 1 }] }] },
    });
    expect(calls()).toMatchObject([{ call: `GET ${READ}?templateName=Full%20%26%20all` }]);
  });
});

describe('A cancellation after release (§3.6)', () => {
  const line = (CancellationRequestStatus?: string) =>
    anOmsLine('1', 3, '3000', CancellationRequestStatus === undefined ? {} : { CancellationRequestStatus });
  const before = anOmsOrder({ OrderLine: [line(), anOmsLine('2', 1, '3500')] });
  const whole = { ...change, reason: '1000.000' };

  it('is requested until the fulfilment system has answered', async () => {
    const after = anOmsOrder({ VersionTimestamp: 5, OrderLine: [line('Requested')] });
    const { port } = await changes(reads([before, after]));
    await expect(port.cancel(site, { ...whole, lines: [{ id: lineId('1') }] })).resolves.toEqual({ kind: 'requested' });
  });

  it('tries every line and tells of those that were refused', async () => {
    const { port, calls } = await changes(reads([before], [refusal]), { lateCancels: 'line-by-line' });
    await expect(port.cancel(site, whole)).resolves.toMatchObject({
      kind: 'refused',
      violations: [{ sentence: 'Not after release' }],
    });
    expect(calls().filter(({ call }) => call === `POST ${SAVE}`)).toMatchObject([
      { body: { OrderLine: [{ OrderLineId: '1' }] } },
      { body: { OrderLine: [{ OrderLineId: '2' }], OrderActions: { VersionTimestamp: 5 } } },
    ]);
  });

  it('goes line by line where the site says that its tenant takes it so, and as a whole where not', async () => {
    const after = anOmsOrder({ VersionTimestamp: 5, OrderLine: [line('Requested')] });
    const own = { ...site, oms: { ...site.oms, lateCancels: 'line-by-line' as const } };
    const asked = async (of: typeof own | typeof site) => {
      const { port, calls } = await changes(reads([before, after]));
      await port.cancel(of, whole);
      return calls().filter(({ call }) => call === `POST ${SAVE}`);
    };
    expect(await asked(own)).toMatchObject([{ body: { OrderLine: [{ OrderLineId: '1' }] } }, {}]);
    expect(await asked(site)).toMatchObject([{ body: { IsCancelled: true } }]);
  });

  it('is followed by the tracker (§3.1)', async () => {
    const rows = [{ OrderLineId: '1', Status: 'Failure', UpdatedTimestamp: '2026-03-01T11:00:00' }];
    const { port, calls } = await changes(({ method }) => envelope(method === 'POST' ? rows : before));
    await expect(port.lateCancels(site, orderNumber("A-10'01"))).resolves.toMatchObject([
      { line: '1', state: 'failed' },
    ]);
    expect(calls()[0]).toEqual({
      call: 'POST /order/api/order/postReleaseCancellationTracker/search',
      body: { Query: "OrderId = 'A-10''01'", Size: 250, Page: 0 },
    });
  });
});

describe('Every change', () => {
  it('goes to the call that it is for', async () => {
    const { port, calls } = await changes(reads([anOmsOrder()]));
    await port.revise(site, { ...change, instructions: 'Ring' });
    await port.applyHold(site, { ...change, type: 'BillingWarning' });
    await port.resolveHold(site, { ...change, type: 'PaymentFraud' });
    await port.reroute(site, { ...change, lines: [lineId('2')] });
    expect(calls().filter(({ call }) => call.startsWith('POST'))).toMatchObject([
      { body: { OrderNote: [{ NoteText: 'Ring' }] } },
      { body: { OrderHold: [{ HoldTypeId: 'BillingWarning', StatusId: '1000' }] } },
      { body: { OrderHold: [{ HoldTypeId: 'PaymentFraud', StatusId: '2000' }] } },
      { body: { MassAction: 'Allocate' } },
    ]);
  });

  it('may be asked for beforehand (§3.1)', async () => {
    const { port, calls } = await changes(() => envelope({ PermittedModTypes: ['Order::Cancel'] }));
    await expect(port.permitted(site, change.number)).resolves.toEqual({ order: ['Order::Cancel'], lines: {} });
    expect(calls()).toMatchObject([{ call: `GET ${READ}/permittedModTypes` }]);
  });
});
