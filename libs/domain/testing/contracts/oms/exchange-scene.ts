import { lineId, minorOf, type OrderLine, type OrderTerms } from '@tandem/domain';
import { present } from './claim.js';
import type { OmsWorld } from './oms-world.js';
import { announced, oneBack, RETURNED_SKU, soldOrder } from './return-scene.js';

/** One unit back, and one of this price in exchange. */
export async function exchanged(world: OmsWorld, unitPrice: number, sku: string = RETURNED_SKU) {
  const sold = await soldOrder(world);
  const request = { ...oneBack(world, sold.number), exchange: [inExchange(sold, unitPrice, sku)] };
  return { sold, request, snapshot: await announced(world, request) };
}

function inExchange({ lines }: OrderTerms, unitPrice: number, sku: string): OrderLine {
  const line = present('the sold line', lines[0]);
  const plain = { ...line, discounts: [], taxes: [], quantity: 1, unitPrice: minorOf(unitPrice) };
  return { ...plain, id: lineId('E1'), sku: sku as OrderLine['sku'] };
}
