import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { CallKind, Misbehaviour, Wire } from '@tandem/domain/testing';
import { CANNED } from './misbehaviours.js';
import type { Tenant } from './oms-api.js';
import { recordOf } from './record.js';
import { askedPromise, sentSave } from './requests.js';

interface Order {
  readonly kind: Misbehaviour;
  readonly on: CallKind;
  left: number;
}

interface Seen {
  readonly kind: CallKind;
  readonly body: Buffer;
}

const KINDS: readonly { readonly kind: CallKind; readonly matches: RegExp }[] = [
  { kind: 'sign-in', matches: /^POST \/oauth\/token/ },
  { kind: 'save', matches: /^POST \/(order\/api\/order\/order|customer\/api\/customer\/customer)\/save/ },
  { kind: 'read', matches: /^GET \/order\/api\/order\/order\/orderId\/[^/]+$/ },
  { kind: 'search', matches: /^POST \/order\/api\/order\/order\/search/ },
  { kind: 'availability', matches: /^POST \/inventory\/api\/availability/ },
  { kind: 'tracker', matches: /^POST \/order\/api\/order\/postReleaseCancellationTracker\/search/ },
  { kind: 'pull-back', matches: /^POST \/order\/api\/order\/order\/release\/cancel/ },
  { kind: 'promise', matches: /^POST \/promising\// },
];

/** Stands between adapter and tenant: hands everything on, counts it, and answers in the OMS's stead where a claim says so. */
export class Gateway implements Wire {
  private readonly server: Server;
  private orders: Order[] = [];
  private seen: Seen[] = [];
  private address = '';

  constructor(private readonly tenant: Tenant) {
    this.server = createServer((request, response) => {
      this.pass(request, response).catch(() => response.destroy());
    });
  }

  get url(): string {
    return this.address;
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const bound = this.server.address();
    if (typeof bound === 'object' && bound) this.address = `http://127.0.0.1:${bound.port}`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  misbehave(kind: Misbehaviour, on: CallKind, times = 1): void {
    this.orders.push({ kind, on, left: times });
  }

  calls(kind: CallKind): number {
    return this.seen.filter((seen) => kind === 'any' || seen.kind === kind).length;
  }

  get promises() {
    return this.bodies('promise').map(askedPromise);
  }

  get saves() {
    return this.bodies('save').map(sentSave);
  }

  restore(): void {
    this.orders = [];
    this.seen = [];
  }

  private bodies(kind: CallKind) {
    return this.seen.flatMap((seen) => (seen.kind === kind ? [recordOf(JSON.parse(seen.body.toString()))] : []));
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bytesOf(request);
    const kind = kindOf(request);
    this.seen.push({ kind, body });
    const order = this.orders.find(({ on, left }) => left > 0 && (on === kind || on === 'any'));
    if (order) order.left -= 1;
    if (order?.kind === 'connection-cut') return void response.destroy();
    if (order && order.kind !== 'answer-lost') {
      const { status, headers, body } = CANNED[order.kind];
      return void response.writeHead(status, headers).end(body);
    }
    const answer = await this.forward(request, body);
    const content = Buffer.from(await answer.arrayBuffer());
    if (order?.kind === 'answer-lost') return void response.destroy();
    response.writeHead(answer.status, headersBack(answer.headers)).end(content);
  }

  private forward({ method = 'GET', url = '', headers }: IncomingMessage, body: Buffer): Promise<Response> {
    const { authUrl, availabilityUrl, baseUrl } = this.tenant;
    const host = url.startsWith('/oauth/') ? authUrl : url.startsWith('/inventory/') ? availabilityUrl : baseUrl;
    const kept = Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name));
    return fetch(`${host}${url}`, {
      method,
      headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
      ...(method === 'GET' ? {} : { body: new Uint8Array(body) }),
    });
  }
}

const HOP_BY_HOP = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive']);

/** `fetch` has undone compression and chunks already. */
function headersBack(headers: Headers): Record<string, string> {
  const kept = [...headers].filter(([name]) => !HOP_BY_HOP.has(name) && name !== 'content-encoding');
  return Object.fromEntries(kept);
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function kindOf({ method = 'GET', url = '' }: IncomingMessage): CallKind {
  const line = `${method} ${url.split('?')[0] ?? ''}`;
  return KINDS.find(({ matches }) => matches.test(line))?.kind ?? 'any';
}
