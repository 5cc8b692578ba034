import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { CrmCallKind, CrmMisbehaviour, CrmWire, HeardCall, RecordRefusal } from '@tandem/domain/testing';
import { CANNED, REFUSED } from './canned.js';
import { heardCall, type Incoming } from './heard-calls.js';
import { Pages } from './pages.js';
import { without } from './refused-records.js';

interface Order {
  readonly kind: CrmMisbehaviour;
  readonly on: CrmCallKind;
  left: number;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

type Host = HeardCall['host'];

const JSON_TYPE = { 'content-type': 'application/json' };
const HOP_BY_HOP = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'accept-encoding',
  'content-encoding',
]);

/**
 * Stands between adapter and org, under two addresses as orgs have them: one to log in at, and one that the log-in names for all
 * else (§1.4). Hands everything on, hears it, and answers in the org's stead where a claim says so.
 */
export class CrmGateway implements CrmWire {
  private readonly servers: Readonly<Record<Host, Server>>;
  private readonly addresses: Record<Host, string> = { login: '', instance: '' };
  private readonly tokens = new Set<string>();
  private instanceUrl = '';
  private orders: Order[] = [];
  private calls: HeardCall[] = [];
  private refusals: { readonly refusal: RecordRefusal; readonly places: readonly number[] }[] = [];
  private pages = new Pages();

  constructor(private readonly loginUrl: string) {
    const serverAt = (host: Host) =>
      createServer((request, response) => {
        this.pass(host, request, response).catch(() => response.destroy());
      });
    this.servers = { login: serverAt('login'), instance: serverAt('instance') };
  }

  /** The address to log in at. */
  get url(): string {
    return this.addresses.login;
  }

  /** Of the sessions that the adapter was given. */
  get sessions(): ReadonlySet<string> {
    return this.tokens;
  }

  async open(): Promise<void> {
    for (const host of ['login', 'instance'] as const) {
      const server = this.servers[host];
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const bound = server.address();
      if (typeof bound === 'object' && bound) this.addresses[host] = `http://127.0.0.1:${bound.port}`;
    }
  }

  async close(): Promise<void> {
    for (const server of Object.values(this.servers)) {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    }
  }

  misbehave(kind: CrmMisbehaviour, on: CrmCallKind, times = 1): void {
    this.orders.push({ kind, on, left: times });
  }

  refuse(refusal: RecordRefusal, ...places: readonly number[]): void {
    this.refusals.push({ refusal, places });
  }

  pagesOf(records: number): void {
    this.pages.of(records);
  }

  heard(kind: CrmCallKind): readonly HeardCall[] {
    return this.calls.filter((call) => kind === 'any' || call.kind === kind);
  }

  restore(): void {
    this.orders = [];
    this.calls = [];
    this.refusals = [];
    this.pages = new Pages();
    for (const server of Object.values(this.servers)) server.closeAllConnections();
  }

  private async pass(host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = (await bytesOf(request)).toString('utf8');
    const { method = 'GET', url = '', headers } = request;
    const call: Incoming = { method, url, headers, body: parsed(text) };
    const heard = heardCall(host, call);
    this.calls.push(heard);
    const order = this.orders.find(({ on, left }) => left > 0 && (on === heard.kind || on === 'any'));
    if (order) order.left -= 1;
    if (order?.kind === 'silence') return;
    if (order?.kind === 'connection-cut') return void response.destroy();
    if (order && order.kind !== 'answer-lost') {
      const { status, headers: said = JSON_TYPE, body } = CANNED[order.kind];
      return void response.writeHead(status, said).end(body);
    }
    const answer = await this.answerTo(host, heard, call, text);
    if (order?.kind === 'answer-lost') return void response.destroy();
    const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    response.writeHead(answer.status, answer.headers).end(body);
  }

  private async answerTo(host: Host, heard: HeardCall, call: Incoming, text: string): Promise<Answer> {
    if (heard.kind === 'sign-in') return this.signedIn(await this.forward(this.loginUrl, call, text));
    // Nobody but the log-in lives at the first address.
    if (host === 'login') return { status: 404, headers: JSON_TYPE, body: [] };
    const kept = this.pages.at(call.url);
    if (kept !== undefined) return { status: 200, headers: JSON_TYPE, body: kept };
    const refused = heard.kind === 'write' ? this.refusals.shift() : undefined;
    if (refused) return this.thinned(call, refused);
    const answer = await this.forward(this.instanceUrl, call, text);
    return { ...answer, body: this.pages.cut(answer.body) };
  }

  private async thinned(call: Incoming, { refusal, places }: (typeof this.refusals)[number]): Promise<Answer> {
    const { body, whole } = without(call, new Set(places), REFUSED[refusal]);
    if (body === undefined) return { status: 200, headers: JSON_TYPE, body: whole(undefined) };
    const answer = await this.forward(this.instanceUrl, call, JSON.stringify(body));
    return { ...answer, body: answer.status === 200 ? whole(answer.body) : answer.body };
  }

  private signedIn(answer: Answer): Answer {
    const { instance_url: url, access_token: token } = answer.body as { instance_url?: string; access_token?: string };
    if (url === undefined || token === undefined) return answer;
    this.instanceUrl = url;
    this.tokens.add(token);
    return { ...answer, body: { ...(answer.body as object), instance_url: this.addresses.instance } };
  }

  private async forward(to: string, { method, url, headers }: Incoming, text: string): Promise<Answer> {
    const kept = Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name));
    const answer = await fetch(`${to}${url}`, {
      method,
      headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
      ...(text === '' ? {} : { body: text }),
    });
    const back = [...answer.headers].filter(([name]) => !HOP_BY_HOP.has(name));
    return { status: answer.status, headers: Object.fromEntries(back), body: parsed(await answer.text()) };
  }
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** As JSON where it is some, else as it is. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
