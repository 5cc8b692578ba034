import { Command, InvalidArgumentError } from 'commander';
import { runCampaign, type Plan } from './campaign.js';
import { Cluster } from './cluster.js';
import { killed, processFaults } from './process-faults.js';
import { serverFaults } from './server-faults.js';
import { eventFaults, vendorFaults } from './vendor-faults.js';
import { wireFaults } from './wire-faults.js';

interface Options {
  readonly seed: number;
  readonly seconds: number;
  readonly json?: true;
  readonly replicaKills?: true;
  readonly every: number;
  readonly only?: readonly string[];
  readonly except: readonly string[];
  readonly orders: number;
  readonly retold: number;
}

const whole = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('A whole number is wanted.');
  return value;
};

const every = [...processFaults, ...serverFaults, ...wireFaults, ...vendorFaults, ...eventFaults];

const options = new Command('chaos')
  .description(
    'Breaks everything that can break while two replicas work, and then checks that nothing went wrong (I1–I10).',
  )
  .option('--seed <n>', 'chooses what breaks when', whole, 1)
  .option('--seconds <s>', 'how long; every fault happens at least once', whole, 60)
  .option('--json', 'end with one line of JSON on standard output')
  .option('--replica-kills', 'only this: one replica after the other is killed')
  .option('--every <s>', 'seconds between two of them', whole, 20)
  .option('--only <names>', 'only faults whose names begin so, as app,crm-cut', (names) => names.split(','))
  .option('--except <names>', 'no faults whose names begin so', (names) => names.split(','), [])
  .option('--orders <n>', 'golden orders a second', whole, 2)
  .option('--retold <n>', 'repeated publishes of the OMS a second', whole, 60)
  .addHelpText('after', `\nFaults:\n  ${every.map(({ name }) => name).join('\n  ')}`)
  .parse()
  .opts<Options>();

function planOf({ seed, seconds, replicaKills, only, except, orders, retold, every: seconds2 }: Options): Plan {
  const isOf = (name: string, starts: readonly string[]) => starts.some((start) => name.startsWith(start));
  const named = every.filter(({ name }) => !isOf(name, except) && (only === undefined || isOf(name, only)));
  if (named.length === 0) throw new Error('No fault has such a name; --help lists them.');
  return {
    seed,
    seconds,
    faults: replicaKills === true ? [killed] : named,
    everyMs: replicaKills === true ? 1000 * seconds2 : 500,
    load: { ordersPerSecond: orders, retoldPerSecond: retold, mostUnsettled: 250, remembersForMs: 0, without: [] },
    settlesWithinMs: 180_000,
    wholeSeconds: replicaKills !== true && only === undefined && seed % 4 === 3,
  };
}

async function main(): Promise<boolean> {
  const say = (sentence: string) => void process.stderr.write(`${sentence}\n`);
  const plan = planOf(options);
  const cluster = await Cluster.start(say);
  try {
    const report = await runCampaign(cluster, plan, say);
    const kinds = Map.groupBy(report.complaints, (sentence) => sentence.split(':')[0]);
    for (const own of kinds.values())
      for (const sentence of [`${own.length} of these:`, ...own.slice(0, 12)]) say(sentence);
    if (options.json === true) {
      const { complaints, course: _, ...numbers } = report;
      process.stdout.write(`${JSON.stringify({ ...numbers, complaints: complaints.slice(0, 20) })}\n`);
    } else {
      say(
        `${report.ok ? 'All invariants hold' : `${report.complaints.length} complaints`}, ${report.accepted} accepted.`,
      );
    }
    return report.ok;
  } finally {
    await cluster.stop();
  }
}

process.exitCode = (await main().catch((fault: unknown) => {
  process.stderr.write(`${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}\n`);
  return false;
}))
  ? 0
  : 1;
