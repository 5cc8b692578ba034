import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
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

/** What the tenant decides about log-ins (§1, §12). */
export interface LogInRules {
  /** Failures within ten minutes until the IP is locked; 0 for never. */
  lockAfter: number;
  /** The grants that clients have. */
  grants: string[];
}

const GRANTS = ['password', 'client_credentials', 'refresh_token', 'authorization_code'];

/** `POST /oauth/token` (§1): Basic client, and the grants that the tenant has given it. */
export class TokenEndpoint {
  /** Who a refresh token, or an authorization code, stands for. Each is good for one use. */
  private readonly tickets = new Map<string, Identity>();

  constructor(
    private readonly clients: TwinClient[],
    private readonly users: TwinUser[],
    private readonly tokens: AccessTokens,
    private readonly guard: LogInGuard,
  ) {}

  /** An authorization code, as the log-in page would give it to a user (§1); undefined for an unknown one. */
  authorizationCode(username: string): string | undefined {
    const user = this.users.find((known) => known.username === username);
    return user && this.ticket({ ...identityOfUser(user), clientId: '' });
  }

  reset(): void {
    this.tickets.clear();
  }

  answer({ authorization, parameters, ip }: TokenRequest, { lockAfter, grants }: LogInRules): TokenAnswer {
    if (this.guard.isLocked(ip)) return refused(401, 'unauthorized', 'IP address is locked');
    const client = this.clientOf(authorization);
    const identity = client
      ? this.identityOf(client, parameters, grants)
      : refused(401, 'invalid_client', 'Bad client credentials');
    if (!('status' in identity)) return { status: 200, body: this.issue(identity, grants) };
    this.guard.failed(ip, lockAfter);
    return identity;
  }

  private issue(identity: Identity, grants: string[]): JsonObject {
    const issued = this.tokens.issue(identity);
    return grants.includes('refresh_token') ? { ...issued, refresh_token: this.ticket(identity) } : issued;
  }

  private ticket(identity: Identity): string {
    const ticket = randomUUID();
    this.tickets.set(ticket, identity);
    return ticket;
  }

  private redeem(ticket: string, clientId: string): Identity | TokenAnswer {
    const identity = this.tickets.get(ticket);
    this.tickets.delete(ticket);
    return identity ? { ...identity, clientId } : refused(400, 'invalid_grant', 'Invalid or expired grant');
  }

  private clientOf(authorization: string | undefined): TwinClient | undefined {
    const [scheme = '', encoded = ''] = authorization?.split(' ') ?? [];
    if (scheme.toLowerCase() !== 'basic') return undefined;
    const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString().split(':');
    const known = this.clients.find(({ clientId }) => clientId === id);
    return known && same(known.clientSecret, secret.join(':')) ? known : undefined;
  }

  private identityOf(client: TwinClient, parameters: Record<string, string>, grants: string[]): Identity | TokenAnswer {
    const { clientId, organization } = client;
    const grant = parameters.grant_type;
    if (grant === undefined) return refused(400, 'invalid_request', 'Missing grant type');
    if (!GRANTS.includes(grant)) return refused(400, 'unsupported_grant_type', `Unsupported grant type: ${grant}`);
    if (!grants.includes(grant) || (grant === 'client_credentials' && organization === undefined))
      return refused(401, 'unauthorized_client', `Unauthorized grant type: ${grant}`);
    if (grant === 'refresh_token') return this.redeem(parameters.refresh_token ?? '', clientId);
    if (grant === 'authorization_code') return this.redeem(parameters.code ?? '', clientId);
    if (organization !== undefined && grant === 'client_credentials')
      return { user: clientId, organization, userOrgs: client.userOrgs ?? [organization], clientId };
    const user = this.users.find(({ username }) => username === parameters.username);
    if (!user || !same(user.password, parameters.password ?? ''))
      return refused(400, 'invalid_grant', 'Bad credentials');
    return { ...identityOfUser(user), clientId };
  }
}

function identityOfUser({ username, organization, userOrgs }: TwinUser): Omit<Identity, 'clientId'> {
  return { user: username, organization, userOrgs };
}

function refused(status: 400 | 401, error: string, error_description: string): TokenAnswer {
  return { status, body: { error, error_description } };
}

function same(left: string, right: string): boolean {
  const digest = (word: string) => createHash('sha256').update(word).digest();
  return timingSafeEqual(digest(left), digest(right));
}
