import { Command } from 'commander';
import ora from 'ora';
import pc from 'picocolors';
import {
  crmClaims,
  omsClaims,
  proveClaims,
  type ClaimIn,
  type ClaimResult,
  type Provable,
} from '@tandem/domain/testing';
import { crmSandboxTarget } from '../sandbox/crm-sandbox-target.js';
import { sandboxTarget } from '../sandbox/sandbox-target.js';
import type { Target } from './manhattan/target.js';
import { twinTarget } from './manhattan/twin-target.js';
import { ManhattanWorld } from './manhattan/world.js';
import type { CrmTarget } from './salesforce/target.js';
import { crmTwinTarget } from './salesforce/twin-target.js';
import { SalesforceWorld } from './salesforce/world.js';

interface Options {
  readonly target: string;
  readonly json?: true;
  readonly only?: string;
  readonly bail?: true;
}

const options = new Command('contract')
  .description(
    'Proves what an adapter and the system behind it keep together, claim by claim, each with its section of the fact sheet.',
  )
  .requiredOption(
    '--target <name>',
    'twin:manhattan or twin:salesforce; oms: the tenant named by TANDEM_SANDBOX_… variables; crm: the org of TANDEM_SANDBOX_CRM_…',
  )
  .option('--only <id>', 'only claims whose id begins so')
  .option('--bail', 'end at the first claim that fails')
  .option('--json', 'end with one line of JSON on standard output')
  .parse()
  .opts<Options>();

type Said = (result: ClaimResult) => void;
type Proof = (run: string, said: Said) => Promise<readonly ClaimResult[]>;

const TARGETS: Readonly<Record<string, { readonly count: number; readonly prove: Proof }>> = {
  'twin:manhattan': ofOms(twinTarget),
  oms: ofOms(() => sandboxTarget(process.env)),
  'twin:salesforce': ofCrm(() => crmTwinTarget()),
  crm: ofCrm(() => crmSandboxTarget(process.env)),
};

function ofOms(target: (run: string) => Target | Promise<Target>) {
  const claims = chosen(omsClaims);
  const prove: Proof = async (run, said) => provedIn(await ManhattanWorld.around(await target(run), run), claims, said);
  return { count: claims.length, prove };
}

function ofCrm(target: () => CrmTarget | Promise<CrmTarget>) {
  const claims = chosen(crmClaims);
  const prove: Proof = async (run, said) => provedIn(await SalesforceWorld.around(await target(), run), claims, said);
  return { count: claims.length, prove };
}

function chosen<One extends { readonly id: string }>(claims: readonly One[]): readonly One[] {
  return claims.filter(({ id }) => id.startsWith(options.only ?? ''));
}

async function provedIn<C, W extends Provable<C> & { close(): Promise<void> }>(
  world: W,
  claims: readonly ClaimIn<W, C>[],
  said: Said,
) {
  try {
    return await proveClaims<C, W>(world, claims, said, options.bail);
  } finally {
    await world.close();
  }
}

async function prove(): Promise<readonly ClaimResult[]> {
  const target = TARGETS[options.target];
  if (!target) throw new Error(`There is no target ${options.target}: ${Object.keys(TARGETS).join(', ')}.`);
  const spinner = ora({ stream: process.stderr, isSilent: false }).start('Starting');
  let done = 0;
  try {
    return await target.prove(Date.now().toString(36).toUpperCase(), ({ title }) => {
      done += 1;
      spinner.text = `${done}/${target.count} ${title}`;
    });
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
  const claims = await prove();
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
