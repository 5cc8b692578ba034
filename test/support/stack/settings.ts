import { randomBytes } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';

export interface Addresses {
  readonly syncApiPort: number;
  readonly crmPort: number;
  readonly omsPort: number;
}

export interface Plan extends Addresses {
  readonly databaseUrl: string;
  readonly amqpUrl: string | undefined;
  /** Names the run; part of every queue's name. */
  readonly run: string;
  /** Where the CRM tells of its changes; undefined where nobody listens. */
  readonly eventsPort?: number | undefined;
  /** Features of the CRM org; the twin's own choice where none is said. */
  readonly crmFeatures?: readonly string[] | undefined;
  readonly countriesFolder?: string | undefined;
  readonly sitesFolder?: string | undefined;
  readonly deadLetterQueues?: readonly string[] | undefined;
  readonly loadFrom?: number | undefined;
  /** Where a profiler may look into sync-api; undefined where none does. */
  readonly inspectPort?: number | undefined;
}

const secret = (): string => randomBytes(18).toString('base64url');

/** Credentials of one run; the twins are told the same ones as the service. */
export interface Credentials {
  readonly apiSecret: string;
  readonly hmacSecret: string;
  readonly bearerSecret: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export const newCredentials = (): Credentials => ({
  apiSecret: secret(),
  hmacSecret: secret(),
  bearerSecret: secret(),
  clientId: 'tandem-twin',
  clientSecret: secret(),
});

export const local = (port: number): string => `http://127.0.0.1:${port}`;

/** The users of the OMS twin, one for each organization: a service account belongs to one organization (§1). */
export const omsUsers = {
  AURORA: { username: 'svc-aurora', password: 'twin-password' },
  BOREAL: { username: 'svc-boreal', password: 'twin-password' },
};

export type OmsOrganizationName = keyof typeof omsUsers;

export const busPrefix = (run: string): string => `${run}.`;
export const omsEventsQueue = (run: string): string => `${busPrefix(run)}oms.order-events`;

/** Bounds of the memory, as the Dockerfile has them. */
export const asTheDockerfile = ['--max-semi-space-size=8', '--max-old-space-size=256'];
const inspection = ({ inspectPort }: Plan) => (inspectPort === undefined ? [] : [`--inspect=127.0.0.1:${inspectPort}`]);

/** The environment that sync-api is started with. */
export function syncApiEnvironment(plan: Plan, credentials: Credentials): Record<string, string> {
  return {
    NODE_ENV: 'production',
    NODE_OPTIONS: [...asTheDockerfile, ...inspection(plan)].join(' '),
    TANDEM_HTTP_PORT: String(plan.syncApiPort),
    TANDEM_DB_URL: plan.databaseUrl,
    ...(plan.amqpUrl === undefined ? {} : { TANDEM_AMQP_URL: plan.amqpUrl }),
    TANDEM_BUS_PREFIX: busPrefix(plan.run),
    TANDEM_SITES_FOLDER: plan.sitesFolder ?? 'config/sites',
    ...(plan.countriesFolder === undefined ? {} : { TANDEM_COUNTRIES_FOLDER: plan.countriesFolder }),
    ...(plan.eventsPort === undefined ? {} : { TANDEM_CRM_MAIN_EVENTS_URL: local(plan.eventsPort) }),
    TANDEM_API_SECRET: credentials.apiSecret,
    TANDEM_CRM_MAIN_LOGIN_URL: local(plan.crmPort),
    TANDEM_CRM_MAIN_CLIENT_ID: credentials.clientId,
    TANDEM_CRM_MAIN_CLIENT_SECRET: credentials.clientSecret,
    ...(plan.loadFrom === undefined ? {} : { TANDEM_CRM_MAIN_GATHER_FROM: String(plan.loadFrom) }),
    ...omsEnvironment('AURORA', plan, credentials),
    ...omsEnvironment('BOREAL', plan, credentials),
    TANDEM_OMS_PUSH_HMAC_SECRET: credentials.hmacSecret,
    TANDEM_OMS_PUSH_BEARER_SECRET: credentials.bearerSecret,
    TANDEM_OMS_EVENTS_QUEUE: omsEventsQueue(plan.run),
    TANDEM_OMS_DEAD_LETTER_QUEUES: plan.deadLetterQueues?.join(',') ?? '',
  };
}

function omsEnvironment(
  organization: OmsOrganizationName,
  { omsPort }: Addresses,
  { clientId, clientSecret }: Credentials,
): Record<string, string> {
  const { username, password } = omsUsers[organization];
  const area = `TANDEM_OMS_${organization}`;
  return {
    [`${area}_BASE_URL`]: local(omsPort),
    [`${area}_AUTH_URL`]: local(omsPort),
    [`${area}_CLIENT_ID`]: clientId,
    [`${area}_CLIENT_SECRET`]: clientSecret,
    [`${area}_USERNAME`]: username,
    [`${area}_PASSWORD_SECRET`]: password,
  };
}

export function twinsEnvironment(
  { crmPort, omsPort, eventsPort, crmFeatures }: Addresses & Partial<Plan>,
  credentials: Credentials,
): Record<string, string> {
  return {
    TWIN_SALESFORCE_PORT: String(crmPort),
    TWIN_MANHATTAN_PORT: String(omsPort),
    TWIN_CLIENT_ID: credentials.clientId,
    TWIN_CLIENT_SECRET: credentials.clientSecret,
    ...(eventsPort === undefined ? {} : { TWIN_EVENTS_PORT: String(eventsPort) }),
    ...(crmFeatures === undefined ? {} : { TWIN_CRM_FEATURES: crmFeatures.join(',') }),
  };
}

/** Writes a file for `node --env-file`, readable by its owner only: it holds the run's credentials. */
export async function writeEnvironmentFile(path: string, environment: Readonly<Record<string, string>>): Promise<void> {
  const lines = Object.entries(environment).map(([name, value]) => `${name}='${value}'`);
  await writeFile(path, `${lines.join('\n')}\n`);
  await chmod(path, 0o600);
}
