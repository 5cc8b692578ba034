import { parsedObject, rows, type JsonObject } from '../wire/json.js';
import { startManhattanTwin, type ManhattanTwin, type ManhattanTwinOptions } from '../start-manhattan-twin.js';

export const CLIENT = { clientId: 'integration', clientSecret: 'client-secret' };
export const USER = {
  username: 'svc-north',
  password: 'pass-word',
  organization: 'NORTH',
  userOrgs: ['NORTH', 'SOUTH'],
};
export const ORDER = '/order/api/order/order';

export interface Answer {
  status: number;
  headers: Headers;
  body: JsonObject;
}

/** A started twin and a caller that has logged in. */
export class TwinClient {
  private constructor(
    private readonly twin: ManhattanTwin,
    private token: string,
  ) {}

  static async start(options: Partial<ManhattanTwinOptions> = {}): Promise<TwinClient> {
    const twin = await startManhattanTwin({ port: 0, clients: [CLIENT], users: [USER], ...options });
    const client = new TwinClient(twin, '');
    await client.logIn();
    return client;
  }

  get url(): string {
    return this.twin.url;
  }

  /** `host:port` of its Pub/Sub. */
  get pubsub(): string | undefined {
    return this.twin.pubsub;
  }

  close(): Promise<void> {
    return this.twin.close();
  }

  async logIn(): Promise<void> {
    const { username, password } = USER;
    const { body } = await this.form({ grant_type: 'password', username, password });
    this.token = String(body.access_token);
  }

  form(parameters: Record<string, string>, client = CLIENT): Promise<Answer> {
    return this.send('POST', '/oauth/token', new URLSearchParams(parameters), { authorization: basic(client) });
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', path, undefined, { authorization: `Bearer ${this.token}`, ...headers });
  }

  post(path: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
    return this.postRaw(path, JSON.stringify(body), headers);
  }

  postRaw(path: string, body: string, headers: Record<string, string> = {}): Promise<Answer> {
    const json = { 'content-type': 'application/json', authorization: `Bearer ${this.token}` };
    return this.send('POST', path, body, { ...json, ...headers });
  }

  put(path: string, body: object): Promise<Answer> {
    return this.send('PUT', path, JSON.stringify(body), { 'content-type': 'application/json' });
  }

  /** Saves an order and gives what came back in `data`. */
  async save(order: object): Promise<JsonObject> {
    const { status, body } = await this.post(`${ORDER}/save`, order);
    if (status !== 200) throw new Error(`save answered ${status}: ${firstMessage(body)}`);
    return parsedObject(body.data) ?? {};
  }

  async stored(orderId: string): Promise<JsonObject> {
    return (await this.get(`/control/orders/${orderId}`)).body;
  }

  /** Keeps confirmed orders where they are, unless the test gives them a life. */
  live(orderId: string, ...steps: object[]): Promise<Answer> {
    return this.put(`/control/lives/${orderId}`, { steps });
  }

  private async send(
    method: string,
    path: string,
    body: string | URLSearchParams | undefined,
    headers: Record<string, string>,
  ): Promise<Answer> {
    const response = await fetch(`${this.twin.url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    const words = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const parsed: unknown = isJson ? JSON.parse(words) : { text: words };
    return { status: response.status, headers: response.headers, body: parsedObject(parsed) ?? { list: words } };
  }
}

function basic({ clientId, clientSecret }: typeof CLIENT): string {
  return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
}

/** The first of `messages.Message[]`, as `Code: Description`. */
export function firstMessage(body: JsonObject): string {
  const [message] = rows(parsedObject(body.messages) ?? {}, 'Message');
  return `${String(message?.Code)}: ${String(message?.Description)}`;
}
