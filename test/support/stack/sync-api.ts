import { createHmac } from 'node:crypto';
import { askJson, callJson, type JsonAnswer } from './json-http.js';

/** What `GET /v1/operations/summary` answers. */
export interface OperationsSummary {
  readonly archive: {
    readonly received: number;
    readonly done: number;
    readonly waiting: number;
    readonly parked: number;
    readonly duplicate: number;
  };
  readonly outbox: { readonly waiting: number };
  readonly parked: readonly { readonly queue: string; readonly code: string; readonly sentence: string }[];
}

/** One line of what `POST /v1/sites/{site}/rebuilds` answers. */
export interface RebuildLine {
  readonly kind: 'progress' | 'refused' | 'done' | 'stopped';
  readonly sentence?: string;
  readonly rebuilt?: number;
  readonly toWrite?: number;
  readonly kept?: number;
}

export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: unknown;
}

/** The service as its callers see it. */
export class SyncApi {
  constructor(
    readonly url: string,
    private readonly secret: string,
    private readonly pushSecret: string,
  ) {}

  async isReady(): Promise<boolean> {
    return (await callJson('GET', `${this.url}/health`, { timeoutMs: 5000 })).status === 200;
  }

  /** What a flow of the CRM calls when an order is activated. Answers whatever status came: 202 is the acceptance. */
  submit(site: string, crmOrderId: string, idempotencyKey: string): Promise<JsonAnswer> {
    const path = `/v1/sites/${encodeURIComponent(site)}/orders/${encodeURIComponent(crmOrderId)}/submit`;
    return callJson('POST', `${this.url}${path}`, {
      headers: { authorization: `Bearer ${this.secret}`, 'idempotency-key': idempotencyKey },
      body: {},
    });
  }

  /** Sends a body as it is, also one that no client would send. */
  async submitRaw(site: string, crmOrderId: string, body: string, idempotencyKey?: string): Promise<RawAnswer> {
    const answer = await fetch(`${this.url}/v1/sites/${site}/orders/${crmOrderId}/submit`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.secret}`,
        'content-type': 'application/json',
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      body,
    });
    return { status: answer.status, contentType: answer.headers.get('content-type') ?? '', body: await answer.json() };
  }

  /** A call of an agent's page or of a flow of the CRM. Answers whatever status came. */
  post(path: string, body: unknown, idempotencyKey: string): Promise<JsonAnswer> {
    return callJson('POST', `${this.url}${path}`, {
      headers: { authorization: `Bearer ${this.secret}`, 'idempotency-key': idempotencyKey },
      body,
    });
  }

  /** Answers whatever status came. */
  get(path: string): Promise<JsonAnswer> {
    return callJson('GET', `${this.url}${path}`, { headers: { authorization: `Bearer ${this.secret}` } });
  }

  /** Rebuilds the ledger of a site; answers all that was said on the way. */
  async rebuild(site: string, window: { readonly from: string; readonly to: string }): Promise<readonly RebuildLine[]> {
    const answer = await fetch(`${this.url}/v1/sites/${site}/rebuilds`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify(window),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The rebuild of ${site} answered ${answer.status}: ${text}`);
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as RebuildLine);
  }

  /** How far an order has come. */
  follow(site: string, crmOrderId: string): Promise<JsonAnswer> {
    return callJson('GET', `${this.url}/v1/sites/${site}/orders/${crmOrderId}`, {
      headers: { authorization: `Bearer ${this.secret}` },
    });
  }

  /** Pushes a body as the OMS would, signed. */
  async push(body: string): Promise<{ readonly status: number }> {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', this.pushSecret).update(`${timestamp}.${body}`).digest('hex');
    return fetch(`${this.url}/v1/oms/order-events`, {
      method: 'POST',
      headers: { 'x-tandem-timestamp': timestamp, 'x-tandem-signature': `sha256=${signature}` },
      body,
    });
  }

  /** What operators ask, by its path below `/v1/operations/`. */
  operations(what: string): Promise<unknown> {
    return askJson('GET', `${this.url}/v1/operations/${what}`, { headers: { authorization: `Bearer ${this.secret}` } });
  }

  health(): Promise<unknown> {
    return askJson('GET', `${this.url}/health`);
  }

  summary(): Promise<OperationsSummary> {
    return askJson('GET', `${this.url}/v1/operations/summary`, { headers: { authorization: `Bearer ${this.secret}` } });
  }
}
