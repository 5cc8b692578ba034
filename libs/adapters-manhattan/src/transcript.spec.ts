import { afterEach, describe, expect, it } from '@jest/globals';
import { orderNumber } from '@tandem/domain';
import { aSite } from '@tandem/domain/testing';
import { connected, disconnectAll } from '../testing/connected.js';
import { NAMED_FAULTS, ODD_ORDERS } from '../testing/transcripts.js';
import { failure, type ScriptedAnswer } from '../testing/scripted-vendor.js';
import { ManhattanOrderBook } from './orders/manhattan-order-book.js';

const site = aSite();
const number = orderNumber('A-1001');

async function readOf(answer: ScriptedAnswer) {
  const { connections } = await connected(() => answer);
  return new ManhattanOrderBook(connections).read(site, number);
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
    ['404', failure(404, { Type: 'ERROR', Code: '404', Description: 'Not found' })],
    ['null in a success', { body: { success: true, data: null } }],
    ['an empty list', { body: { success: true, data: [] } }],
  ])('is no order: %s', async (_, answer) => {
    await expect(readOf(answer)).resolves.toBeUndefined();
  });
});
