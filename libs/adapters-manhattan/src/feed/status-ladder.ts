import type { ReturnStage, Stage } from '@tandem/domain';
import { unmapped } from '../unmapped.js';

/** Fulfilment statuses of a sale unit (§3.2). 1600 waits for goods that are still to be bought: for the buyer a back-order. */
const SALE: Readonly<Record<string, Stage>> = {
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

/** Statuses of a unit that comes back (§3.2). */
const RETURN: Readonly<Record<string, ReturnStage>> = {
  '11000': 'pending-return',
  '13000': 'pending-approval',
  '14000': 'carrier-scanned',
  '15000': 'received',
  '18000': 'returned',
  '19000': 'cancelled',
};

/** What a tenant's own statuses stand for, or its other reading of a base one. */
export interface StatusMaps {
  /** By status id, such as `{ '2000.100': 'allocated' }`. */
  readonly statuses?: Readonly<Record<string, Stage>>;
  /** The same of units that come back. */
  readonly returnStatuses?: Readonly<Record<string, ReturnStage>>;
  /** The ids of reasons that we know; where none is named, all are taken. */
  readonly reasons?: readonly string[];
}

type Rungs<Rung> = ReadonlyMap<number, Rung>;

/**
 * Reads status ids, which come as `"1000"`, `"1000.000"` or numbers and are compared as numbers (§3.2). An extended status
 * `base.xxx` that nobody configured stands for its base.
 */
export class StatusLadder {
  private readonly sale: Rungs<Stage>;
  private readonly back: Rungs<ReturnStage>;
  private readonly reasons: ReadonlySet<string>;

  constructor({ statuses = {}, returnStatuses = {}, reasons = [] }: StatusMaps = {}) {
    this.sale = rungsOf(SALE, statuses);
    this.back = rungsOf(RETURN, returnStatuses);
    this.reasons = new Set(reasons);
  }

  /** Undefined where the ladder has no such base, or the text is no status id. */
  find(statusId: string): Stage | undefined {
    return rungOf(this.sale, statusId);
  }

  stageOf(statusId: string, field: string): Stage {
    return this.find(statusId) ?? fail(statusId, field, { ladder: 'ladder', setting: 'oms.statuses' });
  }

  /** The id, where it is one of those that are known. */
  reasonOf(id: string, field: string): string {
    if (this.reasons.size === 0 || this.reasons.has(id)) return id;
    throw unmapped(field, id, {
      sentence: `${field} has the reason ${id.slice(0, 20)}, which is none of those that we know.`,
      remedy: `Name it in oms.reasons of the site profile, then release the messages of this value.`,
    });
  }

  returnStageOf(statusId: string, field: string): ReturnStage {
    const names = { ladder: 'ladder of returns', setting: 'oms.returnStatuses' };
    return rungOf(this.back, statusId) ?? fail(statusId, field, names);
  }
}

const rungsOf = <Rung>(...maps: readonly Readonly<Record<string, Rung>>[]): Rungs<Rung> =>
  new Map(maps.flatMap((map) => Object.entries(map).map(([id, rung]) => [Number(id), rung])));

function rungOf<Rung>(rungs: Rungs<Rung>, statusId: string): Rung | undefined {
  if (!/^\d{1,6}(\.\d{1,6})?$/.test(statusId)) return undefined;
  const status = Number(statusId);
  return rungs.get(status) ?? rungs.get(Math.floor(status));
}

function fail(statusId: string, field: string, { ladder, setting }: { ladder: string; setting: string }): never {
  const status = statusId.slice(0, 20);
  throw unmapped(field, status, {
    sentence: `${field} has the status ${status}, which is on no rung of the ${ladder} that we know.`,
    remedy: `Say in ${setting} of the site profile which stage ${status} stands for, then release the messages of this value.`,
  });
}
