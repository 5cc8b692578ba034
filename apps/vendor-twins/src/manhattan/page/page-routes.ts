import type { FastifyInstance } from 'fastify';
import type { Chaos } from '../control/chaos.js';
import { STEP_NAMES, type LifeStep } from '../fulfilment/life-steps.js';
import type { Lives } from '../fulfilment/lives.js';
import type { Inventory } from '../inventory/inventory.js';
import type { OrderLedger } from '../orders/order-ledger.js';
import type { Publisher } from '../publishing/publisher.js';
import type { Broker } from '../pubsub/broker.js';
import { parsedObject, text, type JsonObject } from '../wire/json.js';
import { vendorTime } from '../wire/vendor-time.js';
import type { VirtualClock } from '../wire/virtual-clock.js';
import { controlPage } from './control-page.js';
import { ordersSection } from './orders-section.js';
import { chaosSection, clockSection, publishingSection, stockSection } from './side-sections.js';

export interface PageParts {
  ledger: OrderLedger;
  lives: Lives;
  publisher: Publisher;
  broker: Broker;
  chaos: Chaos;
  clock: VirtualClock;
  inventory: Inventory;
}

/** `GET /control`, and what its forms do; each form comes back to the page with a sentence on what became of it. */
export function addPageRoutes(app: FastifyInstance, parts: PageParts): void {
  app.get<{ Querystring: { note?: string } }>('/control', ({ query }, reply) =>
    reply.type('text/html; charset=utf-8').send(page(parts, query.note ?? '')),
  );
  const form = (path: string, act: (fields: JsonObject) => string) =>
    app.post(`/control/page/${path}`, ({ body }, reply) =>
      reply.redirect(`/control?note=${encodeURIComponent(act(parsedObject(body) ?? {}))}`, 303),
    );
  form('step', (fields) => push(parts.lives, fields));
  form('chaos', (fields) => setChaos(parts.chaos, fields));
  form('clock', ({ seconds }) => {
    const ahead = Number(seconds);
    if (!(ahead > 0)) return 'The clock goes ahead only.';
    parts.clock.advance(ahead * 1_000);
    return `The clock went ${ahead} seconds ahead.`;
  });
}

function page({ ledger, publisher, broker, chaos, clock, inventory }: PageParts, note: string): string {
  const stocks = inventory.organizations().map((organization) => ({
    organization,
    views: inventory.viewsOf(organization),
    supply: inventory.store.of(organization),
  }));
  const fired = parsedObject(chaos.report().fired) ?? {};
  return controlPage({
    note,
    clock: clockSection(vendorTime(clock.now())),
    main: [ordersSection(ledger.all()), stockSection(stocks)],
    aside: [publishingSection(publisher.report(), broker.report()), chaosSection(chaos.now, fired)],
  });
}

/** An empty quantity is all that is eligible. */
function push(lives: Lives, fields: JsonObject): string {
  const [organization = '', orderId = '', orderLineId = ''] = ['organization', 'orderId', 'orderLineId'].map((name) =>
    text(fields, name),
  );
  const name = STEP_NAMES.find((known) => known === fields.step);
  if (!name) return `There is no step ${String(fields.step)}.`;
  const wanted = text(fields, 'quantity') ?? '';
  const quantity = Number(wanted);
  if (!(quantity >= 0)) return `${wanted} is no quantity.`;
  const step: LifeStep = { after: 0, do: name, lines: [{ orderLineId, ...(wanted === '' ? {} : { quantity }) }] };
  const because = lives.push(organization, orderId, step);
  return because === undefined ? `${orderId}, line ${orderLineId}: ${name} is done.` : `${orderId}: ${because}.`;
}

/** A form sends what is checked, and numbers as text. */
function setChaos(chaos: Chaos, fields: JsonObject): string {
  const wanted = Object.entries(chaos.now).map(([name, value]) => [
    name,
    typeof value === 'boolean' ? name in fields : Number(fields[name] ?? value),
  ]);
  const refused = wanted.filter(([, value]) => Number.isNaN(value)).map(([name]) => name);
  if (refused.length > 0) return `${refused.join(', ')}: no number.`;
  chaos.merge(parsedObject(Object.fromEntries(wanted)) ?? {});
  return 'The chaos switches are set.';
}
