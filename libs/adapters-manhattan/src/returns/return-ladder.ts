import { PermanentFault, type ReturnStage } from '@tandem/domain';

const STAGES: Readonly<Record<number, ReturnStage>> = {
  11000: 'pending-return',
  13000: 'pending-approval',
  14000: 'carrier-scanned',
  15000: 'received',
  18000: 'returned',
  19000: 'cancelled',
};

/** Stage of a unit that comes back, by a status id in any spelling; a tenant's own `base.xxx` stands for its base (§3.2). */
export function returnStageOf(statusId: string, field: string): ReturnStage {
  const status = statusId.slice(0, 20);
  const stage = /^\d{1,6}(\.\d{1,6})?$/.test(statusId) ? STAGES[Math.floor(Number(statusId))] : undefined;
  if (stage) return stage;
  const sentence = `${field} has the status ${status}, which is on no rung of the ladder of returns that we know.`;
  const remedy = 'Compare the statuses of returns at the OMS with those that we know.';
  throw new PermanentFault('oms.unmapped_status', sentence, {
    context: { field, status },
    violations: [{ field, rule: 'status.unmapped', sentence, remedy }],
  });
}
