import type { FastifyInstance } from 'fastify';
import { parsedObject, rows, text, type JsonObject } from '../wire/json.js';
import { invalid } from '../wire/refusal.js';
import type { Announce } from './alerts.js';
import type { Inventory } from './inventory.js';
import { syncMessages } from './sync.js';
import { readView } from './view.js';

/** Views, products, settings and sync jobs, as a tenant's administrator has them. */
export function addInventoryControl(app: FastifyInstance, inventory: Inventory, announce: Announce): void {
  app.get('/control/inventory/views', () =>
    Object.fromEntries(inventory.organizations().map((name) => [name, inventory.viewsOf(name)])),
  );
  app.put('/control/inventory/views', ({ body }) => {
    const wanted = parsedObject(body) ?? {};
    const organization = required(wanted, 'organization');
    inventory.setViews(organization, rows(wanted, 'views').map(readView));
    return { organization, views: inventory.viewsOf(organization).length };
  });
  app.put('/control/inventory/products', ({ body }) => {
    const wanted = parsedObject(body) ?? {};
    const organization = required(wanted, 'organization');
    const products = rows(wanted, 'products').map((row) => ({
      itemId: required(row, 'itemId'),
      style: required(row, 'style'),
      color: text(row, 'color') ?? '',
      size: text(row, 'size') ?? '',
    }));
    inventory.setProducts(organization, products);
    return { organization, products: products.length };
  });
  app.get('/control/inventory/settings', () => inventory.config.now);
  app.put('/control/inventory/settings', ({ body }, reply) => {
    const refused = inventory.config.merge(parsedObject(body) ?? {});
    if (refused.length > 0) return reply.status(400).send({ error: `not a setting: ${refused.join(', ')}` });
    return inventory.config.now;
  });
  addSyncJob(app, inventory, announce);
}

/**
 * `POST {"organization","view","kind":"full|delta","chunk":2000,"withoutZero":false,"skipPages":[]}` runs the job at once;
 * the schedule of a tenant (§6.3) is the caller's.
 */
function addSyncJob(app: FastifyInstance, inventory: Inventory, announce: Announce): void {
  let lastTransaction = 0;
  app.post('/control/inventory/sync', ({ body }) => {
    const wanted = parsedObject(body) ?? {};
    const organization = required(wanted, 'organization');
    const name = required(wanted, 'view');
    const view = inventory.viewsOf(organization).find((known) => known.name === name);
    if (!view) throw invalid('view', `view ${name} is not known`);
    const kind = wanted.kind === 'delta' ? 'delta' : 'full';
    if (kind === 'delta' && view.type === 'network') throw invalid('kind', 'delta syncs are of location views only');
    const chunk = Number(wanted.chunk ?? 2_000);
    if (!(chunk >= 1)) throw invalid('chunk', 'chunk must be 1 or more');
    lastTransaction += 1;
    const messages = syncMessages(
      inventory,
      organization,
      view,
      {
        kind,
        chunk,
        withoutZero: wanted.withoutZero === true,
        skipPages: Array.isArray(wanted.skipPages) ? wanted.skipPages.map(Number) : [],
        since: inventory.startRun(organization, view.id),
      },
      String(lastTransaction),
    );
    for (const message of messages) announce(organization, 'PublishAvailabilitySyncMSGType', message);
    return { transactionNumber: String(lastTransaction), messages: messages.length };
  });
}

function required(row: JsonObject, name: string): string {
  const value = text(row, name);
  if (value === undefined) throw invalid(name, `${name} is required`);
  return value;
}
