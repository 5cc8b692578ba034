import { setTimeout as pause } from 'node:timers/promises';
import { runCampaign, type Plan, type Report } from '../recovery/campaign/campaign.js';
import { Cluster } from '../recovery/campaign/cluster.js';
import type { Fault } from '../recovery/campaign/fault.js';
import { seriesOf, type Bench, type BenchOptions } from './bench.js';
import { courseOf } from './course.js';

/** Seconds. */
interface Times {
  readonly before: number;
  readonly away: number;
  readonly after: number;
}

const perSecond = 200;
/** What was asked for goes on, until somebody gives it up. */
const restsMs = 30_000;

/** The CRM is not there for a while: what is sent to it vanishes. */
const crmAway = ({ before, away, after }: Times): Fault => ({
  name: 'crm-away',
  track: 'wires',
  strike: async ({ cluster }) => {
    const { crm } = cluster.wires;
    await pause(1000 * before);
    const { touched } = crm;
    crm.worsen({ kind: 'stalled' });
    await pause(1000 * away);
    crm.mend();
    await pause(1000 * after);
    return crm.touched - touched;
  },
});

const planFor = (times: Times): Plan => ({
  seed: 1,
  seconds: 0,
  faults: [crmAway(times)],
  everyMs: 0,
  load: {
    ordersPerSecond: 1,
    retoldPerSecond: perSecond,
    mostUnsettled: Number.POSITIVE_INFINITY,
    remembersForMs: 30_000,
    without: ['G28'],
  },
  settlesWithinMs: 600_000,
  wholeSeconds: false,
});

async function mostRssMb(cluster: Cluster): Promise<number> {
  const vitals = await Promise.all(cluster.replicas.map((replica) => replica.vitals()));
  return Math.max(...vitals.map((one) => one?.rssMb ?? 0));
}

async function soak(times: Times, say: BenchOptions['say']) {
  const cluster = await Cluster.start(say);
  try {
    await pause(restsMs / 3);
    const rssMbIdle = await mostRssMb(cluster);
    const report = await runCampaign(cluster, planFor(times), say);
    await pause(restsMs);
    return { rssMbIdle, rssMbEnd: await mostRssMb(cluster), report };
  } finally {
    await cluster.stop();
  }
}

const tookIn = ({ accepted }: Report, { before, away, after }: Times) => Math.round(accepted / (before + away + after));

async function measure(_: unknown, { quick, say }: BenchOptions) {
  const times = quick ? { before: 30, away: 42, after: 48 } : { before: 300, away: 420, after: 480 };
  const { rssMbIdle, rssMbEnd, report } = await soak(times, say);
  for (const sentence of report.complaints.slice(0, 20)) say(sentence);
  const rssMbPeak = report.peaks.rssMb;
  const rssMbBefore = Math.max(
    ...report.course.filter(({ seconds }) => seconds < times.before).map(({ rssMb }) => rssMb),
  );
  const json = {
    ...{ rssMbIdle, rssMbBefore, rssMbPeak, rssMbEnd, perSecond: tookIn(report, times) },
    ...{ ok: report.ok, accepted: report.accepted, settledInMs: report.settledInMs, invariants: report.invariants },
  };
  const series = seriesOf({ idle: [rssMbIdle], before: [rssMbBefore], peak: [rssMbPeak], end: [rssMbEnd] }, 'MB');
  return { json, series, pictures: { course: courseOf('memory', report.course) } };
}

export const memory: Bench = {
  says: 'twenty minutes of 200 messages a second, seven of them without the CRM: what the service takes',
  method:
    'Two replicas with a database and a broker of their own; golden orders come in at one a second, and the OMS tells again of those it has, ' +
    '200 messages a second in all (orders of the most lines are left out). After five minutes what is sent to the CRM vanishes, for seven. ' +
    'The figures are the resident memory of the replica that takes more: at rest, the most before the CRM goes, the most of all, and when it rests again; when all is settled, the invariants are checked. Repeats are not made.',
  measure,
};
