import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { parsedObject, text, type JsonObject } from './json.js';

/** Who a token stands for, and where it may act. */
export interface Identity {
  user: string;
  organization: string;
  userOrgs: string[];
  clientId: string;
}

/** Signs and checks access tokens: JWTs with the claims of §1, HS256 with a key that dies with the twin. */
export class AccessTokens {
  private readonly key = randomBytes(32);
  private readonly live = new Set<string>();

  constructor(private readonly lifetimeSeconds: number) {}

  /** The answer of the token endpoint. */
  issue(identity: Identity): JsonObject {
    const jti = randomUUID();
    this.live.add(jti);
    const claims = {
      user_name: identity.user,
      organization: identity.organization,
      tenantId: 'twin',
      userOrgs: identity.userOrgs,
      userLocations: [],
      userDefaults: [],
      userBusinessUnits: [],
      excludedUserBusinessUnits: [],
      accesstoAllBUs: true,
      authorities: identity.userOrgs.map((organization) => `ROLE_INTEGRATION@${organization}`),
      client_id: identity.clientId,
      scope: ['omni', 'component'],
      locale: 'en',
      userTimeZone: 'UTC',
      edge: 0,
      exp: Math.floor(Date.now() / 1000) + this.lifetimeSeconds,
      jti,
    };
    const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
    return {
      access_token: `${content}.${this.sign(content)}`,
      token_type: 'bearer',
      expires_in: this.lifetimeSeconds,
      scope: 'omni component',
      jti,
    };
  }

  /** The identity of a token, or the words with which it is refused. */
  check(token: string): Identity | string {
    const [head = '', body = '', signature = ''] = token.split('.');
    if (this.sign(`${head}.${body}`) !== signature) return 'Cannot convert access token to JSON';
    const claims = parsedObject(JSON.parse(Buffer.from(body, 'base64url').toString())) ?? {};
    const expired = Number(claims.exp) * 1000 <= Date.now();
    if (expired || !this.live.has(text(claims, 'jti') ?? '')) return `Access token expired: ${token.slice(0, 12)}…`;
    const orgs = Array.isArray(claims.userOrgs) ? claims.userOrgs : [];
    return {
      user: text(claims, 'user_name') ?? '',
      organization: text(claims, 'organization') ?? '',
      userOrgs: orgs.filter((organization) => typeof organization === 'string'),
      clientId: text(claims, 'client_id') ?? '',
    };
  }

  revokeAll(): void {
    this.live.clear();
  }

  private sign(content: string): string {
    return createHmac('sha256', this.key).update(content).digest('base64url');
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
