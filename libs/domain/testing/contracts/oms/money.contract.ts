import { lineId } from '@tandem/domain';
import { answered, claimsOf, present, same, sameIn } from './claim.js';
import { announcedOne, FIRST, refundedReturn, RETURNED_SKU, soldOrder } from './return-scene.js';
import { placedOf } from './scene.js';

/** What the OMS has charged and credited, and the reasons that it knows. */
const { claims, claim } = claimsOf('money', 'manual-life');
export const money = claims;

claim(
  'none',
  '§5.3',
  'An order of which nothing has left has no invoice, and none of no order is known',
  async (world) => {
    const { number } = await placedOf(world, 1);
    const port = world.ports().money;
    same('the invoices', await port.invoices(world.site, number), []);
    same('of no order', await port.invoices(world.site, world.newNumber()), undefined);
  },
);
claim('shipment', '§5.3', 'What was sent is invoiced, line by line and to the cent', async (world) => {
  const { number } = await soldOrder(world);
  const [invoice, ...more] = present('invoices', await world.ports().money.invoices(world.site, number));
  same('further invoices', more, []);
  const { kind, total, packageId, lines } = present('invoice', invoice);
  same('the invoice', { kind, total, packageId }, { kind: 'shipment', total: 3021, packageId: `P-${number}` });
  const seen = lines.map(({ line, sku, quantity, total: ofLine }) => ({ line, sku, quantity, total: ofLine }));
  same('its lines', seen, [{ line: FIRST, sku: RETURNED_SKU, quantity: 3, total: 3021 }]);
});
claim(
  'return',
  '§5.3',
  'The invoice of a return is negative, and closed once the money went back',
  async (world) => {
    const { request } = await announcedOne(world);
    await world.warehouse.verify(request.number, FIRST, 1);
    await refundedReturn(world, request);
    const [invoice] = present('invoices', await world.ports().money.invoices(world.site, request.number));
    const { kind, state, total } = present('invoice', invoice);
    same('the invoice', { kind, state, total }, { kind: 'return', state: 'closed', total: -1007 });
  },
  'receipts',
);
claim(
  'settle',
  '§3.6',
  'After a cancel in part the OMS is asked to reckon and move the money, twice as well as once',
  async (world) => {
    const { number } = await placedOf(world, 3);
    const lines = [{ id: lineId('1'), quantity: 1 }];
    const cancellation = { number, version: 2, reason: 'Cancel Line', lines };
    answered(await world.ports().changes.cancel(world.site, cancellation), 'changed');
    const request = `PR-${number}`;
    for (const _ of ['once', 'twice']) answered(await world.ports().money.settle(world.site, number, request), 'asked');
  },
);
claim('settle-unknown', '§3.6', 'There is nothing to settle of an order that the OMS lacks', async (world) => {
  const number = world.newNumber();
  answered(await world.ports().money.settle(world.site, number, `PR-${number}`), 'refused');
});
claim('cancel-reasons', '§3.1', 'The reasons for a cancel are told with what they are called', async (world) => {
  const reasons = await world.ports().reasons.reasons(world.site, 'cancel');
  sameIn(
    'a reason that every tenant has',
    reasons.find(({ id }) => id === 'Cancel Line'),
    { id: 'Cancel Line' },
  );
  same('each once', new Set(reasons.map(({ id }) => id)).size, reasons.length);
});
