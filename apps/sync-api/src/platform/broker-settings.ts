import { createPrivateKey, X509Certificate } from 'node:crypto';
import { defaultLanes, mostLanes, type BrokerAccess, type TopologyMode } from '@tandem/messaging';
import type { Environment } from './environment.js';

/** How the message broker is reached, and what we need there. */
export interface BrokerSettings extends BrokerAccess {
  readonly topology: TopologyMode;
}

/** Names at the broker. */
export interface BrokerNames {
  /** Stands before the name of everything of ours. */
  readonly prefix: string;
  /** The queue that the OMS's publishes arrive on. */
  readonly omsEventsQueue: string;
  /** Queues of dead letters that an older integration has left: publishes of the OMS too. */
  readonly omsDeadLetterQueues: readonly string[];
}

export function brokerNames(env: Environment): BrokerNames {
  const prefix = env.text('TANDEM_BUS_PREFIX', 'tandem.');
  const omsEventsQueue = env.text('TANDEM_OMS_EVENTS_QUEUE', `${prefix}oms.order-events`);
  const omsDeadLetterQueues = namesIn(env.optional('TANDEM_OMS_DEAD_LETTER_QUEUES') ?? '');
  if (omsDeadLetterQueues.includes(omsEventsQueue))
    env.complain(
      'TANDEM_OMS_DEAD_LETTER_QUEUES names the queue of TANDEM_OMS_EVENTS_QUEUE, which is taken from anyway.',
    );
  return { prefix, omsEventsQueue, omsDeadLetterQueues };
}

/** With commas between them, each once. A name may hold blanks, but not at its ends. */
const namesIn = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  ),
];

export const laneCount = (env: Environment) =>
  env.whole('TANDEM_LANES', { fallback: defaultLanes, least: 1, most: mostLanes });

/** Undefined where the message bus is kept on PostgreSQL. */
export function brokerSettings(env: Environment): BrokerSettings | undefined {
  const url = brokerUrls(env);
  if (url === undefined) return undefined;
  const tls = {
    ca: certificate(env, 'TANDEM_AMQP_CA'),
    cert: certificate(env, 'TANDEM_AMQP_CERT'),
    key: env.optionalSecret('TANDEM_AMQP_KEY'),
    passphrase: env.optionalSecret('TANDEM_AMQP_KEY_PASSPHRASE_SECRET'),
  };
  const login = env.choice('TANDEM_AMQP_LOGIN', ['password', 'external'], 'password');
  const isSecure = url.every((one) => one.startsWith('amqps:'));
  if (tls.cert !== undefined || tls.key !== undefined) checkPair(env, tls);
  if ((tls.ca ?? tls.cert) !== undefined && !isSecure)
    env.complain('TANDEM_AMQP_URL must begin with amqps: where certificates are given.');
  if (login === 'external' && (tls.cert === undefined || !isSecure))
    env.complain(
      'TANDEM_AMQP_LOGIN=external takes amqps: in TANDEM_AMQP_URL, TANDEM_AMQP_CERT_FILE and TANDEM_AMQP_KEY_FILE.',
    );
  return { url, tls, login, topology: env.choice('TANDEM_BUS_TOPOLOGY', ['assert', 'verify', 'none'], 'assert') };
}

/** One or several, with commas between them. */
function brokerUrls(env: Environment): readonly string[] | undefined {
  const urls = env
    .optionalSecret('TANDEM_AMQP_URL')
    ?.split(/[\s,]+/)
    .filter((url) => url !== '');
  const isUrl = (url: string) =>
    URL.canParse(url) && /^amqps?:$/.test(new URL(url).protocol) && new URL(url).host !== '';
  if (urls !== undefined && (urls.length === 0 || !urls.every(isUrl)))
    env.complain(
      'TANDEM_AMQP_URL is no URL that begins with amqp:// or amqps://, nor several with commas between them.',
    );
  return urls?.every(isUrl) ? urls : undefined;
}

function certificate(env: Environment, name: string): string | undefined {
  const pem = env.optionalSecret(name);
  if (pem !== undefined && certificateIn(pem) === undefined)
    env.complain(`${name} (or the file that ${name}_FILE names) holds no certificate in PEM.`);
  return pem;
}

/** Our certificate and our key must be of one pair. */
function checkPair(env: Environment, { cert, key, passphrase }: NonNullable<BrokerAccess['tls']>): void {
  if (cert === undefined || key === undefined)
    return env.complain('TANDEM_AMQP_CERT_FILE and TANDEM_AMQP_KEY_FILE go together: one of them is missing.');
  try {
    const isPair = certificateIn(cert)?.checkPrivateKey(createPrivateKey({ key, passphrase })) ?? true;
    if (!isPair) env.complain('TANDEM_AMQP_KEY_FILE is the key of another certificate than TANDEM_AMQP_CERT_FILE.');
  } catch {
    env.complain('TANDEM_AMQP_KEY_FILE holds no private key in PEM, or its passphrase is another.');
  }
  return undefined;
}

function certificateIn(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
