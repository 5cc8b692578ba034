import { afterEach, describe, expect, it } from '@jest/globals';
import { aSite } from '@tandem/domain/testing';
import { lineId, orderNumber } from '@tandem/domain';
import { connected, disconnectAll } from '../../testing/connected.js';
import { anOmsOrder } from '../../testing/oms-orders.js';
import { aReturnLine, aReturnRequest, anInvoice, anOmsReturn } from '../../testing/oms-returns.js';
import type { Sample } from '../../testing/samples.js';
import { envelope, failure, type ScriptedAnswer } from '../../testing/scripted-vendor.js';
import { ManhattanReturns } from './manhattan-returns.js';

const SAVE = 'POST /order/api/order/order/save';
const READ = 'GET /order/api/order/order/orderId/R-1';
const site = aSite();
const number = orderNumber('R-1');
const stale = failure(400, { Type: 'ERROR', Code: '10208', Description: 'VersionTimestamp is not higher' });
const refusal = failure(400, { Type: 'ERROR', Code: 'OrderLine', Description: 'Return age exceeded' });
const cancelled = anOmsReturn({
  VersionTimestamp: 4,
  IsCancelled: true,
  OrderLine: [aReturnLine({ IsCancelled: true, QuantityDetail: [] })],
});

/** Saves are answered so; reads one after the other, the last one from then on. */
async function returns(saved: ScriptedAnswer, ...orders: readonly (Sample | undefined)[]) {
  const { connections, calls } = await connected(({ method }, position) => {
    if (method === 'POST') return saved;
    const order = orders[Math.min(position, orders.length - 1)];
    return order ? envelope(order) : failure(404, { Type: 'ERROR', Code: 'error.404', Description: 'Not found' });
  });
  return { port: new ManhattanReturns(connections), calls };
}

afterEach(disconnectAll);

describe('Announcing a return (§5.1)', () => {
  it('saves it once and answers it as the OMS holds it', async () => {
    const { port, calls } = await returns(envelope({ OrderId: 'R-1' }), anOmsReturn());
    await expect(port.announce(site, aReturnRequest())).resolves.toMatchObject({
      kind: 'announced',
      return: { number: 'R-1', kind: 'refund', lines: [{ parent: 'A-1001' }] },
    });
    expect(calls().map(({ call }) => call)).toEqual([SAVE, READ]);
  });

  it('is refused in the words of the OMS, or before anything is sent', async () => {
    const { port, calls } = await returns(refusal);
    await expect(port.announce(site, aReturnRequest())).resolves.toMatchObject({
      kind: 'refused',
      violations: [{ sentence: 'Return age exceeded' }],
    });
    await expect(port.announce(site, aReturnRequest({ lines: [] }))).resolves.toMatchObject({ kind: 'refused' });
    expect(calls()).toHaveLength(1);
  });

  it.each([1, 7])('finds itself again in version %d where the answer was lost (§2.6)', async (VersionTimestamp) => {
    const { port } = await returns(stale, anOmsReturn({ VersionTimestamp }));
    await expect(port.announce(site, aReturnRequest())).resolves.toMatchObject({ kind: 'announced' });
  });

  it.each([
    ['another order', anOmsOrder({ OrderId: 'R-1' })],
    ['a return of another parent', anOmsReturn({ OrderLine: [aReturnLine({ ParentOrderId: 'A-2' })] })],
    ['a return of another line', anOmsReturn({ OrderLine: [aReturnLine({ ParentOrderLineId: '2' })] })],
    ['a return with other lines', anOmsReturn({ OrderLine: [aReturnLine({ OrderLineId: '2' })] })],
    ['nothing', undefined],
  ])('does not take %s under its number for itself', async (_, found) => {
    const { port } = await returns(stale, found);
    await expect(port.announce(site, aReturnRequest())).rejects.toMatchObject({
      kind: 'conflict',
      code: 'oms.stale_version',
    });
  });

  it('is to be repeated where the OMS does not find what it saved', async () => {
    const { port } = await returns(envelope({ OrderId: 'R-1' }), undefined);
    await expect(port.announce(site, aReturnRequest())).rejects.toMatchObject({
      kind: 'transient',
      code: 'oms.unreadable_answer',
    });
  });
});

describe('A return that is saved while its state forbids it', () => {
  it('is in conflict, and nothing is read into that (§2.3)', async () => {
    const { port, calls } = await returns(
      failure(409, { Type: 'ERROR', Code: '300', Description: 'Not now' }),
      anOmsReturn(),
    );
    await expect(port.announce(site, aReturnRequest())).rejects.toMatchObject({
      kind: 'conflict',
      code: 'oms.conflict',
    });
    expect(calls()).toHaveLength(1);
  });
});

describe('Reading a return', () => {
  it.each([
    ['the return', anOmsReturn(), { number: 'R-1', at: '2026-03-09T08:00:00.000Z' }],
    ['a sale as none', anOmsOrder(), undefined],
    ['nothing as none', undefined, undefined],
  ])('answers %s', async (_, order, answer) => {
    const { port } = await returns(refusal, order);
    const found = await port.read(site, number);
    expect(found && { number: found.number, at: found.at }).toEqual(answer);
  });
});

describe('Cancelling a return (§5.1)', () => {
  it('saves the flag in the version after the one that was read, and answers the return', async () => {
    const { port, calls } = await returns(envelope({}), anOmsReturn({ VersionTimestamp: '3' }), cancelled);
    await expect(port.cancel(site, number, '1000.000')).resolves.toMatchObject({
      return: { lines: [{ units: [{ stage: 'cancelled' }] }] },
    });
    expect(calls()[1]).toEqual({
      call: SAVE,
      body: {
        OrderId: 'R-1',
        OrderActions: { VersionTimestamp: 4 },
        IsCancelled: true,
        CancelReason: { ReasonId: '1000.000' },
      },
    });
  });

  it('sends nothing where it is over already', async () => {
    const { port, calls } = await returns(refusal, cancelled);
    await expect(port.cancel(site, number, '1000.000')).resolves.toMatchObject({ kind: 'announced' });
    expect(calls()).toHaveLength(1);
  });

  it.each([
    ['unknown', envelope({}), undefined, 'return.unknown'],
    ['a sale', envelope({}), anOmsOrder(), 'return.unknown'],
    ['refused by the OMS', refusal, anOmsReturn(), 'oms.refused.OrderLine'],
  ])('is refused where it is %s', async (_, saved, order, rule) => {
    const { port } = await returns(saved, order);
    await expect(port.cancel(site, number, '1000.000')).resolves.toMatchObject({
      kind: 'refused',
      violations: [{ rule }],
    });
  });

  it('is done where somebody else was faster, and in conflict where the return changed otherwise', async () => {
    const done = await returns(stale, anOmsReturn(), cancelled);
    await expect(done.port.cancel(site, number, '1')).resolves.toMatchObject({ kind: 'announced' });
    const changed = await returns(stale, anOmsReturn(), anOmsReturn({ VersionTimestamp: 2 }));
    await expect(changed.port.cancel(site, number, '1')).rejects.toMatchObject({ kind: 'conflict' });
  });
});

describe('Helping a return on (§5.2)', () => {
  const at = (StatusId: number, id = '1') =>
    aReturnLine({ OrderLineId: id, QuantityDetail: [{ StatusId, Quantity: 2 }] });
  const waiting = anOmsReturn({ OrderLine: [at(13000), at(15000, '2'), at(13000, '3')] });
  const done = anOmsReturn({
    OrderLine: [at(18000)],
    PaymentStatus: { StatusId: '7000.000' },
    Invoice: [anInvoice({ InvoiceType: 'Return', InvoiceTotal: -20 })],
  });
  const approval = (id: string) => `POST /order/api/order/order/R-1/orderLine/${id}/approve`;
  const callsTo = (calls: () => readonly { readonly call: string }[]) =>
    calls().flatMap(({ call }) => (call.startsWith('POST') ? [call] : []));

  it('approves the lines that wait for it, or those of them that are named', async () => {
    const all = await returns(envelope({}), waiting, done);
    await expect(all.port.approve(site, number)).resolves.toMatchObject({
      kind: 'announced',
      return: { lines: [{ units: [{ stage: 'returned' }] }] },
    });
    expect(callsTo(all.calls)).toEqual([approval('1'), approval('3')]);
    const named = await returns(envelope({}), waiting);
    await named.port.approve(site, number, [lineId('2'), lineId('3')]);
    expect(callsTo(named.calls)).toEqual([approval('3')]);
  });

  it('processes it, and has the money given back', async () => {
    const { port, calls } = await returns(envelope({}), waiting);
    await expect(port.process(site, number)).resolves.toMatchObject({ kind: 'announced' });
    await expect(port.refund(site, number)).resolves.toMatchObject({ kind: 'announced' });
    expect(callsTo(calls)).toEqual([
      'POST /order/api/order/order/R-1/process',
      'POST /payment/api/payment/paymentHeader/orderId/R-1/processRefund',
    ]);
  });

  it.each(['approve', 'process', 'refund'] as const)('leaves alone what is over: %s', async (step) => {
    const { port, calls } = await returns(envelope({}), done);
    await expect(port[step](site, number)).resolves.toMatchObject({ kind: 'announced' });
    expect(callsTo(calls)).toEqual([]);
  });

  it.each(['approve', 'process', 'refund'] as const)('is refused in the words of the OMS: %s', async (step) => {
    const { port } = await returns(refusal, waiting);
    await expect(port[step](site, number)).resolves.toMatchObject({
      kind: 'refused',
      violations: [{ sentence: 'Return age exceeded' }],
    });
    await expect((await returns(envelope({}), undefined)).port[step](site, number)).resolves.toMatchObject({
      kind: 'refused',
      violations: [{ rule: 'return.unknown' }],
    });
  });

  it('is refused where the payment fails', async () => {
    const declined = envelope({}, [{ Type: 'ERROR', Code: 'pay::10001', Description: 'Card expired' }]);
    const { port } = await returns(declined, waiting);
    await expect(port.refund(site, number)).resolves.toMatchObject({
      kind: 'refused',
      violations: [{ sentence: 'Card expired' }],
    });
  });
});
