import { Command, InvalidArgumentError } from 'commander';
import { repeatsOf, type Bench } from './bench.js';
import { boot } from './boot.js';
import { consume } from './consume.js';
import { e2e } from './e2e.js';
import { http } from './http.js';
import { memory } from './memory.js';
import { outbox } from './outbox.js';
import { ingest } from './ingest.js';
import { latency, live } from './latency.js';
import { BenchPlace } from './place.js';
import { relaymemory } from './relay-memory.js';
import { aged, wake } from './relay.js';
import { writeReport } from './report.js';

const benches: Readonly<Record<string, Bench>> = {
  ...{ outbox, ingest, http, consume, latency, live, wake, aged },
  ...{ e2e, memory, relaymemory, boot },
};

interface Options {
  readonly repeats: number;
  readonly quick?: boolean;
  readonly write?: boolean;
}

const whole = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('A whole number from 1 is wanted.');
  return value;
};

async function run(name: string, bench: Bench, { repeats, quick = false, write = false }: Options): Promise<void> {
  const say = (sentence: string) => void process.stderr.write(`${sentence}\n`);
  say('Starting a database and a broker of their own');
  const place = await BenchPlace.open();
  try {
    const measured = await bench.measure(place, { repeats, quick, profiled: write, say });
    if (write) await writeReport({ name, bench, measured, quick });
    process.stdout.write(`${JSON.stringify({ bench: name, repeats: repeatsOf(measured), quick, ...measured.json })}\n`);
  } finally {
    await place.close();
  }
}

const program = new Command('bench').description(
  'Measures Tandem against the raw limit of what it stands on, and against others, all in one run. Ends with one line of JSON.',
);
for (const [name, bench] of Object.entries(benches)) {
  program
    .command(name)
    .description(bench.says)
    .option('--repeats <n>', 'rounds; medians are taken over them', whole, 5)
    .option('--quick', 'a tenth of the work: an impression, not a figure for the record')
    .option('--json', 'end with one line of JSON on standard output, as a bench always does')
    .option('--write', 'enter the figures in docs/benchmarks.md, with their pictures')
    .action((options: Options) => run(name, bench, options));
}
await program.parseAsync();
