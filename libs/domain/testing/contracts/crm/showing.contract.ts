import {
  orderKey,
  orderNumber,
  recordName,
  type CrmOrderId,
  type FieldValues,
  type RecordAddress,
  type RecordChange,
  type ShownOrder,
} from '@tandem/domain';
import { holds, present, same, sameIn } from '../checks.js';
import { faultFrom } from '../fault-scene.js';
import { crmClaimsOf } from './claim.js';
import type { CrmWorld, EnteredOrder } from './crm-world.js';
import { entered, lineIdOf, nobody, wordOf, written } from './scene.js';

/** What is projected, read back as the CRM shows it now. */
const { claims, claim } = crmClaimsOf('showing');
export const showing = claims;

const MOMENT = '2026-03-01T10:20:30.000Z';

const bookOf = (world: CrmWorld, ...orders: readonly CrmOrderId[]) => world.ports().book.read(world.site, orders);

const shownOf = async (world: CrmWorld, order: CrmOrderId): Promise<ShownOrder> =>
  present('the order', (await bookOf(world, order)).get(order));

const recordOf = ({ records }: ShownOrder, address: RecordAddress): FieldValues =>
  present(recordName(address), records[recordName(address)]);

/** A record of every kind, with all that is written of it. */
function lifeOf(world: CrmWorld, refs: EnteredOrder, tender: string): readonly RecordChange[] {
  const { order } = refs;
  const [parcel, back] = [world.newKey(), world.newKey()];
  const moments = { omsTime: MOMENT, recordedAt: MOMENT };
  const one = (address: RecordAddress, fields: FieldValues, isNew = 'key' in address && address.kind !== 'tender') => ({
    ...{ address, fields, isNew },
  });
  return [
    one({ kind: 'order', id: order }, { status: 'shipped', total: '1234.50', taxIncluded: false, omsTime: MOMENT }),
    one({ kind: 'line', id: lineIdOf(refs, '1'), order }, { status: 'shipped', open: 0, shipped: 1.5, reason: 'Out' }),
    one({ kind: 'tender', key: tender, order }, { captured: '10.00', authorizationExpires: MOMENT }),
    one({ kind: 'shipment', key: parcel, order }, { packageId: 'P-1', shipFrom: 'DC-EAST', shippedAt: MOMENT }),
    one({ kind: 'shipment-line', key: `${parcel}/1`, shipmentKey: parcel }, { lineKey: 'k:1', sku: 'L', quantity: 2 }),
    one({ kind: 'return', key: back, order }, { number: 'R', type: 'Return', refunded: false, credit: '5.25' }),
    one({ kind: 'return-line', key: `${back}/1`, returnKey: back }, { sku: 'L', expected: 2, received: 1 }),
    one({ kind: 'history', key: world.newKey(), order }, { track: 'status', to: 'shipped', late: true, ...moments }),
  ];
}

/** Amounts are shown as numbers. */
const asNumbers = (fields: FieldValues): FieldValues =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' && /^\d+\.\d\d$/.test(value) ? Number(value) : value,
    ]),
  );

async function withLife(world: CrmWorld) {
  const { refs, draft } = await entered(world);
  const changes = lifeOf(world, refs, present('the tender', draft.tenders[0]?.id));
  same('the outcomes', [...new Set((await written(world, ...changes)).map(wordOf))], ['written']);
  return { refs, changes };
}

claim(
  'every-kind',
  '§2.6',
  'What was written of every kind of record is read back as it was written',
  async (world) => {
    const { refs, changes } = await withLife(world);
    const shown = await shownOf(world, refs.order);
    for (const { address, fields } of changes) {
      holds(`the CRM has records of kind ${address.kind}`, shown.kinds.has(address.kind));
      sameIn(recordName(address), recordOf(shown, address), asNumbers(fields));
    }
  },
);
claim('empty-field', '§2.6', 'A field that shows nothing is told as empty, not left out', async (world) => {
  const { refs } = await withLife(world);
  const order = recordOf(await shownOf(world, refs.order), { kind: 'order', id: refs.order });
  same('the holds', order['holds'], null);
});
claim('changed-by-hand', '§2.6', 'What somebody else wrote over is shown as it is now', async (world) => {
  const { refs } = await withLife(world);
  const address = { kind: 'order', id: refs.order } as const;
  await world
    .ports({ client: 'somebody-else' })
    .projections.write(world.site.crmOrg, [{ address, isNew: false, fields: { status: 'held by hand' } }]);
  same('the status', recordOf(await shownOf(world, refs.order), address)['status'], 'held by hand');
});
claim(
  'unknown-order',
  '§2.6',
  'An order that the CRM does not have is left out, and others are read',
  async (world) => {
    const { refs } = await entered(world);
    const gone = nobody(refs.order);
    const read = await bookOf(world, refs.order, gone as string as CrmOrderId, 'no id at all' as CrmOrderId);
    same('the orders', [...read.keys()], [refs.order]);
  },
);
claim('no-orders', '§2.6', 'To read no order costs no read', async (world) => {
  await entered(world);
  const before = world.wire.heard('read').length;
  same('the orders', (await bookOf(world)).size, 0);
  same('reads', world.wire.heard('read').length - before, 0);
});
claim('by-number', '§2.6', 'An order is found by its number and by those of its returns', async (world) => {
  const [number, back, none] = [world.newKey(), world.newKey(), world.newKey()];
  const { refs } = await entered(world);
  const key = (one: string) => orderKey(world.site.id, orderNumber(one));
  await written(
    world,
    { address: { kind: 'order', id: refs.order }, isNew: false, fields: { key: key(number) } },
    { address: { kind: 'return', key: key(back), order: refs.order }, isNew: true, fields: { number: back } },
  );
  const found = await world.ports().book.named(world.site, [number, back, none].map(orderNumber));
  same('the orders', new Map(found), new Map([number, back].map((one) => [orderNumber(one), refs.order])));
});
claim('few-reads', '§2.4', 'Many orders are read in a few calls', async (world) => {
  const orders: CrmOrderId[] = [];
  while (orders.length < 12) orders.push((await entered(world)).refs.order);
  const before = world.wire.heard('read').length;
  const read = await bookOf(world, ...orders);
  same('the orders', new Set(read.keys()), new Set(orders));
  const calls = world.wire.heard('read').length - before;
  holds(`two calls for twelve orders, of nine kinds of record (${calls})`, calls <= 2);
});
claim('pages-of-shown', '§2.6', 'Records are read over all pages of an answer', async (world) => {
  const { refs } = await entered(world);
  const keys = Array.from({ length: 7 }, () => world.newKey());
  await written(
    world,
    ...keys.map((key) => ({
      address: { kind: 'history', key, order: refs.order } as const,
      ...{ isNew: true, fields: { track: 'status', to: 'x', omsTime: MOMENT } },
    })),
  );
  world.wire.pagesOf(2);
  const { records } = await shownOf(world, refs.order);
  const history = Object.keys(records).filter((name) => name.startsWith('history:'));
  same('the history', history.toSorted(), keys.map((key) => `history:${key}`).toSorted());
  holds('pages were asked for', world.wire.heard('next-page').length > 0);
});
claim('orders-apart', '§2.6', 'What is read of one order is not shown of another', async (world) => {
  const [one, other] = [await withLife(world), await entered(world)];
  const read = await bookOf(world, one.refs.order, other.refs.order);
  const kinds = Object.keys(present('the other', read.get(other.refs.order)).records).map((name) => name.split(':')[0]);
  same('the kinds', new Set(kinds), new Set(['order', 'line', 'tender']));
});
claim('read-refused', '§2.11', 'A read that the CRM refuses is a fault of the reading', async (world) => {
  const { refs } = await entered(world);
  await shownOf(world, refs.order);
  world.wire.misbehave('unavailable-html', 'read');
  const fault = await faultFrom(() => bookOf(world, refs.order));
  same('the kind', fault.kind, 'transient');
});
