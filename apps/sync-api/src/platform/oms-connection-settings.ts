import type { OmsOrganization } from '@tandem/domain';
import type { Environment } from './environment.js';
import { variableOf, WEB } from './connection-variables.js';

export interface OmsConnectionSettings {
  readonly organization: OmsOrganization;
  readonly baseUrl: string;
  readonly authUrl: string;
  readonly availabilityUrl?: string | undefined;
  readonly grant: 'password' | 'client_credentials' | 'authorization_code';
  readonly clientId: string;
  readonly clientSecret: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly authorizationCode?: string | undefined;
  readonly redirectUri?: string | undefined;
  /** Renews with the refresh token that a sign-in answers. */
  readonly useRefreshToken?: boolean;
  readonly tokenPath?: string | undefined;
  readonly organizationHeader?: string | undefined;
  readonly locationHeader?: { readonly name: string; readonly location: string } | undefined;
  /** Calls in an hour; not counted where absent. */
  readonly budget?: { readonly perHour: number; readonly keptForOrders: number } | undefined;
  readonly proxyUrl?: string | undefined;
  /** Certificates in PEM. */
  readonly certificateAuthority?: string | undefined;
  readonly timeoutMs?: number;
  /** The subscription that the OMS's publishes are pulled from, where it has one. */
  readonly pubsub?: PubsubSettings | undefined;
}

export interface PubsubSettings {
  readonly project: string;
  readonly subscription: string;
  /** Key of the service account, as JSON; the machine's own credentials where absent. */
  readonly key: string | undefined;
  readonly mostOpen: number;
}

/** How one organization of the OMS is reached: `TANDEM_OMS_<ORG>_…`. */
export function omsConnection(env: Environment, organization: OmsOrganization): OmsConnectionSettings {
  const prefix = variableOf('OMS', organization);
  const baseUrl = env.url(`${prefix}_BASE_URL`, WEB);
  return {
    organization,
    baseUrl,
    authUrl: env.url(`${prefix}_AUTH_URL`, WEB, baseUrl),
    availabilityUrl: optionalUrl(env, `${prefix}_AVAILABILITY_URL`),
    ...credentialsOf(env, prefix),
    tokenPath: env.optional(`${prefix}_TOKEN_PATH`),
    organizationHeader: env.optional(`${prefix}_ORGANIZATION_HEADER`),
    locationHeader: locationHeaderOf(env, prefix),
    budget: budgetOf(env, prefix),
    proxyUrl: optionalUrl(env, `${prefix}_PROXY_URL`),
    certificateAuthority: env.optionalSecret(`${prefix}_CA`),
    timeoutMs: env.whole(`${prefix}_TIMEOUT_MS`, { fallback: 30_000, least: 1, most: 600_000 }),
    pubsub: pubsubOf(env, prefix),
  };
}

const optionalUrl = (env: Environment, name: string): string | undefined =>
  env.optional(name) === undefined ? undefined : env.url(name, WEB);

function credentialsOf(env: Environment, prefix: string) {
  const grant = env.choice(`${prefix}_GRANT`, ['password', 'client_credentials', 'authorization_code'], 'password');
  return {
    grant,
    clientId: env.text(`${prefix}_CLIENT_ID`),
    clientSecret: env.secret(`${prefix}_CLIENT_SECRET`),
    username: grant === 'password' ? env.text(`${prefix}_USERNAME`) : undefined,
    password: grant === 'password' ? env.secret(`${prefix}_PASSWORD_SECRET`) : undefined,
    ...(grant === 'authorization_code' && {
      authorizationCode: env.secret(`${prefix}_AUTHORIZATION_CODE_SECRET`),
      redirectUri: env.url(`${prefix}_REDIRECT_URI`, WEB),
    }),
    useRefreshToken: env.choice(`${prefix}_USE_REFRESH_TOKEN`, ['on', 'off'], 'off') === 'on',
  };
}

function locationHeaderOf(env: Environment, prefix: string): OmsConnectionSettings['locationHeader'] {
  const name = env.optional(`${prefix}_LOCATION_HEADER`);
  return name === undefined ? undefined : { name, location: env.text(`${prefix}_LOCATION`) };
}

/** No default is known: the entitlement of an hour is the tenant's own. */
function budgetOf(env: Environment, prefix: string): OmsConnectionSettings['budget'] {
  if (env.optional(`${prefix}_CALLS_PER_HOUR`) === undefined) return undefined;
  const perHour = env.whole(`${prefix}_CALLS_PER_HOUR`, { fallback: 1, least: 1, most: 100_000_000 });
  const kept = { fallback: 0, least: 0, most: Math.max(perHour, 0) || 0 };
  return { perHour, keptForOrders: env.whole(`${prefix}_CALLS_KEPT_FOR_ORDERS`, kept) };
}

function pubsubOf(env: Environment, prefix: string): PubsubSettings | undefined {
  if (env.optional(`${prefix}_PUBSUB_SUBSCRIPTION`) === undefined) return undefined;
  return {
    project: env.text(`${prefix}_PUBSUB_PROJECT`),
    subscription: env.text(`${prefix}_PUBSUB_SUBSCRIPTION`),
    key: env.optionalSecret(`${prefix}_PUBSUB_KEY_SECRET`),
    mostOpen: env.whole(`${prefix}_PUBSUB_MOST_OPEN`, { fallback: 1000, least: 1, most: 100_000 }),
  };
}
