import type { CrmOrgName, SiteProfile } from '@tandem/domain';
import { brokerNames, brokerSettings, laneCount, type BrokerNames, type BrokerSettings } from './broker-settings.js';
import { Environment } from './environment.js';
import { variableOf, WEB } from './connection-variables.js';
import { omsConnection, type OmsConnectionSettings } from './oms-connection-settings.js';

/** Everything that a running process is told from outside. */
export interface Settings {
  readonly http: { readonly host: string; readonly port: number };
  readonly databaseUrl: string;
  /** Undefined where the message bus is kept on PostgreSQL. */
  readonly broker: BrokerSettings | undefined;
  readonly brokerNames: BrokerNames;
  /** Of each queue: so many keys are worked on side by side. */
  readonly lanes: number;
  readonly logLevel: LogLevel;
  readonly callers: CallerSecrets;
}

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** What callers of our doors prove themselves with. */
export interface CallerSecrets {
  /** Bearer token of callers of the API. */
  readonly api: string;
  /** Key of the signature under the OMS's pushes; undefined where it signs none. */
  readonly pushHmac: string | undefined;
  /** Bearer token of the OMS's pushes; undefined where it brings none. */
  readonly pushBearer: string | undefined;
}

export interface CrmConnectionSettings {
  readonly org: CrmOrgName;
  readonly loginUrl: string;
  readonly clientId: string;
  /** Of the client-credentials flow; undefined where we sign. */
  readonly clientSecret: string | undefined;
  readonly jwt: { readonly privateKeyPem: string; readonly username: string; readonly audience: string } | undefined;
  readonly apiVersion: string;
  /** Of the calls that the org allows in a day, so many percent are for orders alone. */
  readonly keptForOrdersPercent: number;
  /** From so many orders a second on, writes wait for each other so many milliseconds; so many of one object are written in bulk. */
  readonly writing: { readonly loadFrom: number; readonly gatherMs: number; readonly bulkFrom: number };
  /** Where the org's events are read, and which; undefined where it tells us nothing. */
  readonly events: { readonly endpoint: string; readonly channels: readonly string[] | undefined } | undefined;
}

export function readSettings(variables: Readonly<Record<string, string | undefined>>): Settings {
  const env = new Environment(variables);
  const settings: Settings = {
    http: {
      host: env.text('TANDEM_HTTP_HOST', '127.0.0.1'),
      port: env.whole('TANDEM_HTTP_PORT', { fallback: 3000, least: 0, most: 65_535 }),
    },
    databaseUrl: env.url('TANDEM_DB_URL', ['postgres:', 'postgresql:']),
    broker: brokerSettings(env),
    brokerNames: brokerNames(env),
    lanes: laneCount(env),
    logLevel: env.choice('TANDEM_LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace'], 'info'),
    callers: {
      api: env.secret('TANDEM_API_SECRET'),
      pushHmac: env.optionalSecret('TANDEM_OMS_PUSH_HMAC_SECRET'),
      pushBearer: env.optionalSecret('TANDEM_OMS_PUSH_BEARER_SECRET'),
    },
  };
  env.assertComplete();
  return settings;
}

/** One connection for each far side that a site names. */
export function readConnections(
  variables: Readonly<Record<string, string | undefined>>,
  sites: readonly SiteProfile[],
): { readonly crm: readonly CrmConnectionSettings[]; readonly oms: readonly OmsConnectionSettings[] } {
  const env = new Environment(variables);
  const crm = [...new Set(sites.map((site) => site.crmOrg))].map((org) => crmConnection(env, org));
  const oms = [...new Set(sites.map((site) => site.oms.organization))].map((name) => omsConnection(env, name));
  env.assertComplete();
  return { crm, oms };
}

function crmConnection(env: Environment, org: CrmOrgName): CrmConnectionSettings {
  const prefix = variableOf('CRM', org);
  const signs =
    env.choice(`${prefix}_GRANT`, ['client_credentials', 'jwt_bearer'], 'client_credentials') === 'jwt_bearer';
  const endpoint = env.optional(`${prefix}_EVENTS_URL`) && env.url(`${prefix}_EVENTS_URL`, WEB);
  const channels = env.optional(`${prefix}_EVENTS_CHANNELS`)?.split(/[\s,]+/);
  return {
    org,
    loginUrl: env.url(`${prefix}_LOGIN_URL`, WEB),
    clientId: env.text(`${prefix}_CLIENT_ID`),
    clientSecret: signs ? undefined : env.secret(`${prefix}_CLIENT_SECRET`),
    jwt: signs ? crmSigner(env, prefix) : undefined,
    apiVersion: env.text(`${prefix}_API_VERSION`, '67.0'),
    keptForOrdersPercent: env.whole(`${prefix}_CALLS_KEPT_PERCENT`, { fallback: 10, least: 0, most: 100 }),
    writing: {
      loadFrom: env.whole(`${prefix}_GATHER_FROM`, { fallback: 80, least: 1, most: 100_000 }),
      bulkFrom: env.whole(`${prefix}_BULK_FROM`, { fallback: 2_000, least: 2_000, most: 100_000_000 }),
      gatherMs: env.whole(`${prefix}_GATHER_MS`, { fallback: 2_000, least: 0, most: 60_000 }),
    },
    events: endpoint === undefined ? undefined : { endpoint, channels },
  };
}

const crmSigner = (env: Environment, prefix: string) => ({
  privateKeyPem: env.secret(`${prefix}_PRIVATE_KEY_SECRET`),
  username: env.text(`${prefix}_USERNAME`),
  audience: env.url(`${prefix}_AUDIENCE`, WEB),
});
