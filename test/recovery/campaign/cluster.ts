import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { freePort, PrivateBroker, PrivatePostgres } from '../../support/environment/index.js';
import { Balancer } from '../../support/network/balancer.js';
import { Wire } from '../../support/network/wire.js';
import { CrmTwin } from '../../support/stack/crm-twin.js';
import { OmsTwin } from '../../support/stack/oms-twin.js';
import { runFolder, Service } from '../../support/stack/service.js';
import {
  busPrefix,
  local,
  newCredentials,
  omsEventsQueue,
  syncApiEnvironment,
  twinsEnvironment,
  type Credentials,
} from '../../support/stack/settings.js';
import { SyncApi } from '../../support/stack/sync-api.js';
import { Replica } from './replica.js';

/** The wires on which the replicas reach what they need. */
export interface Wires {
  readonly database: Wire;
  readonly broker: Wire;
  readonly crm: Wire;
  readonly oms: Wire;
}

const replicaCount = 2;

/** Two replicas of sync-api behind a balancer, both twins, and a database and a broker of their own: all of it may be broken. */
export class Cluster {
  readonly oms: OmsTwin;
  readonly crm: CrmTwin;
  /** Through the balancer, as callers come. */
  readonly syncApi: SyncApi;

  private constructor(
    readonly run: string,
    readonly credentials: Credentials,
    readonly postgres: PrivatePostgres,
    readonly broker: PrivateBroker,
    readonly wires: Wires,
    readonly replicas: readonly Replica[],
    private readonly twins: Service,
    private readonly balancer: Balancer,
    ports: { readonly crm: number; readonly oms: number },
  ) {
    this.oms = new OmsTwin(local(ports.oms), credentials);
    this.crm = new CrmTwin(local(ports.crm));
    this.syncApi = new SyncApi(local(balancer.port), credentials.apiSecret, credentials.hmacSecret);
  }

  static async start(say: (sentence: string) => void): Promise<Cluster> {
    const run = `chaos-${new Date().toISOString().slice(5, 23).replace(/\D/g, '')}-${process.pid}`;
    await mkdir(runFolder(run), { recursive: true });
    say('Starting a database and a broker of their own');
    const [postgres, broker] = await Promise.all([PrivatePostgres.start(), PrivateBroker.start()]);
    const ports = { crm: await freePort(), oms: await freePort() };
    const wires: Wires = {
      database: await Wire.to(() => portOf(postgres.url)),
      broker: await Wire.to(() => portOf(broker.url)),
      crm: await Wire.to(() => ports.crm),
      oms: await Wire.to(() => ports.oms),
    };
    const credentials = newCredentials();
    const through = {
      databaseUrl: () => withPort(postgres.url, wires.database.port),
      amqpUrl: withPort(broker.url, wires.broker.port),
    };
    const replicas: Replica[] = [];
    for (let number = 1; number <= replicaCount; number += 1) {
      const syncApiPort = await freePort();
      const plan = { run, syncApiPort, crmPort: wires.crm.port, omsPort: wires.oms.port };
      const environment = syncApiEnvironment(
        { ...plan, databaseUrl: through.databaseUrl(), amqpUrl: through.amqpUrl },
        credentials,
      );
      replicas.push(new Replica(`replica-${number}`, syncApiPort, environment, runFolder(run)));
    }
    const twins = twinsOf(run, { ...ports, crmWire: wires.crm.port }, credentials);
    const balancer = await Balancer.over(replicas.map(({ port }) => port));
    const cluster = new Cluster(run, credentials, postgres, broker, wires, replicas, twins, balancer, ports);
    try {
      await cluster.open(say);
    } catch (fault) {
      await cluster.stop();
      throw fault;
    }
    return cluster;
  }

  get eventsQueue(): string {
    return omsEventsQueue(this.run);
  }

  get prefix(): string {
    return busPrefix(this.run);
  }

  /** Asks the database past all wires. */
  async rows<T extends pg.QueryResultRow>(statement: string, values: readonly unknown[] = []): Promise<readonly T[]> {
    const client = new pg.Client({ connectionString: this.postgres.url, connectionTimeoutMillis: 3_000 });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<T>(statement, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.stop()));
    await this.twins.stop();
    await Promise.all(Object.values(this.wires).map((wire: Wire) => wire.close()));
    await this.balancer.close();
    await Promise.all([this.postgres.stop(), this.broker.stop()]);
  }

  private async open(say: (sentence: string) => void): Promise<void> {
    say('Starting the twins of both vendors and two replicas');
    await this.twins.start();
    await Promise.all(this.replicas.map((replica) => replica.start()));
    await this.oms.publishTo({
      http: null,
      amqp: { url: this.broker.url, queue: this.eventsQueue, shape: 'bare' },
    });
  }
}

const portOf = (url: string) => Number(new URL(url).port);

function withPort(url: string, port: number): string {
  const changed = new URL(url);
  changed.port = String(port);
  return changed.href;
}

/** The org names the wire as its own address: else only logins would pass over it. */
function twinsOf(run: string, ports: { crm: number; oms: number; crmWire: number }, credentials: Credentials): Service {
  const [crm, oms] = [new CrmTwin(local(ports.crm)), new OmsTwin(local(ports.oms), credentials)];
  return new Service({
    name: 'The twins of both vendors',
    file: 'apps/vendor-twins/dist/src/main.js',
    environment: {
      ...twinsEnvironment({ syncApiPort: 0, crmPort: ports.crm, omsPort: ports.oms }, credentials),
      TWIN_CRM_INSTANCE_URL: local(ports.crmWire),
    },
    logFile: join(runFolder(run), 'twins.log'),
    isReady: async () => (await crm.isReady()) && (await oms.isReady()),
  });
}
