import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { freePort } from '../environment/free-port.js';
import { CrmAgent } from './crm-agent.js';
import { CrmTwin } from './crm-twin.js';
import type { ChaosSwitches } from './oms-shapes.js';
import { OmsTwin } from './oms-twin.js';
import { removeQueues } from './remove-queues.js';
import { runFolder, Service } from './service.js';
import {
  busPrefix,
  local,
  newCredentials,
  omsEventsQueue,
  syncApiEnvironment,
  twinsEnvironment,
  writeEnvironmentFile,
  type Credentials,
  type Plan,
} from './settings.js';
import { SyncApi } from './sync-api.js';

export interface StackOptions {
  /** Where sync-api keeps its state. Stays the caller's: `stop` leaves it alone. */
  readonly databaseUrl: string;
  /** The broker; without it the bus is kept on the database and the OMS pushes over HTTP. */
  readonly amqpUrl?: string | undefined;
  /** How the OMS's messages travel. */
  readonly chaos?: ChaosSwitches;
  /** Whether the service listens to the CRM's changes. */
  readonly crmEvents?: boolean;
  readonly crmFeatures?: readonly string[];
  /** `config/countries` where none is said. */
  readonly countriesFolder?: string;
  /** `config/sites` where none is said. */
  readonly sitesFolder?: string;
  /** Queues at the broker, there already, that an older integration has left. */
  readonly deadLetterQueues?: readonly string[];
  /** So many orders that change within a second are load; the service's own choice where none is said. */
  readonly loadFrom?: number;
  /** Where a profiler may look into sync-api. */
  readonly inspectPort?: number;
  readonly onProgress?: (sentence: string) => void;
}

/** What players and observers of orders need: the far sides, and the service as its callers see it. */
export type Sides = Pick<Stack, 'oms' | 'crm' | 'syncApi'>;

/** The same with someone who works in the CRM, for orders that somebody edits. */
export type Stage = Sides & Partial<Pick<Stack, 'agent'>>;

export interface Stack {
  /** Names this run: logs are in `.tandem/<run>`. */
  readonly run: string;
  readonly oms: OmsTwin;
  readonly crm: CrmTwin;
  /** Someone who works in the CRM. */
  readonly agent: CrmAgent;
  readonly syncApi: SyncApi;
  /** What a person types to start sync-api again after it ended. */
  readonly restartCommand: string;
  /** Whether the sync-api that this stack started still runs. */
  isSyncApiRunning(): boolean;
  /** Returns when the process is gone. */
  killSyncApi(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Starts sync-api again, on the same port and state; returns when it is ready. */
  startSyncApi(): Promise<void>;
  /** Ends every process in order; the ports are free afterwards. Harmless when repeated. */
  stop(): Promise<void>;
}

/** Both twins and sync-api, each a process of its own, joined up and ready. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const plan = await planFor(options);
  const { run, syncApiPort, crmPort, omsPort } = plan;
  const credentials = newCredentials();
  const clients = {
    oms: new OmsTwin(local(omsPort), credentials),
    crm: new CrmTwin(local(crmPort)),
    agent: new CrmAgent(local(crmPort), credentials),
    syncApi: new SyncApi(local(syncApiPort), credentials.apiSecret, credentials.hmacSecret),
  };
  const environmentFile = join(runFolder(run), 'sync-api.env');
  const { twins, syncApi } = await services(plan, credentials, clients, environmentFile);
  const stop = async () => {
    await syncApi.stop();
    await twins.stop();
    if (options.amqpUrl !== undefined) await removeQueues(options.amqpUrl, busPrefix(run)).catch(() => undefined);
  };
  try {
    options.onProgress?.('Starting the twins of both vendors');
    await twins.start();
    options.onProgress?.('Starting sync-api');
    await syncApi.start();
    await joinUp(clients.oms, plan, credentials, options.chaos);
  } catch (fault) {
    await stop();
    throw fault;
  }
  return {
    run,
    ...clients,
    restartCommand: `node_modules/.bin/node --env-file=${relative('.', environmentFile)} ${syncApiFile}`,
    isSyncApiRunning: () => syncApi.isRunning,
    killSyncApi: (signal = 'SIGKILL') => syncApi.kill(signal),
    startSyncApi: () => syncApi.start(),
    stop,
  };
}

async function planFor({ crmEvents, ...options }: StackOptions): Promise<Plan> {
  const { databaseUrl, amqpUrl, crmFeatures, countriesFolder, sitesFolder, deadLetterQueues } = options;
  const { inspectPort, loadFrom } = options;
  const [syncApiPort, crmPort, omsPort, free] = await fourPorts();
  const eventsPort = crmEvents === true ? free : undefined;
  return {
    run: `run-${new Date().toISOString().slice(5, 23).replace(/\D/g, '')}-${process.pid}`,
    ...{ databaseUrl, amqpUrl, crmFeatures, countriesFolder, sitesFolder, deadLetterQueues, inspectPort, loadFrom },
    ...{ syncApiPort, crmPort, omsPort, eventsPort },
  };
}

/** The two processes of a stack, not started; the environment of sync-api is written down for a person's hands. */
async function services(
  plan: Plan,
  credentials: Credentials,
  { crm, oms, syncApi }: Pick<Stack, 'crm' | 'oms' | 'syncApi'>,
  environmentFile: string,
): Promise<{ twins: Service; syncApi: Service }> {
  const folder = runFolder(plan.run);
  await mkdir(folder, { recursive: true });
  const environment = syncApiEnvironment(plan, credentials);
  await writeEnvironmentFile(environmentFile, environment);
  return {
    twins: new Service({
      name: 'The twins of both vendors',
      file: 'apps/vendor-twins/dist/src/main.js',
      environment: twinsEnvironment(plan, credentials),
      logFile: join(folder, 'twins.log'),
      isReady: async () => (await crm.isReady()) && (await oms.isReady()),
    }),
    syncApi: new Service({
      name: 'sync-api',
      file: syncApiFile,
      environment,
      logFile: join(folder, 'sync-api.log'),
      isReady: () => syncApi.isReady(),
    }),
  };
}

const syncApiFile = 'apps/sync-api/dist/src/main.js';

/** Tells the OMS where to publish: the broker's queue where there is a broker, else our HTTP door. */
async function joinUp(oms: OmsTwin, plan: Plan, { hmacSecret }: Credentials, chaos?: ChaosSwitches): Promise<void> {
  const url = `${local(plan.syncApiPort)}/v1/oms/order-events`;
  await oms.publishTo(
    plan.amqpUrl === undefined
      ? { http: { url, hmacSecret, shape: 'wrapped' }, amqp: null }
      : { http: null, amqp: { url: plan.amqpUrl, queue: omsEventsQueue(plan.run), shape: 'bare' } },
  );
  // Our tenant takes cancellations after release, as requests to its warehouse.
  await oms.chooseAsTenant({ lateCancel: true });
  if (chaos !== undefined) await oms.setChaos(chaos);
}

async function fourPorts(): Promise<[number, number, number, number]> {
  const ports = new Set<number>();
  while (ports.size < 4) ports.add(await freePort());
  const [first = 0, second = 0, third = 0, fourth = 0] = ports;
  return [first, second, third, fourth];
}
