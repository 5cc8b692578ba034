import { sign } from 'node:crypto';
import { Connection } from 'jsforce/lib/connection.js';
import { TransientFault, type Clock, type CrmOrgName } from '@tandem/domain';
import { inCallSpan } from './call-span.js';
import { RefusedCall, FetchTransport } from './fetch-transport.js';
import { parsedJson, textAt } from './json.js';
import { faultOfBrokenCall, faultOfRefusedLogin, unreadableAnswer } from './salesforce-faults.js';

/** How we show the org who we are: a shared secret (§1.3) or an assertion that we sign (§1.2). */
export type Grant =
  | { readonly kind: 'client-credentials'; readonly clientId: string; readonly clientSecret: string }
  | {
      readonly kind: 'jwt-bearer';
      readonly clientId: string;
      readonly privateKeyPem: string;
      readonly username: string;
      readonly audience: string;
    };

export interface SessionTarget {
  readonly org: CrmOrgName;
  /** The org's own domain (My Domain); the shared login hosts refuse client credentials (§1.3). */
  readonly loginUrl: string;
  readonly apiVersion: string;
  /** Name of the caller, which comes back as the origin of change events (§2.8). */
  readonly client: string;
  readonly timeoutMs: number;
}

/** The assertion's life. The org takes at most a few minutes (§1.2). */
const ASSERTION_SECONDS = 120;

/** The one session of an org, shared by all calls: whoever needs one first logs in, everyone else waits for that. */
export class Sessions {
  private open: Promise<Connection> | undefined;

  constructor(
    private readonly grant: Grant,
    private readonly target: SessionTarget,
    private readonly clock: Clock,
  ) {}

  /** Throws a SyncFault where the org gives none; the next caller then tries anew. */
  current(): Promise<Connection> {
    return (this.open ??= this.login().catch((fault: unknown) => {
      this.open = undefined;
      throw fault;
    }));
  }

  /** A session other than the refused one. Many calls refused at once lead to one login. */
  async renewed(refused: Connection): Promise<Connection> {
    const pending = this.open;
    if (pending && (await pending) === refused && this.open === pending) this.open = undefined;
    return this.current();
  }

  private async login(): Promise<Connection> {
    const { loginUrl, timeoutMs, org, apiVersion, client } = this.target;
    const form = new URLSearchParams(tokenRequest(this.grant, this.clock.now())).toString();
    const url = `${loginUrl.replace(/\/+$/, '')}/services/oauth2/token`;
    const { instanceUrl, accessToken } = await inCallSpan('login', { 'crm.org': org }, () =>
      token(url, form, timeoutMs),
    );
    return new Connection({
      instanceUrl,
      accessToken,
      version: apiVersion,
      callOptions: { client },
      // No refreshFn: against a permanent 401 it loops without end (§3.5).
    });
  }
}

interface Token {
  /** Where every call goes from now on: orgs move (§1.4). */
  readonly instanceUrl: string;
  readonly accessToken: string;
}

async function token(url: string, form: string, timeoutMs: number): Promise<Token> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
  try {
    const { body } = await new FetchTransport(timeoutMs).httpRequest({ method: 'POST', url, headers, body: form });
    return tokenIn(body);
  } catch (thrown) {
    if (thrown instanceof RefusedCall) throw faultOfRefusedLogin(thrown);
    throw thrown instanceof TransientFault ? thrown : faultOfBrokenCall(thrown);
  }
}

/** The form that asks for a token. Pure, so that it can be checked without an org. */
function tokenRequest(grant: Grant, now: Date): Record<string, string> {
  if (grant.kind === 'client-credentials') {
    return { grant_type: 'client_credentials', client_id: grant.clientId, client_secret: grant.clientSecret };
  }
  const claims = {
    iss: grant.clientId,
    sub: grant.username,
    aud: grant.audience,
    exp: Math.floor(now.getTime() / 1_000) + ASSERTION_SECONDS,
  };
  const unsigned = `${encoded({ alg: 'RS256', typ: 'JWT' })}.${encoded(claims)}`;
  const signature = sign('RSA-SHA256', Buffer.from(unsigned), grant.privateKeyPem).toString('base64url');
  return { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: `${unsigned}.${signature}` };
}

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** §1.4. There is no `expires_in`: only a 401 tells that a session ended. */
function tokenIn(body: string): Token {
  const answer = parsedJson(body);
  const instanceUrl = textAt(answer, 'instance_url');
  const accessToken = textAt(answer, 'access_token');
  if (!instanceUrl || !accessToken) throw unreadableAnswer('a login');
  return { instanceUrl, accessToken };
}
