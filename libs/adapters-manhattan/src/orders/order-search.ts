import { TransientFault, type Instant } from '@tandem/domain';
import type { Envelope } from '../connection/envelope.js';
import { Fields, unreadable } from '../feed/fields.js';
import { isRecord, scalarOf, type JsonObject } from '../json.js';
import { writeMoment } from '../moment.js';
import { quoted } from '../query.js';
import { SNAPSHOT_TEMPLATE } from './order-template.js';

/** Sends one search and answers its envelope. */
export type Search = (body: JsonObject) => Promise<Envelope>;

interface Row {
  readonly at: Instant;
  readonly order: Fields;
}

/**
 * Orders by their last change, both ends included, each state of an order once. `totalCount` is not looked at: it may be a text, and it
 * ages (§2.2). Each full page is followed by one that begins where it ended, since orders that change meanwhile leave
 * the window and would pull others over the edge of a counted page; pages are counted only within one and the same moment, and
 * where the OMS does not sort.
 */
export async function* searchOrders(search: Search, from: Instant, to: Instant, size: number): AsyncGenerator<Fields> {
  const seen = new Set<string>();
  let since = from;
  for (let page = 0; ;) {
    const { rows, isLast } = await searchPage(search, bodyOf(since, to, size, page), size);
    const fresh = rows.filter((row) => !seen.has(keyOf(row)));
    for (const row of fresh) {
      seen.add(keyOf(row));
      yield row.order;
    }
    if (isLast) return;
    if (page > 0 && fresh.length === 0) throw stuck();
    const last = lastMoment(rows);
    if (last !== undefined && last > since) [since, page] = [last, 0];
    else page += 1;
  }
}

const bodyOf = (from: Instant, to: Instant, size: number, page: number): JsonObject => ({
  Query: `UpdatedTimestamp >= ${quoted(writeMoment(from))} and UpdatedTimestamp <= ${quoted(writeMoment(to))}`,
  Template: SNAPSHOT_TEMPLATE,
  Size: size,
  Page: page,
  Sort: [{ attribute: 'UpdatedTimestamp', direction: 'asc' }],
});

async function searchPage(search: Search, body: JsonObject, size: number) {
  const { data, header } = await search(body);
  const rows = Fields.of({ data: data ?? [] }, 'search')
    .children('data')
    .map(rowOf);
  return { rows, isLast: rows.length < sizeOf(header, size) };
}

/** The tenant may hand out smaller pages than were asked for: such a page is full (§2.2, §12). */
function sizeOf(header: unknown, asked: number): number {
  const told = Number(isRecord(header) ? scalarOf(header['size']) : '');
  return told >= 1 && told < asked ? told : asked;
}

function rowOf(order: Fields): Row {
  const at = order.moment('UpdatedTimestamp');
  if (at === undefined) throw unreadable(order.pathOf('UpdatedTimestamp'), 'value.missing');
  return { at, order };
}

const keyOf = ({ at, order }: Row): string => JSON.stringify([order.requiredText('OrderId'), at]);

/** Of an unsorted page none: what comes after it may be older. */
function lastMoment(rows: readonly Row[]): Instant | undefined {
  const moments = rows.map(({ at }) => at);
  const sorted = moments.every((at, index) => index === 0 || (moments[index - 1] ?? at) <= at);
  return sorted ? moments.at(-1) : undefined;
}

const stuck = () =>
  new TransientFault('oms.search_stuck', 'The OMS answered the same page of a search again instead of the next one.');
