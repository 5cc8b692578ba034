import type { Difference, OrderNumber, Repair, SiteId, SyncFault } from '@tandem/domain';
import type { Window } from './window-request.js';

export interface ReconciliationWish extends Window {
  readonly site: SiteId;
  /** False for a dry run: what would be repaired is told, and nothing is touched. */
  readonly apply: boolean;
  /** How long after the first look a difference must still be there. Milliseconds. */
  readonly settleMs: number;
}

export type ReconciliationId = string & { readonly __brand: 'ReconciliationId' };

/** One that is being run, by whoever took it. */
export interface Reconciliation extends ReconciliationWish {
  readonly id: ReconciliationId;
}

/** How many orders of each side were held against the others. */
export interface Compared {
  readonly oms: number;
  readonly ledger: number;
  readonly crm: number;
}

export interface Finding {
  readonly number: OrderNumber;
  readonly difference: Difference;
  readonly repair: Repair;
}

/** Of one run: the record that its window was looked at whole. */
export interface ReconciliationReport {
  readonly id: ReconciliationId;
  readonly site: string;
  readonly from: string;
  readonly to: string;
  readonly apply: boolean;
  readonly state: 'requested' | 'running' | 'complete' | 'failed';
  readonly requestedAt: string;
  readonly finishedAt: string | null;
  readonly compared: Compared;
  readonly differences: {
    /** Those that no earlier applied run has left to a person already. */
    readonly found: number;
    readonly leftBefore: number;
    readonly orders: number;
    readonly byClass: Readonly<Record<string, number>>;
    readonly byRepair: Readonly<Record<string, number>>;
  };
  /** Orders whose repair was begun; how it went is told by their messages. */
  readonly repaired: number;
  /** Why it waits, or has failed. */
  readonly sentence: string | null;
}

/** A difference as it is told: nothing in it names a person. */
export interface ToldDifference {
  readonly position: number;
  readonly orderNumber: string;
  readonly class: string;
  readonly behind: string;
  readonly record: string | null;
  readonly field: string | null;
  readonly expected: unknown;
  readonly found: unknown;
  readonly repair: string;
  readonly reason: string | null;
  readonly leftBefore: boolean;
}

/** How a site's windows are reconciled by the clock. */
export interface ReconciliationClock extends Pick<ReconciliationWish, 'site' | 'apply' | 'settleMs'> {
  readonly everyMs: number;
  /** How far the search of the OMS may lag behind: a window ends so long ago. */
  readonly lagMs: number;
  /** Where the first window begins, so long ago. */
  readonly reachMs: number;
}

/** The reconciliations that were asked for, and what they found. One replica at a time runs one. */
export abstract class Reconciliations {
  abstract request(wish: ReconciliationWish): Promise<ReconciliationId>;

  /** Asks for the window after the last one of this clock, once it is over; a gap is made good by one long window. */
  abstract requestDue(clock: ReconciliationClock): Promise<void>;

  /** The oldest one that waits, or that whoever ran it has let go; held for so long from now, and from each `progressed`. */
  abstract take(holder: string, forMs: number): Promise<Reconciliation | undefined>;

  /** Renews the hold. A ConflictFault where somebody else has it by now. */
  abstract progressed(id: ReconciliationId, holder: string, forMs: number, compared: Compared): Promise<void>;

  /** Keeps what was found, instead of what was kept before. */
  abstract keep(id: ReconciliationId, findings: readonly Finding[]): Promise<void>;
  abstract complete(id: ReconciliationId, holder: string, repaired: number): Promise<void>;

  /** It is run again from its beginning, no earlier than after so many milliseconds. */
  abstract letGo(id: ReconciliationId, holder: string, fault: SyncFault | undefined, afterMs: number): Promise<void>;
  abstract fail(id: ReconciliationId, holder: string, fault: SyncFault): Promise<void>;

  /** A PermanentFault (`reconciliation.not_found`) where the site has no such one. */
  abstract report(site: SiteId, id: string): Promise<ReconciliationReport>;
  /** The latest first. */
  abstract latest(site: SiteId, limit: number): Promise<readonly ReconciliationReport[]>;
  /** In the order of orders, after a position. */
  abstract differences(id: ReconciliationId, after: number, limit: number): Promise<readonly ToldDifference[]>;
}
