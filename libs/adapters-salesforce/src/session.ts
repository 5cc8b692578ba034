import { importPKCS8, SignJWT } from 'jose';
import { Connection } from 'jsforce/lib/connection.js';
import { SuspendingFault, TransientFault, type Clock, type CrmOrgName } from '@tandem/domain';
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

/** What a call needs that is not made through jsforce. */
export interface Granted {
  readonly accessToken: string;
  readonly instanceUrl: string;
  /** 18 characters where the org gave so many. */
  readonly orgId: string;
}

export interface Grants {
  current(): Promise<Granted>;
  /** Gives up the present session. Many that ask at once lead to one login. */
  renew(): Promise<void>;
}

export interface Session extends Granted {
  readonly calls: Connection;
}

/** The assertion's life. The org takes at most a few minutes (§1.2). */
const ASSERTION_SECONDS = 120;

/** The one session of an org, shared by all calls: whoever needs one first logs in, everyone else waits for that. */
export class Sessions {
  private open: Promise<Session> | undefined;

  constructor(
    private readonly grant: Grant,
    private readonly target: SessionTarget,
    private readonly clock: Clock,
  ) {}

  /** Throws a SyncFault where the org gives none; the next caller then tries anew. */
  current(): Promise<Session> {
    return (this.open ??= this.login().catch((fault: unknown) => {
      this.open = undefined;
      throw fault;
    }));
  }

  /** A session other than the refused one. Many calls refused at once lead to one login. */
  async renewed(refused: Session): Promise<Session> {
    const pending = this.open;
    if (pending && (await pending) === refused && this.open === pending) this.open = undefined;
    return this.current();
  }

  private async login(): Promise<Session> {
    const { loginUrl, timeoutMs, org, apiVersion, client } = this.target;
    const form = new URLSearchParams(await tokenRequest(this.grant, this.clock.now())).toString();
    const url = `${loginUrl.replace(/\/+$/, '')}/services/oauth2/token`;
    const { instanceUrl, accessToken, orgId } = await inCallSpan('login', { 'crm.org': org }, () =>
      token(url, form, timeoutMs),
    );
    // No refreshFn: against a permanent 401 it loops without end (§3.5).
    const calls = new Connection({ instanceUrl, accessToken, version: apiVersion, callOptions: { client } });
    return { calls, instanceUrl, accessToken, orgId };
  }
}

async function token(url: string, form: string, timeoutMs: number): Promise<Granted> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
  try {
    const { body } = await new FetchTransport(timeoutMs).httpRequest({ method: 'POST', url, headers, body: form });
    return tokenIn(body);
  } catch (thrown) {
    if (thrown instanceof RefusedCall) throw faultOfRefusedLogin(thrown);
    throw thrown instanceof TransientFault ? thrown : faultOfBrokenCall(thrown);
  }
}

/** The form that asks for a token. */
async function tokenRequest(grant: Grant, now: Date): Promise<Record<string, string>> {
  if (grant.kind === 'client-credentials') {
    return { grant_type: 'client_credentials', client_id: grant.clientId, client_secret: grant.clientSecret };
  }
  const { privateKeyPem, clientId, username, audience } = grant;
  const key = await importPKCS8(privateKeyPem, 'RS256').catch(() => {
    throw new SuspendingFault(
      'crm.key_unreadable',
      'The key to sign with is no RSA key in PKCS #8 (BEGIN PRIVATE KEY).',
    );
  });
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuer(clientId)
    .setSubject(username)
    .setAudience(audience)
    .setExpirationTime(Math.floor(now.getTime() / 1_000) + ASSERTION_SECONDS)
    .sign(key);
  return { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
}

/** §1.4. There is no `expires_in`: only a 401 tells that a session ended. Where every call goes from now on: orgs move. */
function tokenIn(body: string): Granted {
  const answer = parsedJson(body);
  const instanceUrl = textAt(answer, 'instance_url');
  const accessToken = textAt(answer, 'access_token');
  if (!instanceUrl || !accessToken) throw unreadableAnswer('a login');
  // From the identity URL: a token in the format of a JWT does not begin with the org's id (§1.4).
  const [, orgId = ''] = /\/id\/(\w{15,18})\//.exec(textAt(answer, 'id') ?? '') ?? [];
  return { instanceUrl, accessToken, orgId };
}
