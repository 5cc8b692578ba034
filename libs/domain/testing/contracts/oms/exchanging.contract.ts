import { answered, claimsOf, same, sameIn } from './claim.js';
import { exchanged } from './exchange-scene.js';
import { FIRST, readBack } from './return-scene.js';
import { heldOf, lineOf } from './scene.js';

/** Exchanges: returns that send something else, once the goods are back. */
const { claims, claim } = claimsOf('exchange', 'manual-life');
export const exchanging = claims;

claim('even', '§5.1', 'An even exchange sends the same again and waits for the goods', async (world) => {
  const { request, snapshot, sold } = await exchanged(world, 1000);
  sameIn('the exchange', snapshot, { kind: 'even-exchange', holds: ['ReturnItemsPending'], refunded: false });
  const line = lineOf(await heldOf(world, request.number), 'E1');
  sameIn('the line', line, {
    isReturn: false,
    evenExchange: true,
    quantity: 1,
    parentOrder: sold.number,
    parentLine: FIRST,
  });
  same(
    'what comes back',
    snapshot.lines.map(({ id }) => id),
    [FIRST],
  );
});
claim(
  'comes-back',
  '§5.1',
  'The line of an exchange that comes back is not cancelled as one that is sold',
  async (world) => {
    const { request } = await exchanged(world, 1000);
    const before = await heldOf(world, request.number);
    const wanted = { number: request.number, version: 2, reason: 'Cancel Line', lines: [{ id: FIRST }] };
    answered(await world.ports().changes.cancel(world.site, wanted), 'refused');
    same('the exchange', await heldOf(world, request.number), before);
  },
);
claim('uneven', '§5.1', 'An exchange for something dearer is uneven', async (world) => {
  const { request, snapshot } = await exchanged(world, 2500, 'LAMP-99');
  sameIn('the exchange', snapshot, { kind: 'uneven-exchange', holds: ['ReturnItemsPending'] });
  const line = lineOf(await heldOf(world, request.number), 'E1');
  sameIn('the line', line, { sku: 'LAMP-99', unitPrice: 25, isReturn: false, evenExchange: false });
});
claim(
  'exchange-goes-on',
  '§5.1',
  'What is sent in exchange waits no longer once the goods are back',
  async (world) => {
    const { request } = await exchanged(world, 1000);
    await world.warehouse.verify(request.number, FIRST, 1);
    same('the holds', (await readBack(world, request.number)).holds, []);
  },
  'receipts',
);
