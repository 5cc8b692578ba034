import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runToEnd } from './keep-server.js';
import { answers } from './rabbit.js';
import {
  installedBroker,
  newBrokerPlace,
  startBrokerAt,
  type BrokerCertificates,
  type BrokerPlace,
  type InstalledBroker,
} from './rabbit-server.js';
import { giveTo } from './server-account.js';

const control = '/usr/lib/rabbitmq/bin/rabbitmqctl';

/** A RabbitMQ that a test may kill, alarm and cut off: ports and data of its own, and it comes back with both. */
export class PrivateBroker {
  private server: { stop(): Promise<void> } | undefined;

  private constructor(
    private readonly installed: InstalledBroker,
    private readonly place: BrokerPlace,
  ) {}

  /** @throws with a sentence where no RabbitMQ is installed. */
  static async start(certificates?: BrokerCertificates): Promise<PrivateBroker> {
    const installed = await installedBroker({ mayInstall: process.env['TANDEM_TEST_INSTALL'] === '1' });
    if ('missing' in installed) throw new Error(installed.missing);
    const broker = new PrivateBroker(installed, await newBrokerPlace(certificates));
    await broker.startAgain();
    return broker;
  }

  get url(): string {
    return this.place.url;
  }

  /** Where it was given certificates. */
  get secureUrl(): string {
    return this.place.secureUrl;
  }

  async startAgain(): Promise<void> {
    const ready = async (url: string) => {
      if (!(await answers(url))) throw new Error('RabbitMQ does not answer yet');
    };
    this.server = await startBrokerAt(this.installed, this.place, ready, { keepHome: true });
  }

  /** As a machine that loses its power; what was confirmed is on disk. */
  async kill(): Promise<void> {
    const pid = Number((await readFile(join(this.place.home, 'rabbitmq.pid'), 'utf8')).trim());
    process.kill(pid, 'SIGKILL');
    await this.server?.stop();
  }

  /** Runs a shell script as the broker's own team would: `rabbitmqctl` is on its path. @throws with its output when it fails. */
  async run(script: string): Promise<void> {
    const { environment, home, account } = this.place;
    const path = join(home, 'script.sh');
    await writeFile(path, script);
    await giveTo(account, path);
    const PATH = `${dirname(control)}:${process.env['PATH']}`;
    await runToEnd({ command: '/bin/sh', args: [path], home, account, environment: { ...environment, PATH } });
  }

  closeConnections(): Promise<void> {
    return this.control('close_all_connections', 'chaos');
  }

  /** While it lasts, whoever publishes is blocked. */
  raiseDiskAlarm(): Promise<void> {
    return this.control('eval', 'rabbit_alarm:set_alarm({{resource_limit, disk, node()}, []}).');
  }

  clearDiskAlarm(): Promise<void> {
    return this.control('eval', 'rabbit_alarm:clear_alarm({resource_limit, disk, node()}).');
  }

  async stop(): Promise<void> {
    await this.server?.stop();
    await rm(this.place.home, { recursive: true, force: true });
  }

  /** Runs `rabbitmqctl`. @throws with its output when it fails. */
  control(...args: readonly string[]): Promise<void> {
    const { environment, home, account } = this.place;
    return runToEnd({ command: control, args, home, account, environment });
  }
}
