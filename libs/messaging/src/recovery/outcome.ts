import type { SyncFault } from '@tandem/domain';

/** What became of one message. A refusal by the business is `done`. */
export type Outcome = { readonly kind: 'done' } | { readonly kind: 'failed'; readonly fault: SyncFault };

export const done: Outcome = { kind: 'done' };
export const failed = (fault: SyncFault): Outcome => ({ kind: 'failed', fault });
