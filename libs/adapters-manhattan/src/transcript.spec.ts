import { afterEach, describe, expect, it } from '@jest/globals';
import { instantOf, locationId, orderNumber, sku, type FeedDelivery, type OmsHolding } from '@tandem/domain';
import { aSite } from '@tandem/domain/testing';
import { connected, disconnectAll } from '../testing/connected.js';
import { anOmsOrder } from '../testing/oms-orders.js';
import { failure, type ScriptedAnswer } from '../testing/scripted-vendor.js';
import { NAMED_FAULTS, ODD_ORDERS } from '../testing/transcripts/order-answers.js';
import { MET_ELSEWHERE, ODDITIES } from '../testing/transcripts/oddities.js';
import { ORDER_MESSAGES } from '../testing/transcripts/order-messages.js';
import { LOCATION_ANSWERS, NETWORK_ANSWERS, PROMISE_ANSWERS } from '../testing/transcripts/stock-answers.js';
import { STOCK_MESSAGES } from '../testing/transcripts/stock-messages.js';
import type { MessageTranscript } from '../testing/transcripts/transcript.js';
import { ManhattanOrderFeed } from './feed/manhattan-order-feed.js';
import { ManhattanAvailabilityFeed } from './inventory/manhattan-availability-feed.js';
import { ManhattanInventory } from './inventory/manhattan-inventory.js';
import { ManhattanOrderBook } from './orders/manhattan-order-book.js';

const site = aSite();
const number = orderNumber('A-1001');
const skus = [sku('SKU-1')];
const cart = { cart: 'C-1', lines: [{ id: 'L1', sku: sku('SKU-1'), quantity: 1 }], shippingMethods: ['UPS_GROUND'] };
const promising = { AURORA: { configName: 'WEB', demandType: 'Allocation' } };

async function bookOf(answer: ScriptedAnswer) {
  const { connections } = await connected(() => answer);
  return new ManhattanOrderBook(connections);
}

async function stockOf(answer: ScriptedAnswer) {
  const { connections } = await connected(() => answer);
  return new ManhattanInventory(connections, { promising });
}

const readOf = async (answer: ScriptedAnswer) => (await bookOf(answer)).read(site, number);

/** As a door hands it over: attributes under their names in lower case. */
function deliveryOf({ attributes = {}, body }: MessageTranscript[1]): FeedDelivery {
  const headers = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name.toLowerCase(), value]));
  if (Buffer.isBuffer(body)) return { headers, body };
  return { headers, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) };
}

function openedBy(feed: ManhattanOrderFeed, delivery: FeedDelivery) {
  const { messageId, orders } = feed.open(delivery);
  return { messageId, snapshots: orders.map((_, position) => feed.snapshot(delivery, position)) };
}

/** What came of it, or the fault that it ended with. */
async function outcomeOf(act: () => unknown): Promise<unknown> {
  try {
    return await act();
  } catch (thrown) {
    return thrown;
  }
}

afterEach(disconnectAll);

describe('An answer of the OMS with every oddity of the fact sheet', () => {
  it.each(ODD_ORDERS)('is the order, with %s', async (_, answer, yields) => {
    await expect(readOf(answer)).resolves.toMatchObject(yields);
  });

  it.each(NAMED_FAULTS)('is a fault with a name: %s', async (_, answer, yields) => {
    await expect(readOf(answer)).rejects.toMatchObject(yields);
  });

  it.each([
    ['404, as of an archived one (§10.29)', failure(404, { Type: 'ERROR', Code: '404', Description: 'Not found' })],
    ['null in a success', { body: { success: true, data: null } }],
    ['an empty list', { body: { success: true, data: [] } }],
  ])('is no order: %s', async (_, answer) => {
    await expect(readOf(answer)).resolves.toBeUndefined();
  });

  it.each([
    ['a total that is a text, and too low', { totalCount: '0', page: '0', size: '100' }],
    ['no header', null],
  ])('is what a search found, with %s (§2.2)', async (_, header) => {
    const book = await bookOf({ body: { success: true, header, data: [anOmsOrder()], messages: null } });
    const found: OmsHolding[] = [];
    const [from, to] = ['2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z'].map((day) => instantOf(new Date(day)));
    if (from && to) for await (const order of book.changedBetween(site, from, to)) found.push(order);
    expect(found).toMatchObject([{ kind: 'order', order: { orderNumber: 'A-1001' } }]);
  });

  it.each(NETWORK_ANSWERS)('is the stock of the network, or a fault with a name: %s', async (_, answer, yields) => {
    const stock = await stockOf(answer);
    expect(await outcomeOf(() => stock.availability(site, { view: 'Ship To Home', skus }))).toMatchObject(yields);
  });

  it.each(LOCATION_ANSWERS)('is the stock of a location, or a fault with a name: %s', async (_, answer, yields) => {
    const stock = await stockOf(answer);
    const question = { view: 'Store Stock', skus, locations: [locationId('1001')] };
    expect(await outcomeOf(() => stock.availability(site, question))).toMatchObject(yields);
  });

  it.each(PROMISE_ANSWERS)('is what is promised, or a fault with a name: %s', async (_, answer, yields) => {
    const stock = await stockOf(answer);
    expect(await outcomeOf(() => stock.promise(site, cart))).toMatchObject(yields);
  });
});

describe('A message of the OMS with every oddity of the fact sheet', () => {
  it.each(ORDER_MESSAGES)('holds the order, or is a fault with a name: %s', async (_, message, yields) => {
    const feed = new ManhattanOrderFeed();
    const delivery = deliveryOf(message);
    expect(await outcomeOf(() => openedBy(feed, delivery))).toMatchObject(yields);
    const kept = { ...delivery, body: feed.keepable(delivery) };
    expect(Buffer.from(kept.body).toString()).not.toContain('not-to-be-kept');
    expect(await outcomeOf(() => openedBy(feed, kept))).toMatchObject(yields);
  });

  it.each(STOCK_MESSAGES)('tells the stock, or is a fault with a name: %s', async (_, message, yields) => {
    const feed = new ManhattanAvailabilityFeed();
    expect(await outcomeOf(() => feed.read(deliveryOf(message)))).toMatchObject(yields);
  });
});

describe('The oddities of the fact sheet', () => {
  it('are all met by a transcript, or by what is said to meet them', () => {
    const tables = [ODD_ORDERS, NAMED_FAULTS, NETWORK_ANSWERS, LOCATION_ANSWERS, PROMISE_ANSWERS];
    const claims = [...tables.flat(), ...ORDER_MESSAGES, ...STOCK_MESSAGES].map(([claim]) => claim);
    const met = new Set([...claims, '§2.2 §10.29'].flatMap((claim) => claim.match(/(?<=§)\d+\.\d+/g) ?? []));
    expect(ODDITIES.filter((oddity) => !met.has(oddity)).sort()).toEqual(Object.keys(MET_ELSEWHERE).sort());
  });
});
