import type { FastifyInstance } from 'fastify';
import type { EntityStore } from '../entities/entity-store.js';
import type { Lives } from '../fulfilment/lives.js';
import type { OrderLedger } from '../orders/order-ledger.js';
import type { Publisher } from '../publishing/publisher.js';
import type { AccessTokens } from '../wire/access-tokens.js';
import type { VirtualClock } from '../wire/virtual-clock.js';
import { parsedObject, rows, type JsonObject } from '../wire/json.js';
import type { Chaos } from './chaos.js';
import { readPublishing, readSteps } from './control-input.js';
import type { CallCounter } from './call-counter.js';
import { addProfileRoutes } from './profile-routes.js';
import { addTenantRoutes } from './tenant-routes.js';
import type { RequestLog } from './request-log.js';
import type { TenantConfig } from './tenant-config.js';
import type { WriteRecord } from './write-record.js';

export interface ControlParts {
  ledger: OrderLedger;
  customers: EntityStore;
  record: WriteRecord;
  calls: CallCounter;
  requests: RequestLog;
  lives: Lives;
  publisher: Publisher;
  chaos: Chaos;
  tokens: AccessTokens;
  config: TenantConfig;
  clock: VirtualClock;
  /** Forgets everything but the settings of the process. */
  reset: () => Promise<void>;
}

interface ById {
  Params: { id: string };
  /** Ids are unique within an organization only. */
  Querystring: { organization?: string };
}

/** The twin's own API, without authentication: what it holds, what it was told, how it misbehaves. */
export function addControlRoutes(app: FastifyInstance, parts: ControlParts): void {
  app.get('/control/health', () => ({ status: 'ok' }));
  app.post('/control/reset', async () => {
    await parts.reset();
    return { status: 'reset' };
  });
  addReadings(app, parts);
  addSettings(app, parts);
  addTenantRoutes(app, parts);
  addProfileRoutes(app, parts);
}

function addReadings(app: FastifyInstance, { ledger, customers, record, calls, requests, lives }: ControlParts): void {
  app.get('/control/orders', () => ledger.all().map(summary));
  app.get<ById>(
    '/control/orders/:id',
    ({ params, query }, reply) => first(ledger.all(), 'OrderId', params.id, query.organization) ?? unknown(reply),
  );
  app.get<ById>(
    '/control/customers/:id',
    ({ params, query }, reply) => first(customers.all(), 'CustomerId', params.id, query.organization) ?? unknown(reply),
  );
  app.get<{ Querystring: { key?: string } }>('/control/writes', ({ query }) => record.report(query.key));
  app.get('/control/calls', () => calls.report());
  app.get<{ Querystring: { path?: string } }>('/control/requests', ({ query }) => ({
    requests: requests.report(query.path),
  }));
  app.get<ById>('/control/lives/:id', ({ params }) => lives.report(params.id));
}

function addSettings(app: FastifyInstance, { lives, publisher, chaos, tokens }: ControlParts): void {
  app.put<ById>('/control/lives/:id', ({ params, body }) => {
    const steps = readSteps(parsedObject(body) ?? {});
    lives.script(params.id, steps);
    return { steps: steps.length };
  });
  app.get('/control/publishing', () => publisher.report());
  app.put('/control/publishing', async ({ body }) => {
    await publisher.aim(readPublishing(parsedObject(body) ?? {}));
    return publisher.report();
  });
  app.get('/control/chaos', () => chaos.report());
  app.put('/control/chaos', ({ body }, reply) => {
    const { revokeTokens, ...switches } = parsedObject(body) ?? {};
    if (revokeTokens === true) {
      tokens.revokeAll();
      chaos.count('revokeTokens');
    }
    const unknownNames = chaos.merge(switches);
    if (unknownNames.length > 0) return reply.status(400).send({ error: `not a switch: ${unknownNames.join(', ')}` });
    return chaos.report();
  });
}

function first(entities: JsonObject[], key: string, id: string, organization: string | undefined) {
  return entities.find((entity) => entity[key] === id && (organization === undefined || entity.OrgId === organization));
}

function unknown(reply: { status(code: number): { send(body: object): unknown } }) {
  return reply.status(404).send({ error: 'not known' });
}

function summary(order: JsonObject): JsonObject {
  const copied = [
    'OrderId',
    'OrgId',
    'MinFulfillmentStatusId',
    'MaxFulfillmentStatusId',
    'FulfillmentStatus',
    'IsConfirmed',
  ];
  const more = [
    'IsCancelled',
    'IsOnHold',
    'OrderSubTotal',
    'TotalCharges',
    'TotalDiscounts',
    'TotalTaxes',
    'OrderTotal',
  ];
  return {
    ...only(order, [...copied, ...more, 'UpdatedTimestamp', 'VersionTimestamp']),
    OrderLine: rows(order, 'OrderLine').map((line) => ({
      ...only(line, [
        'OrderLineId',
        'ItemId',
        'Quantity',
        'MinFulfillmentStatusId',
        'MaxFulfillmentStatusId',
        'IsCancelled',
      ]),
      QuantityDetail: rows(line, 'QuantityDetail').map((row) => only(row, ['StatusId', 'Quantity'])),
    })),
  };
}

function only(owner: JsonObject, names: string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, owner[name] ?? null]));
}
