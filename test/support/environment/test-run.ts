import { randomBytes } from 'node:crypto';
import { dropDatabasesOfRun } from './database.js';
import { startPostgres } from './postgres.js';
import { findRabbit } from './rabbit.js';

/**
 * Finds or starts what the integration tests need and tells the workers by `TANDEM_TEST_DB_URL`, `TANDEM_TEST_RUN` and,
 * where there is a broker, `TANDEM_TEST_AMQP_URL`.
 * @returns what takes it all down again.
 */
export async function startTestRun(say: (sentence: string) => void): Promise<() => Promise<void>> {
  const [postgres, rabbit] = await Promise.all([
    startPostgres({ durable: false, onProgress: say }),
    findRabbit({ onProgress: say }),
  ]);
  process.env['TANDEM_TEST_RUN'] = randomBytes(4).toString('hex');
  process.env['TANDEM_TEST_DB_URL'] = postgres.url;
  if ('missing' in rabbit) {
    delete process.env['TANDEM_TEST_AMQP_URL'];
    say(`${rabbit.missing} EVERY TEST THAT NEEDS A BROKER IS SKIPPED.`);
  } else {
    process.env['TANDEM_TEST_AMQP_URL'] = rabbit.url;
  }
  return async () => {
    await dropDatabasesOfRun();
    await Promise.all([postgres.stop(), 'missing' in rabbit ? undefined : rabbit.stop()]);
  };
}
