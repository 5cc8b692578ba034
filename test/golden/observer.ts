import type { Sides } from '../support/stack/start-stack.js';
import type { OperationsSummary } from '../support/stack/sync-api.js';
import type { OrderEvidence } from './judge/evidence.js';
import { judge, type Verdict } from './judge/verdict.js';
import type { PlayedOrder } from './play-order.js';
import { takeEvidence } from './witness.js';

export interface Observation {
  readonly orders: readonly { readonly evidence: OrderEvidence; readonly verdict: Verdict }[];
  /** Undefined while sync-api does not answer. */
  readonly summary: OperationsSummary | undefined;
  /** Effects that nobody asked for, in sentences. */
  readonly strays: readonly string[];
}

/** Looks at both twins and at sync-api once, and judges each order that is watched; `known` are all that were played. */
export async function observe(
  stack: Sides,
  watched: readonly PlayedOrder[],
  known: readonly PlayedOrder[] = watched,
): Promise<Observation> {
  const [{ orders, strays }, summary] = await Promise.all([
    takeEvidence(stack, watched, known),
    stack.syncApi.summary().catch(() => undefined),
  ]);
  return {
    orders: orders.map((evidence) => ({ evidence, verdict: judge(evidence) })),
    summary,
    strays: [
      ...strays.crm.map(({ object, recordId, kind }) => `The CRM had a ${kind} of ${object} ${recordId}, of no order.`),
      ...strays.oms
        .filter(({ by }) => by === 'api')
        .map(({ entity, key, kind }) => `The OMS had a ${kind} of ${entity} ${key}, of no order.`),
    ],
  };
}

/** Whether nothing moves any more: no message is on its way to sync-api, and none waits in it. */
export async function isQuiet(stack: Sides): Promise<boolean> {
  if ((await stack.oms.undelivered()) > 0) return false;
  const { archive, outbox } = await stack.syncApi.summary();
  return archive.waiting === 0 && outbox.waiting === 0;
}

export interface Tally {
  readonly orders: number;
  readonly converged: number;
  readonly parked: number;
  readonly lost: number;
  readonly duplicateEffects: number;
  /** All effects at both far sides, so that one sees what the duplicates were looked for in. */
  readonly effects: number;
}

/** The numbers of a run. `lost` counts orders; it is final only when nothing moves any more. */
export function tally({ orders, summary, strays }: Observation): Tally {
  const verdicts = orders.map(({ verdict }) => verdict);
  return {
    orders: verdicts.length,
    converged: verdicts.filter(({ converged }) => converged).length,
    parked: summary?.parked.length ?? 0,
    lost: verdicts.filter(({ lost }) => lost.length > 0).length,
    duplicateEffects: verdicts.reduce((sum, { duplicateEffects }) => sum + duplicateEffects.length, strays.length),
    effects: orders.reduce((sum, { evidence }) => sum + evidence.oms.writes.length + evidence.crm.writes.length, 0),
  };
}

/** What is wrong, one sentence a line; nothing where all went well. */
export function complaints({ orders, summary, strays }: Observation): readonly string[] {
  return [
    ...orders.flatMap(({ verdict }) =>
      [...verdict.differences, ...verdict.duplicateEffects].map((sentence) => `${verdict.number}: ${sentence}`),
    ),
    ...strays,
    ...(summary === undefined ? ['sync-api does not answer.'] : []),
    ...(summary?.parked ?? []).map(({ queue, code, sentence }) => `Parked in ${queue}: ${code}: ${sentence}`),
  ];
}
