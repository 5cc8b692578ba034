import { SuspendingFault, unreachable, type SyncFault } from '@tandem/domain';
import type { ManhattanConnectionOptions } from './connection-options.js';
import { parseEnvelope } from './envelope.js';
import type { HttpAnswer, HttpExchange } from './http-exchange.js';
import { manhattanFault } from './manhattan-faults.js';

interface Token {
  readonly value: string;
  /** By the monotonic clock. */
  readonly renewAt: number;
  /** What renews it without a new sign-in; most tenants answer none (§1). */
  readonly refreshToken?: string;
}

/** A token is renewed this long before it ends (§1). */
const MARGIN_MS = 60_000;
/** Where the OMS does not say how long a token lives. */
const UNKNOWN_LIFETIME_MS = 300_000;
/**
 * A hundred failed sign-ins in ten minutes lock our address out, and nothing unlocks it by itself (§1). Refused credentials are
 * not tried again for this long: twenty times in ten minutes, so that five replicas stay clear of it.
 */
const REFUSAL_MS = 30_000;

/** Signs in to one organization: one sign-in at a time, however many calls wait for it. */
export class AccessTokens {
  private current: Token | undefined;
  private pending: Promise<Token> | undefined;
  private refreshToken: string | undefined;
  private refused: { readonly fault: SyncFault; readonly until: number } | undefined;

  constructor(
    private readonly options: ManhattanConnectionOptions,
    private readonly http: HttpExchange,
    private readonly now: () => number,
  ) {}

  async get(): Promise<string> {
    if (this.current && this.now() < this.current.renewAt) return this.current.value;
    if (this.refused && this.now() < this.refused.until) throw this.refused.fault;
    this.pending ??= this.signIn().finally(() => (this.pending = undefined));
    return (await this.pending).value;
  }

  /** The OMS did not accept this token. Another call may have renewed it since. */
  discard(value: string): void {
    if (this.current?.value === value) this.current = undefined;
  }

  private async signIn(): Promise<Token> {
    try {
      this.current = await this.ask(this.refreshToken ?? '');
      this.refused = undefined;
      // A renewal that answers no other refresh token leaves the one that it used.
      if (keepsRefreshToken(this.options)) this.refreshToken = this.current.refreshToken ?? this.refreshToken;
      return this.current;
    } catch (fault) {
      if (!(fault instanceof SuspendingFault)) throw fault;
      const refreshed = this.refreshToken !== undefined;
      this.refreshToken = undefined;
      // A refresh token ends some day: that says nothing against the credentials. A code is used up by then.
      if (refreshed && this.options.grant !== 'authorization_code') return this.signIn();
      this.refused = { fault, until: this.now() + REFUSAL_MS };
      throw fault;
    }
  }

  private async ask(refreshToken: string): Promise<Token> {
    const answer = await this.http.send({ method: 'POST', ...tokenRequest(this.options, refreshToken) });
    return tokenOf(answer, this.now());
  }
}

const keepsRefreshToken = ({ grant, useRefreshToken = false }: ManhattanConnectionOptions): boolean =>
  grant === 'authorization_code' || useRefreshToken;

function tokenRequest(options: ManhattanConnectionOptions, refreshToken: string) {
  const { authUrl, baseUrl, clientId, clientSecret } = options;
  const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const form = refreshToken === '' ? grantOf(options) : { grant_type: 'refresh_token', refresh_token: refreshToken };
  return {
    url: `${(authUrl ?? baseUrl).replace(/\/+$/, '')}${options.tokenPath ?? '/oauth/token'}`,
    headers: {
      accept: 'application/json',
      authorization: `Basic ${credentials}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(form).toString(),
  };
}

function grantOf(options: ManhattanConnectionOptions): Record<string, string> {
  const { grant, username = '', password = '', authorizationCode = '', redirectUri = '' } = options;
  switch (grant) {
    case 'password':
      return { grant_type: grant, username, password };
    case 'client_credentials':
      return { grant_type: grant };
    case 'authorization_code':
      return { grant_type: grant, code: authorizationCode, redirect_uri: redirectUri };
    default:
      return unreachable(grant);
  }
}

function tokenOf({ status, headers, text }: HttpAnswer, now: number): Token {
  const envelope = parseEnvelope(status, text);
  const body = envelope?.succeeded === true ? envelope.data : undefined;
  if (typeof body === 'object' && body !== null && 'access_token' in body && typeof body.access_token === 'string') {
    const seconds = 'expires_in' in body ? Number(body.expires_in) : Number.NaN;
    const lifetime = Number.isFinite(seconds) ? seconds * 1000 : UNKNOWN_LIFETIME_MS;
    const refreshToken = 'refresh_token' in body && typeof body.refresh_token === 'string' ? body.refresh_token : '';
    return {
      value: body.access_token,
      // A token that lives for less than twice the margin is used for half of its life.
      renewAt: now + Math.max(lifetime - MARGIN_MS, lifetime / 2),
      ...(refreshToken !== '' && { refreshToken }),
    };
  }
  const unreadable = [{ type: 'unreadable', code: '', text: '' }];
  throw manhattanFault({ status, headers, messages: envelope?.succeeded === false ? envelope.messages : unreadable });
}
