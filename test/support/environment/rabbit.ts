import { connect } from 'amqplib';
import { installedBroker, startBroker } from './rabbit-server.js';

export type FoundRabbit =
  | {
      /** `amqp://…`, answered a moment ago. */
      readonly url: string;
      /** Stops the broker if it was started here; leaves any other alone. */
      stop(): Promise<void>;
    }
  | {
      /** A sentence that says what was looked for and what to do. */
      readonly missing: string;
    };

const localUrl = 'amqp://guest:guest@127.0.0.1:5672';

/**
 * The broker at `TANDEM_AMQP_URL`; else the one on this machine's usual port; else one started here on ports of its own
 * from an installed `rabbitmq-server`, which is installed first when `TANDEM_TEST_INSTALL=1` and we are root on Debian.
 * A broker that was asked for by name and does not answer is missing: the tests never fall back to another one.
 */
export async function findRabbit({
  onProgress,
}: { onProgress?: (sentence: string) => void } = {}): Promise<FoundRabbit> {
  const given = process.env['TANDEM_AMQP_URL'];
  if (given !== undefined && given !== '') {
    return (await answers(given)) ? found(given) : { missing: 'RabbitMQ at TANDEM_AMQP_URL does not answer.' };
  }
  if (await answers(localUrl)) return found(localUrl);
  const server = await installedBroker({ mayInstall: process.env['TANDEM_TEST_INSTALL'] === '1', onProgress });
  if ('missing' in server) return server;
  onProgress?.('Starting RabbitMQ');
  return startBroker(server, async (url) => {
    if (!(await answers(url))) throw new Error('RabbitMQ does not answer yet');
  });
}

function found(url: string): FoundRabbit {
  return { url, stop: () => Promise.resolve() };
}

/** Whether a broker lets us in. */
export async function answers(url: string): Promise<boolean> {
  try {
    const connection = await connect(url, { timeout: 2000 });
    await connection.close();
    return true;
  } catch {
    return false;
  }
}
