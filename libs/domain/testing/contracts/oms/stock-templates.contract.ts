import { PermanentFault, type Availability, type Sku } from '@tandem/domain';
import { claimsOf, holds, present, same, sameIn } from './claim.js';
import type { StockOmission } from './oms-templates.js';
import type { OmsWorld } from './oms-world.js';
import { askedOne, stocked } from './stock-scene.js';
import { faultOf } from './template-scene.js';

/** What an alert of availability still tells where things are left out of it. */
const { claims, claim } = claimsOf('stock-template', 'inventory', 'stock');
export const stockTemplates = claims;

async function alertWithout(world: OmsWorld, item: Sku, ...without: readonly StockOmission[]): Promise<Availability> {
  const { delivery } = await world.retoldStock(item, world.views.network, ...without);
  const { kind, records } = world.ports().availabilityFeed.read(delivery);
  same('the kind', kind, 'alert');
  return present('record', records[0]);
}

claim('whole', '§6.3', 'An alert tells what an answer tells', async (world) => {
  const item = await stocked(world, 43, 7);
  same('the record', await alertWithout(world, item), await askedOne(world, world.views.network, item));
});
claim('code', '§6.1', 'The code of a status tells it without the text', async (world) => {
  for (const [quantity, status] of [
    [6, 'in-stock'],
    [5, 'limited'],
  ] as const)
    sameIn('the record', await alertWithout(world, await stocked(world, quantity), 'text'), { status, quantity });
});
claim('text', '§6.1', 'The text of a status tells it without the code', async (world) => {
  sameIn('some', await alertWithout(world, await stocked(world, 6), 'code'), { status: 'in-stock' });
  sameIn('none', await alertWithout(world, await stocked(world, 0), 'code'), { status: 'out-of-stock' });
});
claim('limited-text', '§6.1', 'The text for little stock is the tenant’s own, and no guess', async (world) => {
  const { delivery, leftOut } = await world.retoldStock(await stocked(world, 3), world.views.network, 'code');
  const fault = faultOf(() => world.ports().availabilityFeed.read(delivery));
  holds('the fault is permanent', fault instanceof PermanentFault);
  const fields = fault instanceof PermanentFault ? fault.violations.map(({ field }) => field) : [];
  holds('the text is named, which is there', fields.some((field) => field.endsWith('Status')) && leftOut.length === 1);
});
claim('total', '§6.2', 'Without a sum, kinds of location are added up', async (world) => {
  sameIn('the record', await alertWithout(world, await stocked(world, 43, 7), 'total'), { quantity: 50 });
});
claim('moment', '§6.3', 'A record of no moment cannot be told', async (world) => {
  const { delivery, leftOut } = await world.retoldStock(await stocked(world, 9), world.views.network, 'moment');
  const fault = faultOf(() => world.ports().availabilityFeed.read(delivery));
  const fields = fault instanceof PermanentFault ? fault.violations.map(({ field }) => field) : [];
  same(
    'what is missing',
    fields.map((field) => field.split('.').at(-1)),
    leftOut,
  );
});
