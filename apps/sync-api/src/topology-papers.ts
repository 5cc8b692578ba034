import { parseArgs } from 'node:util';
import { brokerTopology, definitionsFor, rightsFor, scriptFor, topologyWith } from '@tandem/messaging';
import { brokerNames, laneCount } from './platform/broker-settings.js';
import { Environment } from './platform/environment.js';

const HELP = `Usage: npm run topology -- [--format definitions|script] [--prefix P] [--lanes N] [--events-queue Q]
                           [--dead-letter-queues Q,Q] [--vhost V] [--user U] [--json]
Prints what the team of a RabbitMQ has to make there, so that the service needs no right to configure anything
(TANDEM_BUS_TOPOLOGY=verify). It asks no broker.
  --format definitions  JSON for \`rabbitmqctl import_definitions\` or the management API (the default)
  --format script       a shell script that needs rabbitmqctl alone, and no plugin
  --prefix P            stands before every name; by default TANDEM_BUS_PREFIX, else tandem.
  --lanes N             of each queue, 1 to 64; by default TANDEM_LANES, else 8
  --events-queue Q      the OMS publishes to it; by default TANDEM_OMS_EVENTS_QUEUE, else the prefix and oms.order-events
  --dead-letter-queues Q,Q  taken over from an older integration; by default TANDEM_OMS_DEAD_LETTER_QUEUES. Granted, not made
  --vhost V             the virtual host; by default /
  --user U              gets the least rights that suffice; without it none are granted
  --json                one line: vhost, user, rights and definitions`;

const options = {
  format: { type: 'string', default: 'definitions' },
  prefix: { type: 'string' },
  lanes: { type: 'string' },
  'events-queue': { type: 'string' },
  'dead-letter-queues': { type: 'string' },
  vhost: { type: 'string', default: '/' },
  user: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

function papers(args: readonly string[]): string {
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) return HELP;
  const given = {
    TANDEM_BUS_PREFIX: values.prefix,
    TANDEM_LANES: values.lanes,
    TANDEM_OMS_EVENTS_QUEUE: values['events-queue'],
    TANDEM_OMS_DEAD_LETTER_QUEUES: values['dead-letter-queues'],
  };
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const env = new Environment({ ...process.env, ...set });
  const { prefix, omsEventsQueue, omsDeadLetterQueues } = brokerNames(env);
  const queues = topologyWith(laneCount(env));
  env.assertComplete();
  const topology = brokerTopology({ prefix, queues, external: [omsEventsQueue], adopted: omsDeadLetterQueues });
  const tenant = { vhost: values.vhost, user: values.user };
  const definitions = definitionsFor(topology, tenant);
  if (values.json) return JSON.stringify({ ...tenant, rights: rightsFor(topology), definitions });
  switch (values.format) {
    case 'definitions':
      return JSON.stringify(definitions, null, 2);
    case 'script':
      return scriptFor(topology, tenant).trimEnd();
    default:
      throw new TypeError(`--format is definitions or script, and not ${values.format}.`);
  }
}

try {
  process.stdout.write(`${papers(process.argv.slice(2))}\n`);
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\nnpm run topology -- --help\n`);
  process.exitCode = 2;
}
