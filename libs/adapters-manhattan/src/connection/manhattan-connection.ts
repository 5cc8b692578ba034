import type { Span } from '@opentelemetry/api';
import type { Json } from '../json.js';
import { AccessTokens } from './access-tokens.js';
import { CallBudget } from './call-budget.js';
import { asSpan } from './call-span.js';
import { checkOptions, type ManhattanConnectionOptions } from './connection-options.js';
import { parseEnvelope, type Envelope } from './envelope.js';
import { HttpExchange, type HttpAnswer, type HttpRequest } from './http-exchange.js';
import { manhattanFault } from './manhattan-faults.js';

const TIMEOUT_MS = 30_000;

/** One organization of the OMS, as one service user sees it (§1). Holds connections: `close` it. */
export class ManhattanConnection {
  private readonly http: HttpExchange;
  private readonly tokens: AccessTokens;
  private readonly budget: CallBudget | undefined;

  /** `now` is a monotonic clock in milliseconds: the life of a token must not depend on somebody setting the time. */
  constructor(
    private readonly options: ManhattanConnectionOptions,
    now: () => number = () => performance.now(),
  ) {
    checkOptions(options);
    this.http = new HttpExchange({ ...options, timeoutMs: options.timeoutMs ?? TIMEOUT_MS });
    this.tokens = new AccessTokens(options, this.http, now);
    this.budget = options.budget && new CallBudget(options.organization, options.budget, now);
  }

  /**
   * Calls `path` and answers what was in the envelope (§2.3). Anything but a success is a SyncFault. Nothing is repeated, except
   * once with a new token where the OMS did not accept the old one.
   */
  call(method: 'GET' | 'POST', path: string, body?: Json, about: { orderNumber?: string } = {}): Promise<Envelope> {
    const subject = { organization: this.options.organization, method, path, ...about };
    return asSpan(subject, async (span, traceHeaders) => {
      const request: HttpRequest = {
        method,
        url: this.hostOf(path).replace(/\/+$/, '') + path,
        headers: { accept: 'application/json', ...this.contextHeaders(body), ...traceHeaders },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      };
      return openAnswer(await this.authorized(request, path), span);
    });
  }

  async close(): Promise<void> {
    await this.http.close();
  }

  /** One new sign-in and no more: failed ones lock our address out (§1, §10.13). */
  private async authorized(request: HttpRequest, path: string): Promise<HttpAnswer> {
    const token = await this.tokens.get();
    this.budget?.take(path);
    const answer = await this.http.send(bearing(request, token));
    if (answer.status !== 401) return answer;
    this.tokens.discard(token);
    const renewed = await this.tokens.get();
    this.budget?.take(path);
    const second = await this.http.send(bearing(request, renewed));
    if (second.status === 401) this.tokens.discard(renewed);
    return second;
  }

  /** A tenant may answer for its stock from a host of its own (§6.2). */
  private hostOf(path: string): string {
    const { baseUrl, availabilityUrl = baseUrl } = this.options;
    return path.startsWith('/inventory/api/availability/') ? availabilityUrl : baseUrl;
  }

  private contextHeaders(body: Json | undefined): Readonly<Record<string, string>> {
    const { organizationHeader, organization, locationHeader } = this.options;
    return {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(organizationHeader !== undefined && { [organizationHeader]: organization }),
      ...(locationHeader && { [locationHeader.name]: locationHeader.location }),
    };
  }
}

const bearing = (request: HttpRequest, token: string): HttpRequest => ({
  ...request,
  headers: { ...request.headers, authorization: `Bearer ${token}` },
});

function openAnswer({ status, headers, text }: HttpAnswer, span: Span): Envelope {
  const traceId = headers['cp-trace-id'];
  span.setAttributes({ 'http.response.status_code': status, ...(traceId !== undefined && { 'cp-trace-id': traceId }) });
  const envelope = parseEnvelope(status, text);
  // A 401 that is a success is none: nobody was let in to do anything.
  if (envelope?.succeeded === true && status !== 401) return envelope;
  const messages = envelope?.messages ?? [{ type: 'unreadable', code: '', text: '' }];
  throw manhattanFault({ status, headers, messages, ...(traceId !== undefined && { traceId }) });
}
