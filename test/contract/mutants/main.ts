import { spawn } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import ora from 'ora';
import { mutantsOf, spread, type Mutant } from './mutants.js';

interface Options {
  readonly json?: true;
  readonly most: number;
  readonly from: number;
  readonly workers: number;
}

const whole = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('A whole number is wanted.');
  return value;
};

const options = new Command('mutants')
  .description(
    'Plants misreadings in the mapping of the OMS adapter, one at a time and in memory only: a status id, a sign, the name of a\n' +
      'field. Each must make the contract with the twin fail.',
  )
  .option('--most <n>', 'so many, evenly spread', whole, 100)
  .option('--from <n>', 'shifts the choice', whole, 0)
  .option('--workers <n>', 'contracts at a time', whole, 2)
  .option('--json', 'end with one line of JSON on standard output')
  .parse()
  .opts<Options>();

const adapter = 'libs/adapters-manhattan/dist/src';
const mapping = [
  'orders/order-save*.js',
  'orders/order-template.js',
  'feed/{order-snapshot,shipments,status-ladder,tenders,line-notes}.js',
  'returns/return-{save,snapshot,money}.js',
  'changes/{*-plan,held-order,late-cancels,short-events,released-units}.js',
  'inventory/{availability-record,promised-options}.js',
  'customers/customer-save.js',
  'vendor-address.js',
];
/** A contract that hangs is a contract that does not hold. */
const withinMs = 120_000;

/** Whether the contract noticed. */
function isKilled(mutant: Mutant): Promise<boolean> {
  const args = ['--import', `file://${resolve('test/contract/mutants/mutate.mjs')}`, 'test/dist/contract/main.js'];
  const child = spawn(process.execPath, [...args, '--target', 'twin:manhattan', '--json', '--bail'], {
    stdio: 'ignore',
    env: { ...process.env, TANDEM_MUTANT: JSON.stringify(mutant) },
  });
  const overdue = setTimeout(() => child.kill('SIGKILL'), withinMs);
  return new Promise((done) =>
    child.on('exit', (code) => {
      clearTimeout(overdue);
      done(code !== 0);
    }),
  );
}

const inWords = ({ kind, was, becomes, file, line }: Mutant) => `${kind} ${was} → ${becomes}, ${file}:${line}`;

/** Says of each survivor at once: a campaign is long, and may be ended before its end. */
async function hunt(mutants: readonly Mutant[]): Promise<readonly Mutant[]> {
  const spinner = ora({ stream: process.stderr, isSilent: false }).start('Planting');
  const queue = [...mutants];
  const survivors: Mutant[] = [];
  let done = 0;
  const work = async () => {
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      if (!(await isKilled(mutant))) {
        survivors.push(mutant);
        spinner.clear();
        process.stderr.write(`not noticed: ${inWords(mutant)}\n`);
      }
      done += 1;
      spinner.text = `${done}/${mutants.length} planted, ${survivors.length} not noticed`;
    }
  };
  await Promise.all(Array.from({ length: options.workers }, work));
  spinner.stop();
  return survivors;
}

const files = mapping.flatMap((pattern) => globSync(`${adapter}/${pattern}`)).sort();
const all = files.flatMap((file) => mutantsOf(file.replaceAll('\\', '/'), readFileSync(file, 'utf8')));
const planted = spread(all, options.most, options.from);
const survivors = await hunt(planted);
const killed = planted.length - survivors.length;
const ratio = planted.length === 0 ? 0 : Number((killed / planted.length).toFixed(3));
process.stdout.write(
  options.json === true
    ? `${JSON.stringify({ mutants: planted.length, of: all.length, killed, ratio })}\n`
    : `${killed} of ${planted.length} misreadings noticed (${all.length} in all)\n`,
);
process.exitCode = ratio >= 0.85 ? 0 : 1;
