import { minorOf } from '@tandem/domain';
import { answered, claimsOf, present, same, sameIn } from './claim.js';
import { exchanged } from './exchange-scene.js';
import type { Omission } from './oms-templates.js';
import type { OmsWorld } from './oms-world.js';
import { announcedOne, FIRST, readBack, refundedReturn, stagesOf } from './return-scene.js';
import { returnWithout, unreadableWithout } from './template-scene.js';

/** What a publish of a return still tells where the template leaves things out. */
const { claims, claim } = claimsOf('return-template', 'manual-life');
export const returnTemplates = claims;

claim('whole', '§7.3', 'A publish of the whole return is the return that is read', async (world) => {
  const { request } = await announcedOne(world);
  same('the return', await returnWithout(world, request.number), await readBack(world, request.number));
});
claim('no-units', '§3.2', 'Without rows of units, a lowest rung that is the highest tells all', async (world) => {
  const { request } = await announcedOne(world, { quantity: 2 });
  const seen = stagesOf(await returnWithout(world, request.number, 'units'));
  same('the units', seen, [{ stage: 'pending-return', quantity: 2 }]);
});
claim('no-rungs', '§3.2', 'Without rows of units and rungs, a return cannot be told', async (world) => {
  const { request } = await announcedOne(world);
  await unreadableWithout(world, request.number, 'returned', 'units', 'plain-rungs', 'rungs-in-objects');
});
claim('unit-status', '§3.5', 'The status of units that come back is plain, or in an object', async (world) => {
  const { request, snapshot } = await announcedOne(world);
  for (const without of ['plain-unit-status', 'unit-status-in-object'] as const)
    same(`without ${without}`, stagesOf(await returnWithout(world, request.number, without)), stagesOf(snapshot));
});
claim('no-unit-status', '§3.5', 'Units that come back without a status cannot be told', async (world) => {
  const { request } = await announcedOne(world);
  const without = ['plain-unit-status', 'unit-status-in-object'] as const;
  await unreadableWithout(world, request.number, 'returned', ...without);
});
for (const [rung, stage] of Object.entries({
  '11000.000': 'pending-return',
  '13000': 'pending-approval',
  '14000.100': 'carrier-scanned',
  '15000': 'received',
  '18000': 'returned',
  '19000': 'cancelled',
}))
  claim(`rung-${rung}`, '§3.2', `Units that come back and stand at ${rung} are ${stage}`, async (world) => {
    const { request } = await announcedOne(world);
    const { delivery } = await world.retold(request.number, { rung });
    const told = present('return', world.ports().feed.returned(delivery, 0));
    same('the units', stagesOf(told), [{ stage, quantity: 1 }]);
  });
claim('no-currency', '§9', 'A return of no currency cannot be told', async (world) => {
  const { request } = await announcedOne(world);
  await unreadableWithout(world, request.number, 'returned', 'currency');
});
claim(
  'called-off',
  '§3.6',
  'A return that was called off tells so by order or line, and of how many units',
  async (world) => {
    const { request } = await announcedOne(world, { quantity: 2 });
    answered(await world.ports().returns.cancel(world.site, request.number, 'Customer Request'), 'announced');
    for (const without of ['order-cancelled', 'line-cancelled'] as const) {
      const seen = stagesOf(await returnWithout(world, request.number, without));
      same(`without ${without}`, seen, [{ stage: 'cancelled', quantity: 2 }]);
    }
  },
);
claim(
  'kind',
  '§5.1',
  'Without a kind, what goes out tells whether it is an exchange, and an even one',
  async (world) => {
    const { request } = await announcedOne(world);
    const even = await exchanged(world, 1000);
    const uneven = await exchanged(world, 2500, 'LAMP-99');
    const kinds = [request, even.request, uneven.request].map(async ({ number }) => {
      const { kind } = await returnWithout(world, number, 'return-kind');
      return kind;
    });
    same('the kinds', await Promise.all(kinds), ['refund', 'even-exchange', 'uneven-exchange']);
  },
);

/** A return whose money went back, told without these. */
async function refundedWithout(world: OmsWorld, ...without: readonly Omission[]) {
  const { request } = await announcedOne(world);
  await world.warehouse.verify(request.number, FIRST, 1);
  await refundedReturn(world, request);
  return returnWithout(world, request.number, ...without);
}

for (const [by, without] of Object.entries({
  'the payment status': ['invoice-state', 'payments'],
  'closed invoices': ['payment-state', 'payments'],
  'refunds that went through': ['payment-state', 'invoices'],
  'refunds that tell what was requested': ['payment-state', 'invoices', 'processed-amount'],
} satisfies Record<string, readonly Omission[]>))
  claim(
    `refunded-by-${by.replaceAll(' ', '-')}`,
    '§5.3',
    `That the money of a return went back is told by ${by}`,
    async (world) => {
      sameIn('the return', await refundedWithout(world, ...without), { credit: minorOf(1007), refunded: true });
    },
    'receipts',
  );
for (const silent of ['transaction-answer', 'transaction-state'] as const)
  claim(
    `not-refunded-${silent}`,
    '§5.3',
    `A refund without its ${silent.replace('transaction-', '')} has not gone through yet`,
    async (world) => {
      const told = await refundedWithout(world, 'payment-state', 'invoices', silent);
      sameIn('the return', told, { credit: minorOf(1007), refunded: false });
    },
    'receipts',
  );
claim(
  'no-money',
  '§5.3',
  'A return that tells of no invoice and no refund has no credit, and is not refunded',
  async (world) => {
    const told = await refundedWithout(world, 'invoices', 'payments');
    same('the return', [told.credit, told.refunded], [undefined, false]);
  },
  'receipts',
);
