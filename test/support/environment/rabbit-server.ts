import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Certified } from './certificate-authority.js';
import { installDebianPackage, whyNoInstallation } from './debian-package.js';
import { freePort } from './free-port.js';
import { keepServer } from './keep-server.js';
import { claimFolder, removeFoldersLeftBehind } from './left-behind.js';
import { enterableTemporaryFolder, giveTo, serverAccount, type ServerAccount } from './server-account.js';

export interface InstalledBroker {
  /** Absolute path of the start script. */
  readonly script: string;
}

// Debian's own script in /usr/sbin insists on its own account and log files; the one below it does not.
const scripts = [
  '/usr/lib/rabbitmq/bin/rabbitmq-server',
  '/opt/homebrew/sbin/rabbitmq-server',
  '/usr/local/sbin/rabbitmq-server',
];
const folderPrefix = 'tandem-rabbitmq-';

/** Looks for an installed RabbitMQ, and installs Debian's package where that is allowed. */
export async function installedBroker(options: {
  readonly mayInstall: boolean;
  readonly onProgress?: ((sentence: string) => void) | undefined;
}): Promise<InstalledBroker | { readonly missing: string }> {
  const script = scripts.find((path) => existsSync(path));
  if (script !== undefined) return { script };
  const nowhere = 'No RabbitMQ: TANDEM_AMQP_URL is not set, nothing answers on port 5672, and none is installed.';
  const obstacle = whyNoInstallation(options);
  if (obstacle !== undefined) return { missing: `${nowhere} ${obstacle}` };
  options.onProgress?.("Installing Debian's rabbitmq-server");
  await installDebianPackage('rabbitmq-server');
  return installedBroker({ ...options, mayInstall: false });
}

/** What a broker shows, and whom it trusts. Who shows a certificate may be taken for whom it names. */
export interface BrokerCertificates extends Certified {
  readonly authority: string;
}

/** Where a broker of our own lives: its node name, ports, cookie and data, which stay when it is started again. */
export interface BrokerPlace {
  readonly url: string;
  /** `amqps://…`, where it has certificates. */
  readonly secureUrl: string;
  readonly home: string;
  readonly account: ServerAccount;
  readonly environment: Readonly<Record<string, string>>;
}

export async function newBrokerPlace(certificates?: BrokerCertificates): Promise<BrokerPlace> {
  const account = await serverAccount(['rabbitmq', 'nobody']);
  const temporary = await enterableTemporaryFolder(account);
  await removeFoldersLeftBehind(temporary, folderPrefix);
  const home = await mkdtemp(join(temporary, folderPrefix));
  await claimFolder(home);
  const [port, distribution, secure] = [await freePort(), await freePort(), await freePort()];
  const secured = certificates === undefined ? [] : await secureListener(home, secure, certificates);
  const settings = ['loopback_users.guest = true', 'log.console = true', ...secured];
  await writeFile(join(home, 'rabbitmq.conf'), `${settings.join('\n')}\n`);
  const plugins = certificates === undefined ? '[].' : '[rabbitmq_auth_mechanism_ssl].';
  await writeFile(join(home, 'enabled_plugins'), `${plugins}\n`);
  await giveTo(account, home);
  const environment = {
    HOME: home,
    RABBITMQ_NODENAME: `tandem-${port}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: `${port}`,
    RABBITMQ_DIST_PORT: `${distribution}`,
    RABBITMQ_MNESIA_BASE: join(home, 'mnesia'),
    RABBITMQ_LOG_BASE: join(home, 'log'),
    RABBITMQ_PID_FILE: join(home, 'rabbitmq.pid'),
    RABBITMQ_CONFIG_FILE: join(home, 'rabbitmq.conf'),
    RABBITMQ_CONF_ENV_FILE: join(home, 'absent.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(home, 'enabled_plugins'),
  };
  const url = `amqp://guest:guest@127.0.0.1:${port}`;
  return { url, secureUrl: `amqps://guest:guest@127.0.0.1:${secure}`, home, account, environment };
}

/** Writes the certificates; yields the lines of the configuration that use them. */
async function secureListener(home: string, port: number, { authority, cert, key }: BrokerCertificates) {
  for (const [name, text] of Object.entries({ authority, cert, key })) await writeFile(join(home, `${name}.pem`), text);
  return [
    `listeners.ssl.1 = 127.0.0.1:${port}`,
    `ssl_options.cacertfile = ${join(home, 'authority.pem')}`,
    `ssl_options.certfile = ${join(home, 'cert.pem')}`,
    `ssl_options.keyfile = ${join(home, 'key.pem')}`,
    'ssl_options.verify = verify_peer',
    'ssl_options.fail_if_no_peer_cert = false',
    'ssl_cert_login_from = common_name',
    'auth_mechanisms.1 = PLAIN',
    'auth_mechanisms.2 = EXTERNAL',
  ];
}

/** Starts a broker at its place. `keepHome` leaves its data for the next start. */
export async function startBrokerAt(
  { script }: InstalledBroker,
  { url, ...place }: BrokerPlace,
  isReady: (url: string) => Promise<void>,
  { keepHome = false } = {},
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const server = await keepServer({
    name: 'RabbitMQ',
    command: script,
    args: [],
    ...place,
    stopSignal: 'TERM',
    removeHome: !keepHome,
    isReady: () => isReady(url),
  });
  return { url, stop: server.stop };
}

/** Starts a broker with a node name, ports, cookie and data of its own; all of it goes when it stops. */
export async function startBroker(broker: InstalledBroker, isReady: (url: string) => Promise<void>) {
  return startBrokerAt(broker, await newBrokerPlace(), isReady);
}
