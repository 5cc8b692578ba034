import type { FastifyInstance } from 'fastify';
import type { Chaos } from '../control/chaos.js';
import type { TenantConfig } from '../control/tenant-config.js';
import type { Lives } from '../fulfilment/lives.js';
import type { Inventory } from '../inventory/inventory.js';
import type { OrderLedger } from '../orders/order-ledger.js';
import type { Publisher } from '../publishing/publisher.js';
import type { Broker } from '../pubsub/broker.js';
import type { ReturnEvents } from '../returns/receive-returns.js';
import { parsedObject, type JsonObject } from '../wire/json.js';
import { vendorTime } from '../wire/vendor-time.js';
import type { VirtualClock } from '../wire/virtual-clock.js';
import { controlPage } from './control-page.js';
import { chaosSection } from './failure-sections.js';
import { ordersSection } from './orders-section.js';
import { pushReturn, pushUnits, setChaos, setProfile, setTenant } from './page-actions.js';
import { clockSection, publishingSection, stockSection } from './side-sections.js';
import { tenantSection } from './tenant-section.js';

export interface PageParts {
  ledger: OrderLedger;
  lives: Lives;
  returnEvents: ReturnEvents;
  publisher: Publisher;
  broker: Broker;
  chaos: Chaos;
  config: TenantConfig;
  clock: VirtualClock;
  inventory: Inventory;
}

/** `GET /control`, and what its forms do; each form comes back to the page with a sentence on what became of it. */
export function addPageRoutes(app: FastifyInstance, parts: PageParts): void {
  const { lives, returnEvents, chaos, config, clock } = parts;
  app.get<{ Querystring: { note?: string; orders?: string } }>('/control', ({ query }, reply) =>
    reply.type('text/html; charset=utf-8').send(page(parts, query.note ?? '', query.orders ?? '')),
  );
  const form = (path: string, act: (fields: JsonObject) => string | Promise<string>) =>
    app.post(`/control/page/${path}`, async ({ body }, reply) =>
      reply.redirect(`/control?note=${encodeURIComponent(await act(parsedObject(body) ?? {}))}`, 303),
    );
  form('step', (fields) => pushUnits(lives, fields));
  form('return', (fields) => pushReturn(returnEvents, config, fields));
  form('chaos', (fields) => setChaos(chaos, fields));
  form('tenant', (fields) => setTenant(config, fields));
  form('profile', (fields) => setProfile(parts, fields));
  form('clock', ({ seconds }) => {
    const ahead = Number(seconds);
    if (!(ahead > 0)) return 'The clock goes ahead only.';
    clock.advance(ahead * 1_000);
    return `The clock went ${ahead} seconds ahead.`;
  });
}

function page({ ledger, publisher, broker, chaos, config, clock, inventory }: PageParts, note: string, wanted: string) {
  const stocks = inventory.organizations().map((organization) => ({
    organization,
    views: inventory.viewsOf(organization),
    supply: inventory.store.of(organization),
  }));
  const fired = parsedObject(chaos.report().fired) ?? {};
  return controlPage({
    note,
    clock: clockSection(vendorTime(clock.now())),
    main: [ordersSection(ledger.all(), wanted), stockSection(stocks)],
    aside: [
      publishingSection(publisher.report(), broker.report()),
      chaosSection(chaos.now, fired),
      tenantSection(config.now),
    ],
  });
}
