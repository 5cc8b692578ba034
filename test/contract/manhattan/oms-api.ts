import { recordOf, recordsIn, textIn, type OmsRecord } from './record.js';

/** How to reach a tenant: what a person fills in for a sandbox, and what the twin is started with. */
export interface Tenant {
  readonly baseUrl: string;
  readonly authUrl: string;
  readonly availabilityUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly username: string;
  readonly password: string;
  readonly organization: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: OmsRecord;
}

/** The tenant's own API, called by the kit itself and not through the adapter (§1, §2). */
export class OmsApi {
  private token: string | undefined;

  constructor(private readonly tenant: Tenant) {}

  get(path: string): Promise<ApiAnswer> {
    return this.call('GET', path);
  }

  /** @throws unless it is a success, with the OMS's own sentences */
  async post(path: string, body: OmsRecord): Promise<OmsRecord> {
    const answer = await this.call('POST', path, body);
    if (answer.status < 300 && answer.body['success'] !== false) return answer.body;
    throw new Error(`${path} answered ${answer.status}: ${sentencesOf(answer.body).join(' ')}`);
  }

  async call(method: 'GET' | 'POST', path: string, body?: OmsRecord): Promise<ApiAnswer> {
    this.token ??= await this.signIn();
    const response = await fetch(`${this.tenant.baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: recordOf(text === '' ? {} : JSON.parse(text)) };
  }

  /** Undefined where there is none. */
  async order(number: string): Promise<OmsRecord | undefined> {
    const { status, body } = await this.get(`/order/api/order/order/orderId/${encodeURIComponent(number)}`);
    return status === 200 && body['data'] ? recordOf(body['data']) : undefined;
  }

  /** Forgets its token, after somebody revoked all of them. */
  signOut(): void {
    this.token = undefined;
  }

  private async signIn(): Promise<string> {
    const { authUrl, clientId, clientSecret, username, password } = this.tenant;
    const response = await fetch(`${authUrl}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'password', username, password }),
      signal: AbortSignal.timeout(30_000),
    });
    const token = textIn(recordOf(await response.json()), 'access_token');
    if (token === undefined) throw new Error(`The kit cannot sign in: ${authUrl} answered ${response.status}.`);
    return token;
  }
}

export const sentencesOf = (body: OmsRecord): string[] =>
  recordsIn(recordOf(body['messages']), 'Message').flatMap((message) => textIn(message, 'Description') ?? []);

export const codesOf = (body: OmsRecord): string[] =>
  recordsIn(recordOf(body['messages']), 'Message').flatMap((message) => textIn(message, 'Code') ?? []);
