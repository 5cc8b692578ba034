import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ManhattanTwinOptions } from './manhattan/start-manhattan-twin.js';
import type { Features, SalesforceTwinOptions } from './salesforce/options.js';

/** What to run; a twin that is left out is undefined. */
export interface RunSettings {
  salesforce?: SalesforceTwinOptions;
  manhattan?: ManhattanTwinOptions;
}

export const usage = `Stand-ins of both vendors at wire level, in memory, on 127.0.0.1.

  --only salesforce|manhattan   run one of them             TWIN_ONLY
  --salesforce-port <n>         4001, 0 for any free port   TWIN_SALESFORCE_PORT
  --manhattan-port <n>          4002, 0 for any free port   TWIN_MANHATTAN_PORT
  --pubsub-port <n>             0, which is any free port   TWIN_PUBSUB_PORT
  --events-port <n>             0, which is any free port   TWIN_EVENTS_PORT
  --help

Further settings, by environment only:
  TWIN_CLIENT_ID, TWIN_CLIENT_SECRET       app of both vendors (tandem-twin, tandem-twin-secret)
  TWIN_CRM_USER                            integration user of the org (tandem@aurora.example)
  TWIN_CRM_PUBLIC_KEY                      PEM of its certificate's key, for the JWT bearer flow
  TWIN_CRM_INSTANCE_URL                    instance_url of its tokens, where a proxy stands before the org
  TWIN_CRM_FEATURES                        multiCurrency,stateCountryPicklists,personAccounts,orderManagement
                                           (multiCurrency)
  TWIN_TLS_KEY, TWIN_TLS_CERT              files in PEM: the org then speaks TLS on both its ports
  TWIN_SFDX_OBJECTS                        the objects folder of the SFDX package
  TWIN_OMS_USER, TWIN_OMS_PASSWORD         OMS user of AURORA (svc-aurora, twin-password; BOREAL has svc-boreal)
  TWIN_SEED                                of every random choice (1)

When ready it prints one line of JSON with the URLs, and host:port of the OMS's Pub/Sub (pubsub, for PUBSUB_EMULATOR_HOST)
and of the CRM's Pub/Sub API (events). Ctrl-C or SIGTERM stops it.
`;

export type Flags = Readonly<{
  only?: string;
  'salesforce-port'?: string;
  'manhattan-port'?: string;
  'pubsub-port'?: string;
  'events-port'?: string;
}>;
type Environment = Readonly<Record<string, string | undefined>>;

/** Settings from flags, then the environment, then defaults. Throws a RangeError that names the setting. */
export function readSettings(flags: Flags, env: Environment, from: string): RunSettings {
  const only = flags.only ?? env['TWIN_ONLY'];
  if (only !== undefined && only !== 'salesforce' && only !== 'manhattan')
    throw new RangeError('TWIN_ONLY is salesforce or manhattan');
  const seed = whole(env['TWIN_SEED'] ?? '1', 'TWIN_SEED');
  const salesforcePort = port(
    flags['salesforce-port'] ?? env['TWIN_SALESFORCE_PORT'] ?? '4001',
    'TWIN_SALESFORCE_PORT',
  );
  const manhattanPort = port(flags['manhattan-port'] ?? env['TWIN_MANHATTAN_PORT'] ?? '4002', 'TWIN_MANHATTAN_PORT');
  const pubsubPort = port(flags['pubsub-port'] ?? env['TWIN_PUBSUB_PORT'] ?? '0', 'TWIN_PUBSUB_PORT');
  const eventsPort = port(flags['events-port'] ?? env['TWIN_EVENTS_PORT'] ?? '0', 'TWIN_EVENTS_PORT');
  return {
    ...(only === 'manhattan'
      ? {}
      : { salesforce: { ...salesforceSettings(env, from), port: salesforcePort, pubsubPort: eventsPort, seed } }),
    ...(only === 'salesforce'
      ? {}
      : { manhattan: { ...manhattanSettings(env), port: manhattanPort, pubsubPort, seed } }),
  };
}

const app = (env: Environment) => ({
  clientId: env['TWIN_CLIENT_ID'] ?? 'tandem-twin',
  clientSecret: env['TWIN_CLIENT_SECRET'] ?? 'tandem-twin-secret',
});

function salesforceSettings(env: Environment, from: string): Omit<SalesforceTwinOptions, 'port'> {
  const publicKeyPem = env['TWIN_CRM_PUBLIC_KEY'];
  const { TWIN_TLS_KEY: key, TWIN_TLS_CERT: cert, TWIN_CRM_INSTANCE_URL: instanceUrl } = env;
  const runAs = env['TWIN_CRM_USER'] ?? 'tandem@aurora.example';
  return {
    objectsFolder: env['TWIN_SFDX_OBJECTS'] ?? packagedObjects(from),
    clients: [{ ...app(env), runAs, ...(publicKeyPem === undefined ? {} : { publicKeyPem }) }],
    ...(instanceUrl === undefined ? {} : { instanceUrl }),
    features: features(env['TWIN_CRM_FEATURES'] ?? 'multiCurrency'),
    ...(key && cert ? { tls: { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') } } : {}),
  };
}

function manhattanSettings(env: Environment): Omit<ManhattanTwinOptions, 'port'> {
  const username = env['TWIN_OMS_USER'] ?? 'svc-aurora';
  const password = env['TWIN_OMS_PASSWORD'] ?? 'twin-password';
  return {
    clients: [app(env)],
    users: [
      { username, password, organization: 'AURORA', userOrgs: ['AURORA', 'BOREAL'] },
      { username: 'svc-boreal', password, organization: 'BOREAL', userOrgs: ['BOREAL'] },
    ],
  };
}

function features(names: string): Features {
  const on = new Set(names.split(',').filter((name) => name !== ''));
  const read = {
    multiCurrency: on.delete('multiCurrency'),
    stateCountryPicklists: on.delete('stateCountryPicklists'),
    personAccounts: on.delete('personAccounts'),
    orderManagement: on.delete('orderManagement'),
  };
  if (on.size > 0) throw new RangeError(`TWIN_CRM_FEATURES names ${[...on].join(', ')}, which is no feature`);
  return read;
}

function port(value: string, name: string): number {
  const number = whole(value, name);
  if (number > 65_535) throw new RangeError(`${name} is a port from 0 to 65535`);
  return number;
}

function whole(value: string, name: string): number {
  if (!/^\d+$/.test(value)) throw new RangeError(`${name} is a whole number`);
  return Number(value);
}

const packagedAt = 'libs/adapters-salesforce/sfdx/force-app/main/default/objects';

/** Looks upwards for the package, since the sources and the build lie at different depths. */
function packagedObjects(from: string): string {
  const here = join(from, packagedAt);
  if (existsSync(here)) return here;
  const above = dirname(from);
  if (above === from) throw new RangeError('TWIN_SFDX_OBJECTS is needed: the package is not above this folder');
  return packagedObjects(above);
}
