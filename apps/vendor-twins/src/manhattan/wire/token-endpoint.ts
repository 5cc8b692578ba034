import { timingSafeEqual, createHash } from 'node:crypto';
import type { JsonObject } from './json.js';
import type { AccessTokens, Identity } from './access-tokens.js';
import type { LogInGuard } from './log-in-guard.js';

export interface TwinClient {
  clientId: string;
  clientSecret: string;
  /** For `client_credentials`: whose organization the client acts in. */
  organization?: string;
  userOrgs?: string[];
}

export interface TwinUser {
  username: string;
  password: string;
  organization: string;
  userOrgs: string[];
}

export interface TokenRequest {
  authorization: string | undefined;
  /** Form body and query string, either of which may carry the parameters (§1). */
  parameters: Record<string, string>;
  ip: string;
}

export interface TokenAnswer {
  status: 200 | 400 | 401;
  body: JsonObject;
}

/** `POST /oauth/token` (§1): Basic client, grants `password` and `client_credentials`. */
export class TokenEndpoint {
  constructor(
    private readonly clients: TwinClient[],
    private readonly users: TwinUser[],
    private readonly tokens: AccessTokens,
    private readonly guard: LogInGuard,
  ) {}

  answer({ authorization, parameters, ip }: TokenRequest, lockAfter: number): TokenAnswer {
    if (this.guard.isLocked(ip)) return refused(401, 'unauthorized', 'IP address is locked');
    const client = this.clientOf(authorization);
    const identity = client
      ? this.identityOf(client, parameters)
      : refused(401, 'invalid_client', 'Bad client credentials');
    if (!('status' in identity)) return { status: 200, body: this.tokens.issue(identity) };
    this.guard.failed(ip, lockAfter);
    return identity;
  }

  private clientOf(authorization: string | undefined): TwinClient | undefined {
    const [scheme = '', encoded = ''] = authorization?.split(' ') ?? [];
    if (scheme.toLowerCase() !== 'basic') return undefined;
    const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString().split(':');
    const known = this.clients.find(({ clientId }) => clientId === id);
    return known && same(known.clientSecret, secret.join(':')) ? known : undefined;
  }

  private identityOf(client: TwinClient, parameters: Record<string, string>): Identity | TokenAnswer {
    const { clientId, organization } = client;
    switch (parameters.grant_type) {
      case 'password': {
        const user = this.users.find(({ username }) => username === parameters.username);
        if (!user || !same(user.password, parameters.password ?? ''))
          return refused(400, 'invalid_grant', 'Bad credentials');
        return { user: user.username, organization: user.organization, userOrgs: user.userOrgs, clientId };
      }
      case 'client_credentials':
        if (organization === undefined)
          return refused(401, 'unauthorized_client', 'Unauthorized grant type: client_credentials');
        return { user: clientId, organization, userOrgs: client.userOrgs ?? [organization], clientId };
      case undefined:
        return refused(400, 'invalid_request', 'Missing grant type');
      default:
        return refused(400, 'unsupported_grant_type', `Unsupported grant type: ${parameters.grant_type}`);
    }
  }
}

function refused(status: 400 | 401, error: string, error_description: string): TokenAnswer {
  return { status, body: { error, error_description } };
}

function same(left: string, right: string): boolean {
  const digest = (word: string) => createHash('sha256').update(word).digest();
  return timingSafeEqual(digest(left), digest(right));
}
