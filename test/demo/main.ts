import { Command, InvalidArgumentError } from 'commander';
import ora from 'ora';
import { tally, complaints, type Observation } from '../golden/observer.js';
import { runName } from '../golden/order-stream.js';
import { findRabbit } from '../support/environment/index.js';
import { chooseDatabase } from '../support/stack/choose-database.js';
import { startStack, type Stack } from '../support/stack/start-stack.js';
import { runDemo } from './run-demo.js';
import { screenOn } from './screen.js';

interface Options {
  readonly once?: true;
  readonly json?: true;
  readonly orders: number;
  readonly copies: number;
  readonly shuffleMs: number;
}

const wholeFrom = (least: number) => (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new InvalidArgumentError(`A whole number from ${least} is wanted.`);
  return value;
};

const options = new Command('demo')
  .description(
    'Starts PostgreSQL, twins of both vendors and sync-api, plays golden orders, and shows each through its life.\n' +
      'TANDEM_DB_URL and TANDEM_AMQP_URL, where set, are used instead of the embedded database and bus.',
  )
  .option('--once', 'end when all orders converged')
  .option('--json', 'end with one line of JSON on standard output')
  .option('--orders <n>', 'how many orders', wholeFrom(1), 25)
  .option('--copies <n>', 'the OMS delivers each message that often', wholeFrom(1), 1)
  .option('--shuffle-ms <ms>', 'each copy is held back for a random time up to this', wholeFrom(0), 0)
  .parse()
  .opts<Options>();

const started = Date.now();
const limitMs = 600_000;
const ending = new AbortController();
// Standard output belongs to the machine that reads the last line.
const out = options.json === true ? process.stderr : process.stdout;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // The second time is meant: every service ends with us by itself.
    if (ending.signal.aborted) process.exit(130);
    ending.abort();
    process.stderr.write('\nStopping …\n');
  });
}

function announce(stack: Stack, amqpUrl: string | undefined): void {
  const bus = amqpUrl === undefined ? 'kept on PostgreSQL' : 'RabbitMQ';
  out.write(
    `sync-api        ${stack.syncApi.url}/docs (API), ${stack.syncApi.url}/health\n` +
      `Salesforce twin ${stack.crm.url}/control\n` +
      `Manhattan twin  ${stack.oms.url}/control\n` +
      `message bus     ${bus}\nlogs            .tandem/${stack.run}/\n` +
      (options.once === true ? '' : 'Ctrl-C ends it.\n'),
  );
}

async function demo(): Promise<{ seen: Observation; bus: string }> {
  const run = runName(new Date());
  const spinner = ora({ stream: process.stderr });
  const say = (sentence: string) => void spinner.start(sentence);
  const broker = process.env['TANDEM_AMQP_URL'] === undefined ? undefined : await findRabbit();
  if (broker !== undefined && 'missing' in broker) throw new Error(broker.missing);
  const database = await chooseDatabase(run.toLowerCase(), say);
  try {
    const chaos = { copies: options.copies, shuffleWithinMs: options.shuffleMs };
    const stack = await startStack({ databaseUrl: database.url, amqpUrl: broker?.url, chaos, onProgress: say });
    try {
      spinner.succeed(`Ready after ${Math.round((Date.now() - started) / 1000)} s`);
      announce(stack, broker?.url);
      const { orders, once } = options;
      const screen = screenOn(out);
      const seen = await runDemo(stack, { orders, once: once === true, limitMs, run, screen, signal: ending.signal });
      return { seen, bus: broker === undefined ? 'postgresql' : 'rabbitmq' };
    } finally {
      await stack.stop();
    }
  } finally {
    spinner.stop();
    await database.release();
  }
}

function conclude({ seen, bus }: { seen: Observation; bus: string }): number {
  const interrupted = ending.signal.aborted;
  const numbers = tally(seen);
  const { orders, converged, parked, duplicateEffects } = numbers;
  // What was interrupted is under way, in the database or at the OMS: whether it would have been lost nobody knows.
  const lost = interrupted ? 0 : numbers.lost;
  const good = orders === options.orders && converged === orders && parked + lost + duplicateEffects === 0;
  if (!interrupted) for (const sentence of complaints(seen)) process.stderr.write(`${sentence}\n`);
  const seconds = Math.round((Date.now() - started) / 1000);
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ ...numbers, lost, bus, seconds })}\n`
      : `${orders} orders, ${converged} converged, ${parked} parked, ${lost} lost, ${duplicateEffects} duplicate effects, ${seconds} s\n`,
  );
  if (interrupted) return options.once === true ? 130 : 0;
  return good ? 0 : 1;
}

process.exitCode = await demo().then(conclude, (fault: unknown) => {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  return 1;
});
