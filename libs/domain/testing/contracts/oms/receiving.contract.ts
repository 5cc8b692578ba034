import type { OmsHolding } from '@tandem/domain';
import { claimsOf, same, sameIn } from './claim.js';
import { announcedOne, FIRST, heldUnits, readBack, refundedReturn, stagesOf } from './return-scene.js';
import { heldOf, lineOf } from './scene.js';

/** Goods that come back, and the money that goes back for them. */
const { claims, claim } = claimsOf('receive', 'manual-life');
export const receiving = claims;

claim(
  'scanned',
  '§3.2',
  'A parcel that the carrier has is on its way',
  async (world) => {
    await world.tenant({ carrierScans: 'on' });
    const { request } = await announcedOne(world);
    await world.warehouse.scan(request.number, FIRST);
    same('its units', await heldUnits(world, request.number), [{ status: 14_000, quantity: 1 }]);
    const seen = stagesOf(await readBack(world, request.number));
    same('the return', seen, [{ stage: 'carrier-scanned', quantity: 1 }]);
  },
  'tenant-settings',
  'receipts',
);
claim('found', '§5.1', 'A search of orders finds a return as what it is, exactly as the read does', async (world) => {
  const { request } = await announcedOne(world);
  const read = await readBack(world, request.number);
  const found: OmsHolding[] = [];
  for await (const one of world.ports().book.changedBetween(world.site, read.at, read.at)) found.push(one);
  const returns = found.flatMap((one) => (one.kind === 'return' ? [one.returned] : []));
  same(
    'the return',
    returns.filter(({ number }) => number === request.number),
    [read],
  );
});
claim(
  'received',
  '§5.2',
  'Goods that have come in part stand at two stages',
  async (world) => {
    const { request } = await announcedOne(world, { quantity: 3 });
    await world.warehouse.receive(request.number, FIRST, 2);
    const units = stagesOf(await readBack(world, request.number)) ?? [];
    same('the return', units.map(({ stage, quantity }) => `${stage} ${quantity}`).sort(), [
      'pending-return 1',
      'received 2',
    ]);
  },
  'receipts',
);
claim(
  'returned',
  '§5.3',
  'Verified goods are returned, at the return and at its parent, and the money is refunded',
  async (world) => {
    const { sold, request } = await announcedOne(world);
    await world.warehouse.verify(request.number, FIRST, 1);
    const done = await refundedReturn(world, request);
    same('the return', stagesOf(done), [{ stage: 'returned', quantity: 1 }]);
    same('the credit', done.credit, 1007);
    same('its units', await heldUnits(world, request.number), [{ status: 18_000, quantity: 1 }]);
    same('the parent', await heldUnits(world, sold.number), [
      { status: 7000, quantity: 2 },
      { status: 8500, quantity: 1 },
    ]);
  },
  'receipts',
);
claim(
  'money',
  '§5.3',
  'A return has a negative invoice and a refund, its parent a return credit',
  async (world) => {
    const { sold, request } = await announcedOne(world);
    await world.warehouse.verify(request.number, FIRST, 1);
    await refundedReturn(world, request);
    const back = await heldOf(world, request.number);
    same('the invoices', back.invoices, [{ type: 'Return', state: 'Closed', total: -10.07 }]);
    const [refund] = back.payments.flatMap(({ transactions }) => transactions);
    sameIn('the refund', refund, { type: 'Refund', status: 'Closed', requested: 10.07, processed: 10.07 });
    const credits = (await heldOf(world, sold.number)).payments
      .flatMap(({ transactions }) => transactions)
      .filter(({ type }) => type === 'Return Credit');
    same(
      'the credit',
      credits.map(({ processed }) => processed),
      [10.07],
    );
  },
  'receipts',
);
claim(
  'refund',
  '§5.3',
  'A return is refunded only once the money went back',
  async (world) => {
    await world.tenant({ refunds: 'manual' });
    const { request } = await announcedOne(world);
    await world.warehouse.verify(request.number, FIRST, 1);
    const waiting = await readBack(world, request.number);
    same('before', [stagesOf(waiting), waiting.refunded], [[{ stage: 'returned', quantity: 1 }], false]);
    await world.warehouse.refund(request.number);
    await refundedReturn(world, request);
  },
  'tenant-settings',
  'receipts',
);
claim('no-goods', '§5.1', 'A return that expects no goods is returned and refunded by itself', async (world) => {
  const { request } = await announcedOne(world, { receiptExpected: false });
  sameIn('the line', lineOf(await heldOf(world, request.number), FIRST), { receiptExpected: false });
  same('the return', stagesOf(await refundedReturn(world, request)), [{ stage: 'returned', quantity: 1 }]);
});
claim(
  'approval',
  '§5.1',
  'Where a person approves, a return that expects no goods waits for approval',
  async (world) => {
    await world.tenant({ returnApproval: 'manual' });
    const { request } = await announcedOne(world, { receiptExpected: false });
    const waiting = await world.eventually('the return waits for approval', async () => {
      const read = await readBack(world, request.number);
      return stagesOf(read)?.some(({ stage }) => stage === 'pending-approval') ? read : undefined;
    });
    same('the return', stagesOf(waiting), [{ stage: 'pending-approval', quantity: 1 }]);
    same('its units', await heldUnits(world, request.number), [{ status: 13_000, quantity: 1 }]);
  },
  'tenant-settings',
);
