import { createHash, verify } from 'node:crypto';
import { isJsonObject, text } from '../org/json.js';
import type { TwinClient } from '../options.js';

export type Grant = { kind: 'granted'; client: TwinClient } | { kind: 'denied'; error: string; description: string };

const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const denied = (error: string, description: string): Grant => ({ kind: 'denied', error, description });

/** What an assertion is checked against, and which `jti` values were seen already. */
export interface AssertionContext {
  now: Date;
  /** own URL; besides it the login hosts are accepted as audience (§1.2) */
  ownUrl: string;
  seen: Set<string>;
}

/** Decides a token request (§1.2, §1.3, §1.5). `basic` is the pair of a Basic Authorization header, if one came. */
export function decideGrant(
  form: URLSearchParams,
  basic: { id: string; secret: string } | undefined,
  clients: readonly TwinClient[],
  context: AssertionContext,
): Grant {
  switch (form.get('grant_type')) {
    case 'client_credentials':
      return byCredentials(basic?.id ?? form.get('client_id'), basic?.secret ?? form.get('client_secret'), clients);
    case jwtBearer:
      return byAssertion(form.get('assertion'), clients, context);
    case null:
      return denied('invalid_request', 'missing required parameter: grant_type');
    default:
      return denied('unsupported_grant_type', 'grant type not supported');
  }
}

function byCredentials(id: string | null, secret: string | null, clients: readonly TwinClient[]): Grant {
  const client = clients.find(({ clientId }) => clientId === id);
  if (!client) return denied('invalid_client_id', 'client identifier invalid');
  if (client.clientSecret !== secret) return denied('invalid_client', 'invalid client credentials');
  return { kind: 'granted', client };
}

function byAssertion(assertion: string | null, clients: readonly TwinClient[], context: AssertionContext): Grant {
  const [head, body, signature] = (assertion ?? '').split('.');
  const header = decoded(head);
  const claims = decoded(body);
  if (!header || !claims || signature === undefined) return denied('invalid_grant', 'invalid assertion');
  const client = clients.find(({ clientId }) => clientId === text(claims, 'iss'));
  if (!client) return denied('invalid_client_id', 'client identifier invalid');
  if (text(header, 'alg') !== 'RS256' || !isSigned(`${head}.${body}`, signature, client))
    return denied('invalid_grant', 'invalid assertion');
  return byClaims(claims, client, context);
}

function byClaims(claims: Readonly<Record<string, unknown>>, client: TwinClient, context: AssertionContext): Grant {
  const audiences = ['https://login.salesforce.com', 'https://test.salesforce.com', context.ownUrl];
  if (!audiences.includes(text(claims, 'aud') ?? '')) return denied('invalid_grant', 'audience is invalid');
  const seconds = context.now.getTime() / 1000;
  const expires = claims['exp'];
  if (typeof expires !== 'number' || expires <= seconds || expires > seconds + 300)
    return denied('invalid_grant', 'authentication failure');
  if (text(claims, 'sub') !== client.runAs) return denied('invalid_grant', "user hasn't approved this consumer");
  const jti = text(claims, 'jti');
  if (jti !== undefined && context.seen.has(jti)) return denied('invalid_grant', 'assertion was used before');
  if (jti !== undefined) context.seen.add(jti);
  return { kind: 'granted', client };
}

function isSigned(signed: string, signature: string, client: TwinClient): boolean {
  if (client.publicKeyPem === undefined) return false;
  return verify('RSA-SHA256', Buffer.from(signed), client.publicKeyPem, Buffer.from(signature, 'base64url'));
}

function decoded(part: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
    return isJsonObject(value) ? value : undefined;
  } catch {
    // What is not base64url JSON is answered as an invalid assertion.
    return undefined;
  }
}

/** The answer to a granted request (§1.4). There is no `expires_in`, and `issued_at` is text. */
export function tokenAnswer(token: string, ownUrl: string, organizationId: string, userId: string, now: Date) {
  const id = `${ownUrl}/id/${organizationId}/${userId}`;
  const issuedAt = String(now.getTime());
  const signature = createHash('sha256')
    .update(id + issuedAt)
    .digest('base64');
  return {
    access_token: token,
    signature,
    scope: 'api',
    token_format: 'opaque',
    instance_url: ownUrl,
    id,
    token_type: 'Bearer',
    issued_at: issuedAt,
  };
}
