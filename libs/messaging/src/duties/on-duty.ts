import { ConflictFault } from '@tandem/domain';
import type { EntityManager } from 'typeorm';

/** A duty as it was taken once. */
export interface DutyToken {
  readonly name: string;
  readonly token: string;
}

/**
 * The row stays locked to the end of the transaction: whoever takes the duty meanwhile waits for it, and a process that is held still
 * just then is thrown out soon.
 */
const onDuty = `SELECT set_config('idle_in_transaction_session_timeout', '5s', true) FROM duties WHERE name = $1 AND token = $2 FOR SHARE`;

/** Part of every transaction that a duty writes with. A ConflictFault where somebody else has it by now: nothing of the transaction counts. */
export async function assertOnDuty(tx: EntityManager, { name, token }: DutyToken): Promise<void> {
  const rows = await tx.query<unknown[]>(onDuty, [name, token]);
  if (rows.length > 0) return;
  throw new ConflictFault('duty.lost', 'Another replica has taken over what this one was doing.', {
    context: { duty: name },
  });
}
