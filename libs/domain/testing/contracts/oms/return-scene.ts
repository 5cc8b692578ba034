import {
  lineId,
  type LineId,
  type OrderNumber,
  type OrderTerms,
  type ReturnRequest,
  type ReturnSnapshot,
} from '@tandem/domain';
import { aCapturedLine, aCapturedTender } from '../../builders/captured-order.js';
import { answered, present } from './claim.js';
import type { OmsWorld } from './oms-world.js';
import { heldOf, lineOf, placed, termsOf } from './scene.js';

export const FIRST = lineId('1');
export const RETURNED_SKU = 'LAMP-01';

/** Three units at 10.00, less 1.50, with 1.71 of tax: 30.21 in all, with the customer. */
export async function soldOrder(world: OmsWorld): Promise<OrderTerms> {
  const line = aCapturedLine({
    id: FIRST,
    sku: RETURNED_SKU,
    quantity: 3,
    discounts: [{ id: 'D1', name: 'Spring', coupon: undefined, amount: '1.50' }],
    taxes: [{ id: 'X1', name: 'GA-STATE', rate: 0.06, amount: '1.71' }],
  });
  const tenders = [aCapturedTender({ amount: '30.21', authorized: '30.21', captured: '30.21' })];
  const terms = await placed(world, termsOf(world.newNumber(), { lines: [line], tenders }));
  await world.warehouse.allocate(terms.number);
  await world.warehouse.release(terms.number);
  const parcel = { package: `P-${terms.number}`, tracking: `TR-${terms.number}`, carrier: 'UPS' };
  await world.warehouse.ship(terms.number, FIRST, 3, parcel);
  return terms;
}

/** One unit of line `1`, by parcel, goods expected. */
export function oneBack(world: OmsWorld, parent: OrderNumber, changes: Partial<ReturnRequest['lines'][number]> = {}) {
  const line = {
    id: FIRST,
    parentLine: FIRST,
    sku: aCapturedSku(),
    quantity: 1,
    reason: 'Damaged',
    condition: 'New',
    to: world.locations.center,
    by: 'parcel' as const,
    receiptExpected: true,
    ...changes,
  };
  return { number: world.newNumber(), parent, currency: 'USD', lines: [line] } satisfies ReturnRequest;
}

const aCapturedSku = () => RETURNED_SKU as ReturnRequest['lines'][number]['sku'];

export async function announced(world: OmsWorld, request: ReturnRequest): Promise<ReturnSnapshot> {
  return answered(await world.ports().returns.announce(world.site, request), 'announced').return;
}

/** A return of one unit of an order that was sold for it. */
export async function announcedOne(world: OmsWorld, changes: Partial<ReturnRequest['lines'][number]> = {}) {
  const sold = await soldOrder(world);
  const request = oneBack(world, sold.number, changes);
  return { sold, request, snapshot: await announced(world, request) };
}

export const readBack = async (world: OmsWorld, number: OrderNumber): Promise<ReturnSnapshot> =>
  present(`return ${number}`, await world.ports().returns.read(world.site, number));

/** Where the units of its first line stand, as the adapter tells it. */
export const stagesOf = ({ lines: [line] }: ReturnSnapshot) => line?.units;

/** Where the units of line `1` stand at the OMS. */
export const heldUnits = async (world: OmsWorld, number: OrderNumber, line: LineId = FIRST) =>
  lineOf(await heldOf(world, number), line).units;

export const refundedReturn = (world: OmsWorld, { number }: ReturnRequest) =>
  world.eventually(`return ${number} is refunded`, async () => {
    const read = await readBack(world, number);
    return read.refunded ? read : undefined;
  });
