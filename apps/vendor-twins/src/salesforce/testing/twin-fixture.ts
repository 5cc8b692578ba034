import { fileURLToPath } from 'node:url';
import type { SalesforceTwinOptions } from '../options.js';
import { startSalesforceTwin } from '../start-salesforce-twin.js';

export const objectsFolder = fileURLToPath(
  new URL('../../../../../libs/adapters-salesforce/sfdx/force-app/main/default/objects', import.meta.url),
);

export const client = { clientId: 'tandem-spec', clientSecret: 'spec-secret', runAs: 'tandem@aurora.example' };

export interface Answer {
  status: number;
  headers: Headers;
  /** parsed JSON, or the text when it is none */
  body: unknown;
}

/** A started twin with a session, and short ways to call it. */
export interface TwinFixture {
  url: string;
  /** `host:port` of the Pub/Sub API */
  pubsub: string;
  token: string;
  /** a call below `/services/data/v67.0` */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** SOQL, first page */
  query(soql: string, headers?: Record<string, string>): Promise<Answer>;
  control(method: string, path: string, body?: unknown): Promise<Answer>;
  seed(records: readonly unknown[]): Promise<Record<string, string>>;
  login(): Promise<void>;
  close(): Promise<void>;
}

export async function startTwin(options: Partial<SalesforceTwinOptions> = {}): Promise<TwinFixture> {
  const { url, pubsub, close } = await startSalesforceTwin({ port: 0, objectsFolder, clients: [client], ...options });
  const control = (method: string, path: string, body?: unknown) => send(method, `${url}/control/${path}`, {}, body);
  const twin: TwinFixture = {
    url,
    pubsub,
    token: '',
    control,
    close,
    call: (method, path, body, headers) =>
      send(method, `${url}/services/data/v67.0${path}`, { authorization: `Bearer ${twin.token}`, ...headers }, body),
    query: (soql, headers) => twin.call('GET', `/query?q=${encodeURIComponent(soql)}`, undefined, headers),
    login: async () => {
      twin.token = String(member((await requestToken(url, credentials())).body, 'access_token'));
    },
    seed: async (records) => {
      const { status, body } = await control('POST', 'seed', { records });
      if (status !== 200) throw new Error(`the seed was refused: ${JSON.stringify(body)}`);
      const ids = member(body, 'ids');
      return Object.fromEntries(Object.entries(ids ?? {}).map(([name, id]) => [name, String(id)]));
    },
  };
  await twin.login();
  return twin;
}

export function credentials(change: Record<string, string> = {}): Record<string, string> {
  return {
    grant_type: 'client_credentials',
    client_id: client.clientId,
    client_secret: client.clientSecret,
    ...change,
  };
}

export async function requestToken(url: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/services/oauth2/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) satisfies unknown };
}

async function send(method: string, url: string, headers: Record<string, string>, body?: unknown): Promise<Answer> {
  const carried = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(url, { method, headers: { ...json, ...headers }, ...carried });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

/** A member of JSON of unknown shape, by a path such as `records.0.Id`. */
export function member(value: unknown, path: string): unknown {
  let at: unknown = value;
  for (const name of path.split('.')) at = typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined;
  return at;
}

/** A draft order of one line with everything it needs, keyed `order`, `line`, `entry`, `product`, `account`, `book`. */
export function anOrder(key: string, change: Record<string, unknown> = {}): unknown[] {
  return [
    { attributes: { type: 'Account', referenceId: 'account' }, Name: 'Juniper Home', OMS_Customer_Key__c: `C-${key}` },
    {
      attributes: { type: 'Product2', referenceId: 'product' },
      Name: 'Lamp',
      StockKeepingUnit: `SKU-${key}`,
      IsActive: true,
    },
    { attributes: { type: 'Pricebook2', referenceId: 'book' }, Name: 'Retail', IsActive: true },
    {
      attributes: { type: 'PricebookEntry', referenceId: 'entry' },
      Pricebook2Id: '@book',
      Product2Id: '@product',
      UnitPrice: 40,
      IsActive: true,
    },
    {
      attributes: { type: 'Order', referenceId: 'order' },
      AccountId: '@account',
      Pricebook2Id: '@book',
      EffectiveDate: '2026-11-02',
      Status: 'Draft',
      OMS_Order_Key__c: key,
      ...change,
    },
    {
      attributes: { type: 'OrderItem', referenceId: 'line' },
      OrderId: '@order',
      PricebookEntryId: '@entry',
      Quantity: 2,
      UnitPrice: 40,
      OMS_Order_Line_Key__c: `${key}/1`,
    },
  ];
}
