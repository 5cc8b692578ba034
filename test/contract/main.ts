import { Command } from 'commander';
import ora from 'ora';
import pc from 'picocolors';
import { omsClaims, proveClaims, type Claim, type ClaimResult } from '@tandem/domain/testing';
import { sandboxTarget } from '../sandbox/sandbox-target.js';
import { twinTarget } from './manhattan/twin-target.js';
import { ManhattanWorld } from './manhattan/world.js';

interface Options {
  readonly target: string;
  readonly json?: true;
  readonly only?: string;
  readonly bail?: true;
}

const options = new Command('contract')
  .description(
    'Proves what the OMS adapter and an OMS keep together, claim by claim, each with its section of the fact sheet.',
  )
  .requiredOption('--target <name>', 'twin:manhattan, or oms: the tenant named by TANDEM_SANDBOX_… variables')
  .option('--only <id>', 'only claims whose id begins so')
  .option('--bail', 'end at the first claim that fails')
  .option('--json', 'end with one line of JSON on standard output')
  .parse()
  .opts<Options>();

async function targetOf(name: string, run: string) {
  if (name === 'twin:manhattan') return twinTarget(run);
  if (name === 'oms') return sandboxTarget(process.env);
  throw new Error(`There is no target ${name}: twin:manhattan or oms.`);
}

async function prove(claims: readonly Claim[]): Promise<readonly ClaimResult[]> {
  const run = Date.now().toString(36).toUpperCase();
  const spinner = ora({ stream: process.stderr, isSilent: false }).start('Starting');
  try {
    const world = await ManhattanWorld.around(await targetOf(options.target, run), run);
    try {
      let done = 0;
      const said = ({ title }: ClaimResult) => {
        done += 1;
        spinner.text = `${done}/${claims.length} ${title}`;
      };
      return await proveClaims(world, claims, said, options.bail);
    } finally {
      await world.close();
    }
  } finally {
    spinner.stop();
  }
}

const COLORS = { passed: pc.green, failed: pc.red, skipped: pc.yellow };

function say(results: readonly ClaimResult[]): void {
  for (const claim of results) {
    process.stdout.write(
      `${COLORS[claim.result](claim.result.padEnd(7))}  ${claim.section.padEnd(11)}  ${claim.title}\n`,
    );
    if (claim.result !== 'passed') process.stdout.write(`${' '.repeat(22)}${claim.reason}\n`);
  }
}

async function main(): Promise<boolean> {
  const claims = await prove(omsClaims.filter(({ id }) => id.startsWith(options.only ?? '')));
  const count = (wanted: ClaimResult['result']) => claims.filter(({ result }) => result === wanted).length;
  const counts = { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
  if (options.json) process.stdout.write(`${JSON.stringify({ target: options.target, ...counts, claims })}\n`);
  else {
    say(claims);
    process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
  }
  return counts.failed === 0 && counts.passed > 0;
}

process.exitCode = (await main().catch((fault: unknown) => {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  return false;
}))
  ? 0
  : 1;
