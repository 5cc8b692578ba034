import { setTimeout as pause } from 'node:timers/promises';
import type { Sides, Stage } from '../support/stack/start-stack.js';
import { eventually } from '../support/eventually.js';
import type { CrmAgent } from '../support/stack/crm-agent.js';
import type { Act, CrmEdit, GoldenCase } from './golden-order.js';

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

/** The name that people who edit orders in the CRM are known by: what they write is no effect of ours. */
export const backOffice = 'back-office';

/**
 * Puts the order into the CRM, tells the OMS what life it will have, and hands it over as a flow of the CRM would: with
 * one idempotency key, again and again until sync-api answers. A sync-api that is down is waited for.
 */
export async function playOrder(stack: Stage, expected: GoldenCase, patience: Patience = {}): Promise<PlayedOrder> {
  const ids = await stack.crm.seed(expected.records);
  const crmOrderId = ids['order'];
  if (crmOrderId === undefined) throw new Error(`The CRM gave ${expected.number} no id.`);
  await stack.oms.setLife(expected.number, expected.life);
  const accepted = await handOver(stack, expected, crmOrderId, patience);
  if (accepted) for (const act of expected.acts) await perform(stack, expected, ids, act);
  return { expected, crmOrderId, accepted };
}

/** Waits for its moment, and does it once. */
async function perform(
  { crm, agent, oms, syncApi }: Stage,
  { site, number }: GoldenCase,
  ids: Readonly<Record<string, string>>,
  act: Act,
) {
  const id = ids['order'] ?? '';
  const [field = '', value = ''] = act.when.split(' is ');
  await eventually(
    `${number}: ${act.when}`,
    async () => {
      const [[order], lines] = await Promise.all([
        crm.records('Order', { field: 'Id', value: id }),
        crm.records('OrderItem', { field: 'OrderId', value: id }),
      ]);
      return [order, ...lines].some((record) => String(record?.[field] ?? '') === value) ? true : undefined;
    },
    { within: 60_000, every: 200 },
  );
  for (const edit of act.crm ?? []) {
    if (!agent) throw new Error(`${number}: nobody is there to edit it in the CRM.`);
    await make(agent, edit, ids);
  }
  if (act.oms) await oms.callAs(site.organization, act.oms.path, act.oms.body);
  if (act.syncApi) {
    const path = `/v1/sites/${site.id}/orders/${id}${act.syncApi.path}`;
    const answer = await syncApi.post(path, act.syncApi.body, `${act.syncApi.path} ${act.when} ${id}`);
    if (answer.status !== 202) throw new Error(`${number}: ${act.syncApi.path} answered ${answer.status}.`);
  }
}

async function make(agent: CrmAgent, { object, id, fields }: CrmEdit, ids: Readonly<Record<string, string>>) {
  const named = (value: unknown) =>
    typeof value === 'string' && value.startsWith('@') ? (ids[value.slice(1)] ?? value) : value;
  const own = Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, named(value)]));
  if (id === undefined) await agent.create(object, own, backOffice);
  else await agent.change(object, String(named(id)), own, backOffice);
}

async function handOver(
  { syncApi }: Sides,
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
