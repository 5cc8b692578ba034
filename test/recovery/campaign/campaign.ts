import { setTimeout as pause } from 'node:timers/promises';
import { isQuiet } from '../../golden/observer.js';
import { eventually } from '../../support/eventually.js';
import { seededRandom } from '../../support/seeded-random.js';
import type { Balance, Evidence } from '../invariants/evidence.js';
import { invariants } from '../invariants/invariants.js';
import { awaitRecovery } from './canary.js';
import type { Cluster } from './cluster.js';
import type { Fault, Scene } from './fault.js';
import { gather, readBalances } from './gather.js';
import { Load, type LoadPlan } from './load.js';
import { Observer, type Moment } from './observer.js';
import { datesWithoutFraction } from './vendor-faults.js';

export interface Plan {
  readonly seed: number;
  readonly seconds: number;
  readonly faults: readonly Fault[];
  /** Milliseconds from the beginning of one fault to that of the next; 0: one after the other without a rest. */
  readonly everyMs: number;
  readonly load: LoadPlan;
  /** How long is waited, when the faults have ceased, until nothing moves. */
  readonly settlesWithinMs: number;
  /** The OMS's dates have no fraction. */
  readonly wholeSeconds: boolean;
}

export interface FaultReport {
  fired: number;
  /** The longest, from the end of the fault until what was accepted after it had its effect; null where that took over 30 s. */
  recoveryMs: number | null;
}

export interface Report {
  readonly seed: number;
  readonly ok: boolean;
  /** Messages that were accepted from outside: orders by the door, and publishes that were kept. */
  readonly accepted: number;
  readonly faults: Readonly<Record<string, FaultReport>>;
  readonly invariants: Readonly<Record<string, boolean>>;
  readonly complaints: readonly string[];
  readonly parked: number;
  readonly orders: number;
  readonly settledInMs: number;
  readonly peaks: Evidence['peaks'];
  /** How it went on. */
  readonly course: readonly Moment[];
}

/** Load, faults and, when they have ceased, the invariants. */
export async function runCampaign(cluster: Cluster, plan: Plan, say: (sentence: string) => void): Promise<Report> {
  const observer = new Observer(cluster, () => readBalances(cluster), say);
  const random = seededRandom(plan.seed ^ 0x5eed);
  const load = new Load(cluster, {
    ...plan.load,
    wholeSeconds: plan.wholeSeconds,
    random,
    unsettled: () => observer.unsettled,
  });
  try {
    const cut = plan.wholeSeconds ? await datesWithoutFraction(cluster) : undefined;
    await load.start();
    observer.start();
    await eventually('orders come in', async () => (load.played.length > 3 ? true : undefined));
    const faults = await breakThings({ cluster, load, random: seededRandom(plan.seed) }, plan, say);
    await load.stop();
    if (cut) faults['events-dates-without-fraction'] = { fired: await cut(), recoveryMs: null };
    say('No more faults; waiting until nothing moves');
    const begun = performance.now();
    await untilStill(cluster, plan.settlesWithinMs);
    const settledInMs = Math.round(performance.now() - begun);
    const balances: readonly Balance[] = await observer.stop();
    say('Checking the invariants');
    const seen = await gather(cluster, load, observer.peaks, balances);
    return { ...reportOf(plan, seen, faults, settledInMs), course: observer.course };
  } finally {
    await observer.stop();
    await load.close();
  }
}

/**
 * Each track goes through its faults in an order of its own, and begins anew while there is time. Where tracks run beside each other, none
 * waits until things are whole again: that long would be how the others strike.
 */
async function breakThings(scene: Scene, plan: Plan, say: (sentence: string) => void) {
  const reports = new Map<string, FaultReport>();
  const endAt = performance.now() + 1000 * plan.seconds;
  const tracks = Map.groupBy(plan.faults, ({ track }) => track);
  const recoveries: Promise<void>[] = [];
  await Promise.all(
    [...tracks].map(async ([track, faults]) => {
      const random = seededRandom(plan.seed ^ digestOf(track));
      for (let round = 0; round === 0 || performance.now() < endAt; round += 1) {
        for (const fault of shuffled(faults, random)) {
          if (round > 0 && performance.now() >= endAt) break;
          const begun = performance.now();
          const whole = await strikeOnce({ ...scene, random }, fault, reports, say);
          if (tracks.size === 1) await whole();
          else recoveries.push(whole());
          await pause(Math.max(0, plan.everyMs - (performance.now() - begun)));
        }
      }
    }),
  );
  await Promise.all(recoveries);
  // There may have been nothing to strike at: then once more, by itself.
  for (const fault of plan.faults) {
    for (let again = 0; again < 3 && reports.get(fault.name)?.fired === 0; again += 1)
      await (
        await strikeOnce(scene, fault, reports, say)
      )();
  }
  return Object.fromEntries(reports);
}

const digestOf = (text: string) => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7);

/** Resolves when the fault is over; what it yields waits until what was accepted after it has had its effect. */
async function strikeOnce(
  scene: Scene,
  fault: Fault,
  reports: Map<string, FaultReport>,
  say: (sentence: string) => void,
): Promise<() => Promise<void>> {
  const fired = await fault.strike(scene).catch((thrown: unknown) => {
    say(`${fault.name} could not be done: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    return 0;
  });
  const before = reports.get(fault.name);
  reports.set(fault.name, { fired: fired + (before?.fired ?? 0), recoveryMs: before?.recoveryMs ?? 0 });
  return async () => {
    const recoveryMs = await awaitRecovery(scene);
    say(`${fault.name}: fired ${fired} times, whole again after ${recoveryMs ?? 'more than 30,000'} ms`);
    const report = reports.get(fault.name);
    if (report !== undefined) report.recoveryMs = longest(report.recoveryMs, recoveryMs);
  };
}

const longest = (left: number | null, right: number | null) =>
  left === null || right === null ? null : Math.max(left, right);

/** Nothing moves for some looks in a row, or the patience is used up: then the invariants say what is wrong. */
async function untilStill(cluster: Cluster, within: number): Promise<void> {
  let still = 0;
  const look = async () => {
    const lived = (
      await cluster.rows<{ n: number }>(`SELECT count(*)::int AS n FROM orders WHERE version <> acknowledged_version`)
    )[0];
    still = (await isQuiet(cluster)) && lived?.n === 0 ? still + 1 : 0;
    return still > 12 ? true : undefined;
  };
  await eventually('nothing moves', look, { within, every: 300 }).catch(() => undefined);
}

function reportOf(
  plan: Plan,
  seen: Evidence,
  faults: Readonly<Record<string, FaultReport>>,
  settledInMs: number,
): Omit<Report, 'course'> {
  const broken = Object.entries(invariants).map(([name, check]) => [name, check(seen)] as const);
  const silent = Object.entries(faults).filter(([, { fired }]) => fired === 0);
  const complaints = [
    ...silent.map(([name]) => `${name} was to happen and never did.`),
    ...broken.flatMap(([name, sentences]) => sentences.map((sentence) => `${name}: ${sentence}`)),
  ];
  return {
    seed: plan.seed,
    ok: complaints.length === 0,
    accepted: seen.archived.length,
    faults,
    invariants: Object.fromEntries(broken.map(([name, sentences]) => [name, sentences.length === 0])),
    complaints,
    parked: seen.parked.length,
    orders: seen.verdicts.length,
    settledInMs,
    peaks: seen.peaks,
  };
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((left, right) => left.at - right.at)
    .map(({ item }) => item);
}
