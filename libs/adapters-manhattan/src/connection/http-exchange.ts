import type { SyncFault } from '@tandem/domain';
import { Agent, ProxyAgent, request, type Dispatcher } from 'undici';
import { isRecord, scalarOf } from '../json.js';
import { manhattanFault } from './manhattan-faults.js';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

export interface HttpOptions {
  readonly timeoutMs: number;
  readonly proxyUrl?: string | undefined;
  /** In PEM. */
  readonly certificateAuthority?: string | undefined;
}

/** Far above any answer we ask for, far below what would hurt. */
const LARGEST_ANSWER = 32 * 1024 * 1024;

/** One request, one answer, with a deadline over both. What prevents an answer is a transient fault. */
export class HttpExchange {
  private readonly agent: Dispatcher;

  constructor(private readonly options: HttpOptions) {
    this.agent = agentOf(options);
  }

  async send({ url, ...rest }: HttpRequest): Promise<HttpAnswer> {
    try {
      // The agent's own time-outs begin anew with every byte: bytes that trickle would never end.
      const signal = AbortSignal.timeout(this.options.timeoutMs);
      const { statusCode, headers, body } = await request(url, { ...rest, dispatcher: this.agent, signal });
      return { status: statusCode, headers: singleValues(headers), text: await body.text() };
    } catch (cause) {
      throw networkFault(cause);
    }
  }

  async close(): Promise<void> {
    await this.agent.close();
  }
}

/** An authority of the house has signed what the OMS shows, or what the proxy shows in its place. */
function agentOf({ timeoutMs, proxyUrl, certificateAuthority: ca }: HttpOptions): Dispatcher {
  const limits = { maxResponseSize: LARGEST_ANSWER, headersTimeout: timeoutMs, bodyTimeout: timeoutMs };
  const tls = ca === undefined ? {} : { ca };
  if (proxyUrl === undefined) return new Agent({ ...limits, connect: tls });
  return new ProxyAgent({ ...limits, uri: proxyUrl, requestTls: tls, proxyTls: tls });
}

function networkFault(cause: unknown): SyncFault {
  const code = isRecord(cause) ? `${scalarOf(cause['name'])} ${scalarOf(cause['code'])}` : '';
  return manhattanFault({ status: 0, messages: [{ type: 'network', code, text: '' }], cause });
}

const singleValues = (headers: Readonly<Record<string, string | string[] | undefined>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]));
