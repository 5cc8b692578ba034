import { afterEach, describe, expect, it } from '@jest/globals';
import { instantOf, lineId, orderNumber, type OmsHolding } from '@tandem/domain';
import { aSite } from '@tandem/domain/testing';
import { connected, disconnectAll } from '../../testing/connected.js';
import { anOmsOrder } from '../../testing/oms-orders.js';
import { failure, type ScriptedAnswer } from '../../testing/scripted-vendor.js';
import { ManhattanOrderBook, type OrderBookOptions } from './manhattan-order-book.js';

const site = aSite();
const moment = (second: number) => `2026-03-01T10:00:${String(second).padStart(2, '0')}`;
const from = instantOf(new Date(`${moment(0)}Z`));
const to = instantOf(new Date(`${moment(59)}Z`));
const row = (id: string, second: number) => anOmsOrder({ OrderId: id, UpdatedTimestamp: moment(second) });
const page = (rows: readonly object[], header: unknown = { totalCount: '0', page: 0, size: 2 }): ScriptedAnswer => ({
  body: { success: true, header, data: rows, messages: null },
});

/** A book over searches that answer in this order, the last one from then on. */
async function book(pages: readonly ScriptedAnswer[], options: OrderBookOptions = { pageSize: 2 }) {
  const { connections, calls } = await connected(
    (_, position) => pages[Math.min(position, pages.length - 1)] ?? page([]),
  );
  const port = new ManhattanOrderBook(connections, options);
  return { port, calls, found: () => numbersOf(port) };
}

async function numbersOf(port: ManhattanOrderBook): Promise<readonly string[]> {
  const numbers: string[] = [];
  for await (const { number } of port.changedBetween(site, from, to)) numbers.push(number);
  return numbers;
}

const queriesOf = (calls: ReturnType<Awaited<ReturnType<typeof book>>['calls']>) => calls.map(({ body }) => body);

afterEach(disconnectAll);

describe('Searching the orders of a window (§2.2)', () => {
  it('asks for what a snapshot needs, in the order of change, from page 0', async () => {
    const { found, calls } = await book([page([])]);
    await expect(found()).resolves.toEqual([]);
    expect(calls()).toMatchObject([
      {
        call: 'POST /order/api/order/order/search',
        body: {
          Query: "UpdatedTimestamp >= '2026-03-01T10:00:00.000' and UpdatedTimestamp <= '2026-03-01T10:00:59.000'",
          Template: { OrderId: '', OrderLine: [{ QuantityDetail: [{ StatusId: '' }] }] },
          Size: 2,
          Page: 0,
          Sort: [{ attribute: 'UpdatedTimestamp', direction: 'asc' }],
        },
      },
    ]);
  });

  it('goes on where a full page ended, whatever the total says, and tells each state once', async () => {
    const pages = [page([row('A', 1), row('B', 2)]), page([row('B', 2), row('C', 3)]), page([row('C', 3)])];
    const { found, calls } = await book(pages);
    await expect(found()).resolves.toEqual(['A', 'B', 'C']);
    expect(queriesOf(calls())).toMatchObject([
      { Page: 0 },
      { Page: 0, Query: expect.stringContaining(">= '2026-03-01T10:00:02.000'") },
      { Page: 0, Query: expect.stringContaining(">= '2026-03-01T10:00:03.000'") },
    ]);
  });

  it('counts pages while one moment fills them', async () => {
    const pages = [page([row('A', 0), row('B', 0)]), page([row('C', 0), row('D', 0)]), page([])];
    const { found, calls } = await book(pages);
    await expect(found()).resolves.toEqual(['A', 'B', 'C', 'D']);
    expect(queriesOf(calls())).toMatchObject([{ Page: 0 }, { Page: 1 }, { Page: 2 }]);
  });

  it('counts pages where the OMS does not sort', async () => {
    const { found, calls } = await book([page([row('A', 9), row('B', 2)]), page([row('C', 5)])]);
    await expect(found()).resolves.toEqual(['A', 'B', 'C']);
    expect(queriesOf(calls())).toMatchObject([{ Page: 0 }, { Page: 1 }]);
  });

  it.each([
    [{ totalCount: 9, size: '1' }, 2],
    [{ totalCount: 9, size: 0 }, 1],
    [null, 1],
  ])('takes a page for full that is as large as the OMS makes them: with %j after %d calls', async (header, count) => {
    const { found, calls } = await book([page([row('A', 1)], header), page([], header)]);
    await expect(found()).resolves.toEqual(['A']);
    expect(calls()).toHaveLength(count);
  });

  it('tells an order again that changed between two pages', async () => {
    const pages = [page([row('A', 1), row('B', 2)]), page([row('B', 2), row('A', 7)]), page([row('A', 7)])];
    await expect((await book(pages)).found()).resolves.toEqual(['A', 'B', 'A']);
  });

  it('is a fault where the same page comes again and again', async () => {
    const { found } = await book([page([row('A', 0), row('B', 0)])]);
    await expect(found()).rejects.toMatchObject({ kind: 'transient', code: 'oms.search_stuck' });
  });

  it('tells of an order that cannot be read by its number, and goes on', async () => {
    const bad = { ...row('A', 1), OrderLine: null };
    const { port } = await book([page([bad, row('B', 2)]), page([])]);
    const found: OmsHolding[] = [];
    for await (const holding of port.changedBetween(site, from, to)) found.push(holding);
    expect(found).toMatchObject([
      { kind: 'unreadable', number: 'A', fault: { code: 'oms.unreadable_message' } },
      { kind: 'order', number: 'B', order: { orderNumber: 'B' } },
    ]);
  });

  it('is a fault where nobody can say when an order of it changed', async () => {
    const { found } = await book([page([anOmsOrder({ UpdatedTimestamp: null })])]);
    await expect(found()).rejects.toMatchObject({ code: 'oms.unreadable_message' });
  });
});

describe('Reading one order', () => {
  it('answers it as it is now, or nothing (§3.1)', async () => {
    const { connections } = await connected(({ path }) =>
      path.endsWith('A-1001')
        ? { body: { success: true, data: [anOmsOrder()] } }
        : failure(404, { Type: 'ERROR', Code: 'error.404', Description: 'Not found' }),
    );
    const port = new ManhattanOrderBook(connections);
    await expect(port.read(site, orderNumber('A-1001'))).resolves.toMatchObject({
      orderNumber: 'A-1001',
      at: '2026-03-01T10:20:30.500Z',
    });
    await expect(port.read(site, orderNumber('A-9'))).resolves.toBeUndefined();
  });
});

describe('Publishing again (§3.1)', () => {
  it('goes in parts of the size that the OMS consolidates', async () => {
    const { port, calls } = await book([page([])], { publishSize: 2 });
    await port.publishAgain(site, ['A', 'B', 'C'].map(orderNumber));
    await port.publishAgain(site, []);
    expect(calls()).toEqual([
      { call: 'POST /order/api/order/order/publish', body: { OrderIds: ['A', 'B'] } },
      { call: 'POST /order/api/order/order/publish', body: { OrderIds: ['C'] } },
    ]);
  });

  it('names order and line of single lines', async () => {
    const { port, calls } = await book([page([])], { publishSize: 2 });
    const named = ['1', '2', '3'].map((id) => ({ number: orderNumber('A'), line: lineId(id) }));
    await port.publishLinesAgain(site, named);
    const list = (...ids: readonly string[]) => ids.map((id) => ({ OrderId: 'A', OrderLineId: id }));
    expect(calls()).toEqual([
      { call: 'POST /order/api/order/order/orderLine/publish', body: { OrderLineIdDTOList: list('1', '2') } },
      { call: 'POST /order/api/order/order/orderLine/publish', body: { OrderLineIdDTOList: list('3') } },
    ]);
  });
});
