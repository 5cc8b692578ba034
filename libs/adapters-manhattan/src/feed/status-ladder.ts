import { PermanentFault, type Stage } from '@tandem/domain';

/** Fulfilment statuses of a sale unit (§3.2). 1600 waits for goods that are still to be bought: for the buyer a back-order. */
const BASE_STAGES: Readonly<Record<string, Stage>> = {
  '1000': 'open',
  '1500': 'back-ordered',
  '1600': 'back-ordered',
  '2000': 'allocated',
  '3000': 'released',
  '3500': 'in-process',
  '3600': 'picked',
  '3700': 'packed',
  '7000': 'shipped',
  '7500': 'delivered',
  '8000': 'pending-return',
  '8500': 'returned',
  '9000': 'cancelled',
};

/** Stages by status id, such as `{ '2000.100': 'allocated' }`: a tenant's own statuses, or another reading of a base one. */
export type StatusOverrides = Readonly<Record<string, Stage>>;

/**
 * Reads status ids, which come as `"1000"`, `"1000.000"` or numbers and are compared as numbers (§3.2). An extended status
 * `base.xxx` that nobody configured stands for its base.
 */
export class StatusLadder {
  private readonly stages: ReadonlyMap<number, Stage>;

  constructor(overrides: StatusOverrides = {}) {
    const rows = [...Object.entries(BASE_STAGES), ...Object.entries(overrides)];
    this.stages = new Map(rows.map(([id, stage]) => [Number(id), stage]));
  }

  /** Undefined where the ladder has no such base, or the text is no status id. */
  find(statusId: string): Stage | undefined {
    if (!/^\d{1,6}(\.\d{1,6})?$/.test(statusId)) return undefined;
    const status = Number(statusId);
    return this.stages.get(status) ?? this.stages.get(Math.floor(status));
  }

  stageOf(statusId: string, field: string): Stage {
    const stage = this.find(statusId);
    if (stage) return stage;
    const status = statusId.slice(0, 20);
    const sentence = `${field} has the status ${status}, which is on no rung of the ladder that we know.`;
    const remedy = `Say in the configuration which stage ${status} stands for, then replay the message.`;
    throw new PermanentFault('oms.unmapped_status', sentence, {
      context: { field, status },
      violations: [{ field, rule: 'status.unmapped', sentence, remedy }],
    });
  }
}
