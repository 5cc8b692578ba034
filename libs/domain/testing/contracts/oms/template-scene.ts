import { PermanentFault, type OrderNumber, type OrderSnapshot } from '@tandem/domain';
import { holds, present } from './claim.js';
import type { Omission } from './oms-templates.js';
import type { OmsWorld } from './oms-world.js';

/** The order as the feed reads it from a template without these. */
export async function toldWithout(
  world: OmsWorld,
  number: OrderNumber,
  ...without: readonly Omission[]
): Promise<OrderSnapshot> {
  const { delivery } = await world.retold(number, { without });
  return world.ports().feed.snapshot(delivery, 0);
}

/** The return as the feed reads it from a template without these. */
export async function returnWithout(world: OmsWorld, number: OrderNumber, ...without: readonly Omission[]) {
  const { delivery } = await world.retold(number, { without });
  return present(`return ${number} as told`, world.ports().feed.returned(delivery, 0));
}

/** A template without these cannot be read, and the fault says what is missing by the name that the OMS has for it. */
export async function unreadableWithout(
  world: OmsWorld,
  number: OrderNumber,
  read: 'snapshot' | 'returned',
  ...without: readonly Omission[]
): Promise<void> {
  const { delivery, leftOut } = await world.retold(number, { without });
  const fault = faultOf(() => world.ports().feed[read](delivery, 0));
  holds('the fault is permanent', fault instanceof PermanentFault);
  const fields = fault instanceof PermanentFault ? fault.violations.map(({ field }) => field) : [];
  const named = fields.map((field) => field.split('.').at(-1) ?? '');
  holds(
    `one of ${leftOut.join(', ')} is named, not ${fields.join(', ')}`,
    named.some((name) => leftOut.includes(name)),
  );
}

export function faultOf(act: () => unknown): unknown {
  try {
    act();
  } catch (fault) {
    return fault;
  }
  return undefined;
}
