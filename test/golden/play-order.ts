import { setTimeout as pause } from 'node:timers/promises';
import type { Stack } from '../support/stack/start-stack.js';
import type { GoldenCase } from './golden-order.js';

/** A golden order that is in the CRM and was handed to sync-api. */
export interface PlayedOrder {
  readonly expected: GoldenCase;
  readonly crmOrderId: string;
  /** Whether sync-api answered 202. */
  readonly accepted: boolean;
}

export interface Patience {
  /** Gives up handing over when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

const retryAfterMs = 400;

/**
 * Puts the order into the CRM, tells the OMS what life it will have, and hands it over as a flow of the CRM would: with
 * one idempotency key, again and again until sync-api answers. A sync-api that is down is waited for.
 */
export async function playOrder(stack: Stack, expected: GoldenCase, patience: Patience = {}): Promise<PlayedOrder> {
  const ids = await stack.crm.seed(expected.records);
  const crmOrderId = ids['order'];
  if (crmOrderId === undefined) throw new Error(`The CRM gave ${expected.number} no id.`);
  await stack.oms.setLife(expected.number, expected.life);
  const accepted = await handOver(stack, expected, crmOrderId, patience);
  return { expected, crmOrderId, accepted };
}

async function handOver(
  { syncApi }: Stack,
  { site }: GoldenCase,
  crmOrderId: string,
  { signal }: Patience,
): Promise<boolean> {
  while (signal?.aborted !== true) {
    const answer = await syncApi.submit(site.id, crmOrderId, `submit-${crmOrderId}`).catch(() => undefined);
    if (answer !== undefined && answer.status < 500) return answer.status === 202;
    await pause(retryAfterMs);
  }
  return false;
}
