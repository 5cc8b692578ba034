import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../support/environment/index.js';
import { Balancer } from '../../support/network/balancer.js';
import { callJson } from '../../support/stack/json-http.js';
import { CrmAgent } from '../../support/stack/crm-agent.js';
import { CrmTwin } from '../../support/stack/crm-twin.js';
import { OmsTwin } from '../../support/stack/oms-twin.js';
import { removeQueues } from '../../support/stack/remove-queues.js';
import { runFolder, Service } from '../../support/stack/service.js';
import {
  busPrefix,
  local,
  newCredentials,
  omsEventsQueue,
  syncApiEnvironment,
  twinsEnvironment,
  type Credentials,
  type Plan,
} from '../../support/stack/settings.js';
import { readersOf } from './readers.js';
import type { Sides } from '../../support/stack/start-stack.js';
import { SyncApi } from '../../support/stack/sync-api.js';

/** Replicas of sync-api on one database and one bus, behind a balancer, and both twins. */
export interface Replicas extends Sides {
  readonly all: readonly Service[];
  readonly agent: CrmAgent;
  /** Of each queue, from the next start of each on. */
  useLanes(count: number): void;
  /** How many replicas take from a lane, named without the prefix. */
  readersOf(lane: string): Promise<number>;
  stop(): Promise<void>;
}

const replicaCount = 2;

export interface ReplicasOptions {
  readonly databaseUrl: string;
  readonly amqpUrl?: string | undefined;
  /** Whether they listen to the CRM's changes. */
  readonly crmEvents?: boolean;
}

export async function startReplicas({ databaseUrl, amqpUrl, crmEvents }: ReplicasOptions): Promise<Replicas> {
  const run = `rolling-${new Date().toISOString().slice(5, 23).replace(/\D/g, '')}-${process.pid}`;
  await mkdir(runFolder(run), { recursive: true });
  const credentials = newCredentials();
  const eventsPort = crmEvents === true ? await freePort() : undefined;
  const plan = { run, databaseUrl, amqpUrl, crmPort: await freePort(), omsPort: await freePort(), eventsPort };
  const ports = [];
  while (ports.length < replicaCount) ports.push(await freePort());
  const wish: Record<string, string> = {};
  const all = ports.map((syncApiPort) => replicaOf({ ...plan, syncApiPort }, credentials, wish));
  const balancer = await Balancer.over(ports);
  const sides = {
    oms: new OmsTwin(local(plan.omsPort), credentials),
    crm: new CrmTwin(local(plan.crmPort)),
    agent: new CrmAgent(local(plan.crmPort), credentials),
    syncApi: new SyncApi(local(balancer.port), credentials.apiSecret, credentials.hmacSecret),
  };
  const twins = twinsOf({ ...plan, syncApiPort: balancer.port }, credentials, sides, run);
  const stop = async () => {
    await Promise.all(all.map((replica) => replica.stop()));
    await twins.stop();
    await balancer.close();
    if (amqpUrl !== undefined) await removeQueues(amqpUrl, busPrefix(run)).catch(() => undefined);
  };
  try {
    await twins.start();
    await Promise.all(all.map((replica) => replica.start()));
    await sides.oms.publishTo(destinationOf(plan, sides.syncApi.url, credentials));
  } catch (fault) {
    await stop();
    throw fault;
  }
  const useLanes = (count: number) => void (wish['TANDEM_LANES'] = String(count));
  const where = { databaseUrl, amqpUrl, prefix: busPrefix(run) };
  return { ...sides, all, useLanes, readersOf: (lane) => readersOf({ ...where, lane }), stop };
}

/** The broker's queue where there is a broker, else our HTTP door behind the balancer. */
const destinationOf = ({ run, amqpUrl }: Pick<Plan, 'run' | 'amqpUrl'>, url: string, { hmacSecret }: Credentials) =>
  amqpUrl === undefined
    ? { http: { url: `${url}/v1/oms/order-events`, hmacSecret, shape: 'wrapped' as const }, amqp: null }
    : { http: null, amqp: { url: amqpUrl, queue: omsEventsQueue(run), shape: 'bare' as const } };

function replicaOf(plan: Plan, credentials: Credentials, wish: Readonly<Record<string, string>>): Service {
  const name = `replica-${plan.syncApiPort}`;
  const isReady = async () =>
    (await callJson('GET', `${local(plan.syncApiPort)}/health`, { timeoutMs: 5_000 })).status === 200;
  return new Service({
    name,
    file: 'apps/sync-api/dist/src/main.js',
    environment: () => ({ ...syncApiEnvironment(plan, credentials), ...wish }),
    logFile: join(runFolder(plan.run), `${name}.log`),
    isReady,
  });
}

const twinsOf = (plan: Plan, credentials: Credentials, { crm, oms }: Sides, run: string) =>
  new Service({
    name: 'The twins of both vendors',
    file: 'apps/vendor-twins/dist/src/main.js',
    environment: twinsEnvironment(plan, credentials),
    logFile: join(runFolder(run), 'twins.log'),
    isReady: async () => (await crm.isReady()) && (await oms.isReady()),
  });
