import { Command, InvalidArgumentError } from 'commander';
import ora from 'ora';
import pc from 'picocolors';
import { findRabbit } from '../support/environment/index.js';
import { chooseDatabase } from '../support/stack/choose-database.js';
import type { ChaosSwitches } from '../support/stack/oms-shapes.js';
import { startStack } from '../support/stack/start-stack.js';
import { seedCatalogue } from './catalogue.js';
import { complaints, tally, type Observation } from './observer.js';
import { eachOnce, runName } from './order-stream.js';
import { playOrder } from './play-order.js';
import { projectionHash } from './projection-hash.js';
import { settle } from './settle.js';

interface Options {
  readonly json?: true;
  readonly only?: readonly string[];
  readonly amqp?: true;
  readonly copies: number;
  readonly shuffleMs: number;
}

const whole = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('A whole number is wanted.');
  return value;
};

const options = new Command('golden')
  .description('Plays each golden order once at each site, and says whether both sides agree in the end.')
  .option('--json', 'end with one line of JSON on standard output')
  .option('--only <ids>', 'only these, as G01,G05', (ids) => ids.split(','))
  .option('--amqp', 'on the RabbitMQ at TANDEM_AMQP_URL, or on the one that is found')
  .option('--copies <n>', 'the OMS delivers each message that often', whole, 1)
  .option('--shuffle-ms <ms>', 'each copy is held back for a random time up to this', whole, 0)
  .parse()
  .opts<Options>();

/** Plays them and answers what was seen in the end. */
async function play(run: string, chaos: ChaosSwitches, say: (sentence: string) => void): Promise<Observation> {
  const broker = options.amqp === true || process.env['TANDEM_AMQP_URL'] !== undefined ? await findRabbit() : undefined;
  if (broker !== undefined && 'missing' in broker) throw new Error(broker.missing);
  const database = await chooseDatabase(run.toLowerCase(), say);
  const ending = new AbortController();
  try {
    const stack = await startStack({ databaseUrl: database.url, amqpUrl: broker?.url, chaos, onProgress: say });
    try {
      const catalogue = await seedCatalogue(stack.crm);
      const cases = eachOnce({ catalogue, run, paceMs: 200 }, options.only);
      say(`Playing ${cases.length} orders`);
      const played = await Promise.all(cases.map((order) => playOrder(stack, order, ending)));
      return await settle(stack, played, { within: 60_000 + 3 * options.shuffleMs });
    } finally {
      ending.abort();
      await stack.stop();
    }
  } finally {
    await database.release();
    await broker?.stop();
  }
}

/** One entry for each shape: it is good when it is at every site, and nothing happened twice. */
function results({ orders, strays }: Observation) {
  const shapes = Map.groupBy(orders, ({ verdict }) => verdict.shape);
  return [...shapes].map(([id, placed]) => {
    const verdicts = placed.map(({ verdict }) => verdict);
    const ok = verdicts.every(({ converged, duplicateEffects }) => converged && duplicateEffects.length === 0);
    return { id, title: placed[0]?.evidence.expected.title ?? '', ok: ok && strays.length === 0 };
  });
}

async function main(): Promise<boolean> {
  const spinner = ora({ stream: process.stderr, isSilent: false });
  const run = runName(new Date());
  const chaos = { copies: Math.max(1, options.copies), shuffleWithinMs: options.shuffleMs };
  const seen = await play(run, chaos, (sentence) => spinner.start(sentence)).finally(() => spinner.stop());
  const shapes = results(seen);
  for (const sentence of complaints(seen)) process.stderr.write(`${sentence}\n`);
  const failed = shapes.filter(({ ok }) => !ok).length;
  if (options.json === true) {
    const orders = shapes.map(({ id, ok }) => ({ id, ok }));
    const { parked, lost, duplicateEffects } = tally(seen);
    const projection = projectionHash(
      seen.orders.map(({ evidence }) => evidence),
      run,
    );
    const counts = { passed: shapes.length - failed, failed, orders, parked, lost, duplicateEffects, projection };
    process.stdout.write(`${JSON.stringify(counts)}\n`);
  } else {
    for (const { id, title, ok } of shapes) {
      process.stdout.write(`${ok ? pc.green('passed') : pc.red('failed')}  ${id}  ${title}\n`);
    }
    process.stdout.write(`${shapes.length - failed} passed, ${failed} failed\n`);
  }
  return failed === 0 && tally(seen).parked === 0;
}

process.exitCode = (await main().catch((fault: unknown) => {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  return false;
}))
  ? 0
  : 1;
