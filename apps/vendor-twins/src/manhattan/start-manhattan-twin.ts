import Fastify, { type FastifyInstance } from 'fastify';
import { CallCounter } from './control/call-counter.js';
import { Chaos } from './control/chaos.js';
import { addControlRoutes } from './control/control-routes.js';
import { RequestLog } from './control/request-log.js';
import { TenantConfig } from './control/tenant-config.js';
import { WriteRecord } from './control/write-record.js';
import { addCustomerRoutes } from './customers/customer-routes.js';
import { EntityStore } from './entities/entity-store.js';
import { ResponseTemplates } from './orders/response-templates.js';
import { OrderComponent } from './orders/order-component.js';
import { addStock } from './inventory/add-stock.js';
import { addPageRoutes } from './page/page-routes.js';
import { Publisher } from './publishing/publisher.js';
import { Broker } from './pubsub/broker.js';
import { addPubsubRoutes, startPubsubServer } from './pubsub/pubsub-server.js';
import { AccessTokens } from './wire/access-tokens.js';
import { CallBudget } from './wire/call-budget.js';
import { prepareHttp } from './wire/http-server.js';
import { LogInGuard } from './wire/log-in-guard.js';
import type { JsonObject } from './wire/json.js';
import { SeededRandom } from './wire/seeded-random.js';
import { spelled } from './wire/spelling.js';
import { TokenEndpoint, type TwinClient, type TwinUser } from './wire/token-endpoint.js';
import { VendorRoutes } from './wire/vendor-routes.js';
import { VirtualClock } from './wire/virtual-clock.js';

export type { TwinClient, TwinUser } from './wire/token-endpoint.js';

export interface ManhattanTwinOptions {
  /** 0 takes any free port. */
  port: number;
  clients: TwinClient[];
  users: TwinUser[];
  /** Where it answers as Google Pub/Sub (§7.1): 0 takes any free port; absent, it does not. */
  pubsubPort?: number;
  /** Lifetime of an access token; an hour when absent. */
  tokenSeconds?: number;
  /** Seed of every random choice. */
  seed?: number;
}

export interface ManhattanTwin {
  url: string;
  /** `host:port` of its Pub/Sub, for `PUBSUB_EMULATOR_HOST`. */
  pubsub?: string;
  close(): Promise<void>;
}

/** Starts a stand-in of the vendor at wire level on 127.0.0.1, with an empty memory. */
export async function startManhattanTwin(options: ManhattanTwinOptions): Promise<ManhattanTwin> {
  const app = Fastify({ bodyLimit: 10 * 1024 * 1024, forceCloseConnections: true });
  const { broker, stop } = assemble(app, options);
  const { pubsubPort } = options;
  const pubsub = pubsubPort === undefined ? undefined : await startPubsubServer(broker, pubsubPort);
  const url = await app.listen({ port: options.port, host: '127.0.0.1' });
  return {
    url,
    ...(pubsub ? { pubsub: pubsub.address } : {}),
    async close() {
      pubsub?.close();
      // First the door, so that no late call begins a life that nobody ends.
      await app.close();
      await stop();
    },
  };
}

/** Builds the twin's parts and routes; answers how to bring its timers and connections to rest. */
function assemble(app: FastifyInstance, options: ManhattanTwinOptions): { broker: Broker; stop: () => Promise<void> } {
  const foundation = layFoundation(options);
  const { chaos, config, clock, record, customers, tokens, guard, broker, publisher, templates, newId } = foundation;
  const endpoint = new TokenEndpoint(options.clients, options.users, tokens, guard);
  const [budget, calls, requests] = [new CallBudget(config, clock), new CallCounter(), new RequestLog()];
  const orders = new OrderComponent({ record, customers, chaos, publisher, config, clock, newId, templates });
  const { ledger, lives, returnEvents } = orders;
  const stop = async () => {
    orders.stop();
    clock.reset();
    await publisher.close();
    broker.purge();
  };
  const reset = async () => {
    await stop();
    chaos.reset();
    config.reset();
    for (const part of [customers, record, calls, requests, stock]) part.clear();
    for (const part of [guard, orders, budget, endpoint]) part.reset();
  };

  prepareHttp(app, { calls, requests, chaos, endpoint, config });
  const routes = new VendorRoutes(app, { tokens, chaos, budget, config });
  orders.addRoutes(routes);
  const random = new SeededRandom(options.seed ?? 1);
  const stock = addStock(app, routes, { ledger, publisher, clock, random });
  addCustomerRoutes(routes, { customers, record, chaos, config, newId });
  const told = { ledger, customers, record, calls, requests, lives };
  addControlRoutes(app, { ...told, publisher, chaos, tokens, config, clock, reset });
  addPubsubRoutes(app, broker);
  const { inventory } = stock;
  addPageRoutes(app, { ledger, lives, returnEvents, publisher, broker, chaos, config, clock, inventory });
  return { broker, stop };
}

/** What every component stands on: memory, time, chance, tenant, and the way out. */
function layFoundation(options: ManhattanTwinOptions) {
  const chaos = new Chaos(new SeededRandom(options.seed ?? 1));
  const [config, clock, templates] = [new TenantConfig(), new VirtualClock(), new ResponseTemplates()];
  const broker = new Broker(clock);
  const spell = (document: JsonObject) => spelled(document, config.now);
  const template = (order: JsonObject) => templates.apply(config.now.publishTemplate, order);
  let lastId = 0;
  return {
    ...{ chaos, config, clock, templates, broker },
    publisher: new Publisher(chaos, clock, broker, { spell, template }),
    record: new WriteRecord(),
    customers: new EntityStore(),
    tokens: new AccessTokens(options.tokenSeconds ?? 3600),
    guard: new LogInGuard(),
    newId: () => String(100_000 + (lastId += 1)),
  };
}
