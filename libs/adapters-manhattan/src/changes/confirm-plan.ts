import type { OrderChange } from '@tandem/domain';
import { send, versionedSave, type ChangePlan } from './change-plan.js';

/** Confirms the order, which lets it be released (§3.1, §4.5). */
export const confirmPlan = (change: OrderChange): ChangePlan => ({
  plan: () => send(versionedSave(change, { IsConfirmed: true })),
  shows: (held) => held.confirmed,
  lacks: (held) => !held.confirmed,
  pending: () => false,
});
