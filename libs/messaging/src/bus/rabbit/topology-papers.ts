import { externalArguments, laneArguments, type BrokerTopology } from './broker-topology.js';

/** Where and for whom the team of a broker makes what we need. */
export interface BrokerTenant {
  readonly vhost: string;
  /** Undefined where rights are granted some other way. */
  readonly user: string | undefined;
}

/** What a user of ours may do, as RabbitMQ's regular expressions: no more than send to our exchange and take from our queues. */
export function rightsFor({ exchange, lanes, external, adopted }: BrokerTopology) {
  const queues = new Set(lanes.map((lane) => `${escaped(lane.replace(/\d+$/, ''))}[0-9]+`));
  const taken = [...queues, ...external.map(escaped), ...adopted.map(escaped)];
  return { configure: '', write: `^${escaped(exchange)}$`, read: `^(${taken.join('|')})$` };
}

/** What `rabbitmqctl import_definitions` and the management API take. The user must be there already: it has a secret of its own. */
export function definitionsFor(topology: BrokerTopology, { vhost, user }: BrokerTenant) {
  const { exchange, lanes, external } = topology;
  const common = { vhost, durable: true, auto_delete: false };
  return {
    permissions: user === undefined ? [] : [{ user, vhost, ...rightsFor(topology) }],
    exchanges: [{ name: exchange, ...common, type: 'direct', internal: false, arguments: {} }],
    queues: [
      ...lanes.map((name) => ({ name, ...common, arguments: laneArguments })),
      ...external.map((name) => ({ name, ...common, arguments: externalArguments })),
    ],
    bindings: lanes.map((lane) => ({
      source: exchange,
      vhost,
      destination: lane,
      destination_type: 'queue',
      routing_key: lane,
      arguments: {},
    })),
  };
}

/** The same as a shell script. It needs `rabbitmqctl` alone, which comes with the broker: `rabbitmqadmin` would need a plugin. */
export function scriptFor(topology: BrokerTopology, tenant: BrokerTenant): string {
  const { user } = tenant;
  const vhost = quoted(tenant.vhost);
  const { configure, write, read } = rightsFor(topology);
  const rights = [configure, write, read].map(quoted).join(' ');
  return `#!/bin/sh
# Makes what Tandem needs on this broker: an exchange, its queues and their bindings. What is there already stays as it is.
# Run it on a node of the broker, as an account that may use rabbitmqctl. It needs no plugin.
set -eu

rabbitmqctl --silent list_vhosts name | grep -qxF ${vhost} || {
  echo "The virtual host is missing: rabbitmqctl add_vhost" ${vhost} >&2
  exit 1
}
${user === undefined ? '' : userPart(quoted(user))}
rabbitmqctl --silent import_definitions <<'DEFINITIONS'
${JSON.stringify(definitionsFor(topology, { ...tenant, user: undefined }), null, 2)}
DEFINITIONS
${
  user === undefined
    ? `# Then, with the name of the user: rabbitmqctl set_permissions -p ${vhost} USER ${rights}`
    : `rabbitmqctl --silent set_permissions -p ${vhost} ${quoted(user)} ${rights}`
}
`;
}

const userPart = (user: string) => `rabbitmqctl --silent list_users | cut -f 1 | grep -qxF ${user} || {
  echo "The user is missing: rabbitmqctl add_user" ${user} >&2
  exit 1
}
`;

const escaped = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
