import { readFile } from 'node:fs/promises';
import { connect } from 'amqplib';
import { moneyImbalances } from '../../golden/judge/balance.js';
import type { OrderEvidence } from '../../golden/judge/evidence.js';
import { observe } from '../../golden/observer.js';
import type { Balance, Effect, Evidence, Peaks, Step } from '../invariants/evidence.js';
import { readKept } from '../invariants/read-kept.js';
import { topology } from '@tandem/messaging';
import type { Cluster } from './cluster.js';
import type { Load } from './load.js';

/** Looks everywhere, once. */
export async function gather(
  cluster: Cluster,
  load: Load,
  peaks: Peaks,
  balances: readonly Balance[],
): Promise<Evidence> {
  const seen = await observe(cluster, load.played);
  const orders = seen.orders.map(({ evidence }) => evidence);
  return {
    acknowledged: [...load.sender.confirmed],
    ...(await readKept((statement) => cluster.rows(statement))),
    onTheBus: await depth(cluster),
    effects: orders.flatMap(effectsOf),
    steps: await readSteps(cluster),
    balances: [...balances, ...(await readBalances(cluster))],
    verdicts: seen.orders.map(({ verdict }) => verdict),
    strays: seen.strays,
    money: orders.flatMap(moneyImbalances),
    owners: orders.flatMap(ownersOf),
    peaks,
    texts: await readTexts(cluster),
    secrets: secretsOf(cluster, orders),
  };
}

const readSteps = async (cluster: Cluster) =>
  chained(
    await cluster.rows<{ [K in keyof Step]: Step[K] }>(
      `SELECT site || ':' || number || coalesce(':' || line, '') AS subject, from_status AS "from", to_status AS "to"
       FROM order_history WHERE to_status !~ '^(on|no)-hold' ORDER BY subject, oms_time, from_status IS NOT NULL`,
    ),
  );

const ownersOf = ({ expected, oms: { order } }: OrderEvidence) =>
  order === undefined
    ? []
    : [{ number: expected.number, organization: expected.site.organization, heldBy: order.OrgId }];

const traceOf = (traceparent: string | null) => traceparent?.split('-')[1] ?? null;

/** A change of a record is told by what it changed from and to, so that a quantity may go from 0 to 3 and back. */
const effectsOf = ({ oms, crm }: OrderEvidence): Effect[] => [
  ...oms.writes
    .filter(({ by }) => by === 'api')
    .map(({ entity, key, kind, traceparent }) => ({
      side: 'oms',
      key: `${entity} ${key}`,
      change: kind,
      traceId: traceOf(traceparent),
    })),
  ...crm.writes.map(({ object, externalId, recordId, kind, changes, traceparent }) => ({
    side: 'crm',
    key: `${object} ${externalId ?? recordId}`,
    change: `${kind} ${JSON.stringify(changes)}`,
    traceId: traceOf(traceparent),
  })),
];

/** Steps of one moment in the order in which they hang together. */
function chained(steps: readonly Step[]): Step[] {
  return [...Map.groupBy(steps, ({ subject }) => subject).values()].flatMap((own) => {
    const rest = [...own];
    const line: Step[] = [];
    while (rest.length > 0) {
      const standing = line.at(-1)?.to ?? null;
      const next = rest.findIndex(({ from }) => from === standing);
      line.push(...rest.splice(Math.max(next, 0), 1));
    }
    return line;
  });
}

/** Of every order, as it was committed last. Read again and again during a run: it holds at every committed instant. */
export async function readBalances(cluster: Cluster): Promise<Balance[]> {
  const rows = await cluster.rows<{ [K in keyof Balance]: Balance[K] }>(
    `SELECT o.number || ' line ' || (l.line->>'id') AS subject, (l.line->>'quantity')::int AS ordered,
       (SELECT sum(p.value::numeric)::int FROM jsonb_each_text((o.life->'observations'->-1)->'lines'->(l.line->>'id')) AS p) AS counted
     FROM orders o, jsonb_array_elements(o."order"->'terms'->'lines') AS l (line)
     WHERE jsonb_array_length(o.life->'observations') > 0`,
  );
  return [...rows];
}

async function depth({ broker, prefix, eventsQueue }: Cluster): Promise<number> {
  const connection = await connect(broker.url);
  try {
    const channel = await connection.createChannel();
    const queues = topology.map(({ name }) => name);
    const names = queues.flatMap((queue) => Array.from({ length: 8 }, (_, lane) => `${prefix}${queue}.lane-${lane}`));
    let messages = 0;
    for (const name of [...names, eventsQueue]) messages += (await channel.checkQueue(name)).messageCount;
    return messages;
  } finally {
    await connection.close();
  }
}

async function readTexts(cluster: Cluster): Promise<Evidence['texts']> {
  const logs = cluster.replicas.map(async ({ name, logFile }) => ({
    where: `the log of ${name}`,
    text: await readFile(logFile, 'utf8'),
  }));
  const columns = await cluster.rows<{ where: string; text: string }>(
    `SELECT 'the headers of the archive' AS "where", coalesce(string_agg(headers::text || coalesce(reason::text, '') ||
       coalesce(business_key, ''), ' '), '') AS text FROM message_archive
     UNION ALL SELECT 'the attempts', coalesce(string_agg(sentence, ' '), '') FROM message_attempts
     UNION ALL SELECT 'the reasons of parked messages', coalesce(string_agg(reason::text, ' '), '') FROM parked_messages
     UNION ALL SELECT 'the audit', coalesce(string_agg(details::text, ' '), '') FROM audit_entries`,
  );
  return [...(await Promise.all(logs)), ...columns];
}

const secretsOf = ({ credentials }: Cluster, orders: readonly OrderEvidence[]): string[] => [
  credentials.apiSecret,
  credentials.hmacSecret,
  credentials.bearerSecret,
  credentials.clientSecret,
  ...new Set(orders.flatMap(({ expected: { terms } }) => [terms.lastName, terms.email])),
];
