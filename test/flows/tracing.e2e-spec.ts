import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InMemorySpanExporter, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { startManhattanTwin, startSalesforceTwin } from '@tandem/vendor-twins';
import {
  readConnections,
  readSettings,
  SiteFiles,
  readCountries,
  startService,
  startTracing,
  type RunningService,
} from '@tandem/sync-api';
import { seedCatalogue } from '../golden/catalogue.js';
import { g01 } from '../golden/orders/g01-guest-one-line.js';
import { goldenSites } from '../golden/sites.js';
import { freePort, freshDatabase, type FreshDatabase } from '../support/environment/index.js';
import { eventually } from '../support/eventually.js';
import { CrmTwin } from '../support/stack/crm-twin.js';
import { OmsTwin } from '../support/stack/oms-twin.js';
import { local, syncApiEnvironment, newCredentials } from '../support/stack/settings.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = `00-${TRACE}-00f067aa0ba902b7-01`;

describe('The trace of an order', () => {
  const exporter = new InMemorySpanExporter();
  const credentials = newCredentials();
  const closing: (() => Promise<unknown>)[] = [];
  let database: FreshDatabase;
  let service: RunningService;
  let crm: CrmTwin;
  let oms: OmsTwin;

  beforeAll(async () => {
    closing.push(startTracing(undefined, [new SimpleSpanProcessor(exporter)]));
    database = await freshDatabase();
    closing.push(() => database.drop());
    const client = { clientId: credentials.clientId, clientSecret: credentials.clientSecret };
    const salesforce = await startSalesforceTwin({
      port: 0,
      objectsFolder: 'libs/adapters-salesforce/sfdx/force-app/main/default/objects',
      clients: [{ ...client, runAs: 'integration@example.test' }],
      features: { multiCurrency: true, stateCountryPicklists: false, personAccounts: false },
    });
    const manhattan = await startManhattanTwin({
      port: 0,
      clients: [client],
      users: ['AURORA', 'BOREAL'].map((organization) => ({
        username: `svc-${organization.toLowerCase()}`,
        password: 'twin-password',
        organization,
        userOrgs: [organization],
      })),
    });
    closing.push(
      () => salesforce.close(),
      () => manhattan.close(),
    );
    [crm, oms] = [new CrmTwin(salesforce.url), new OmsTwin(manhattan.url, client)];

    const plan = { run: 'traced', databaseUrl: database.url, amqpUrl: undefined };
    const ports = { syncApiPort: await freePort(), crmPort: portOf(salesforce.url), omsPort: portOf(manhattan.url) };
    const env = { ...syncApiEnvironment({ ...plan, ...ports }, credentials), TANDEM_LOG_LEVEL: 'fatal' };
    const sites = new SiteFiles('config/sites');
    service = await startService({
      settings: readSettings(env),
      sites,
      countries: readCountries('config/countries'),
      connections: readConnections(env, sites.all()),
    });
    closing.push(() => service.stop());
    const url = `${local(ports.syncApiPort)}/v1/oms/order-events`;
    await oms.publishTo({ http: { url, hmacSecret: credentials.hmacSecret, shape: 'wrapped' }, amqp: null });
  }, 60_000);

  afterAll(async () => {
    for (const close of closing.reverse()) await close();
  }, 60_000);

  const spans = (traceId: string): readonly ReadableSpan[] =>
    exporter.getFinishedSpans().filter((span) => span.spanContext().traceId === traceId);

  it('leads from the receipt to the writes at both far sides, and back from each write (I7)', async () => {
    const [site] = goldenSites;
    if (!site) throw new Error('There is no golden site.');
    const order = g01.place({
      site,
      suffix: 'TRACED',
      turn: 0,
      catalogue: await seedCatalogue(crm),
      paceMs: 100,
      now: Date.now(),
    });
    const { order: crmOrderId = '' } = await crm.seed(order.records);
    await oms.setLife(order.number, order.life);
    await fetch(`${service.url}/v1/sites/${site.id}/orders/${crmOrderId}/submit`, {
      method: 'POST',
      headers: { authorization: `Bearer ${credentials.apiSecret}`, traceparent: CALLER },
    });
    await eventually('the CRM shows the order as shipped', async () => {
      const [record] = await crm.records('Order', { field: 'Id', value: crmOrderId });
      return record?.['OMS_Status__c'] === 'shipped' ? record : undefined;
    });

    const names = spans(TRACE).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'HTTP POST',
        'orders.receive-submission',
        'process orders.submit-order',
        'crm.read-order',
        'process orders.place-order',
        'process orders.project-order',
      ]),
    );
    expect(names.filter((name) => name.startsWith('oms.'))).not.toHaveLength(0);

    const atOms = (await oms.writes(order.number)).effective.find(({ kind }) => kind === 'create');
    expect(atOms?.traceparent).toContain(TRACE);

    const shipped = (await crm.writes()).effective.filter(({ recordId }) => recordId === crmOrderId).at(-1);
    const traceId = shipped?.traceparent?.split('-')[1] ?? '';
    // A span ends after what it did: the write is seen first.
    await eventually('the write is traced back to what caused it', () =>
      Promise.resolve(spans(traceId).find(({ name }) => name === 'process orders.project-order')),
    );
  }, 60_000);

  it('holds no token, no body and no personal value (I10)', () => {
    const told = JSON.stringify(
      exporter.getFinishedSpans().map(({ name, attributes, events }) => [name, attributes, events]),
    );
    const { clientSecret, apiSecret, hmacSecret } = credentials;
    for (const secret of [clientSecret, apiSecret, hmacSecret, 'Bearer', '@example'])
      expect(told).not.toContain(secret);
  });
});

const portOf = (url: string) => Number(new URL(url).port);
