import type { Violation } from '../kernel/faults.js';
import type { LineId, LocationId, OrderNumber } from '../kernel/ids.js';
import type { Instant } from '../kernel/instant.js';
import type { CancelRequest, OrderSnapshot } from '../fulfillment/order-snapshot.js';
import type { SiteProfile } from '../sites/site-profile.js';
import type { TermsChange } from './order.js';

/** Names the order and guards the change: each change of an order carries a higher version than the one before. */
export interface OrderChange {
  readonly number: OrderNumber;
  /** A whole number, kept for each order; placing it was version 1. */
  readonly version: number;
}

export interface OrderRevision extends OrderChange, TermsChange {}

export interface Cancellation extends OrderChange {
  /** The OMS's reason id, from the site's map. */
  readonly reason: string;
  readonly comment?: string;
  /** The whole order where absent; of a line its whole quantity where no quantity is given. */
  readonly lines?: readonly { readonly id: LineId; readonly quantity?: number }[];
}

export interface HoldChange extends OrderChange {
  readonly type: string;
  readonly comment?: string;
  /** The order as a whole where absent. */
  readonly line?: LineId;
}

export interface Reroute extends OrderChange {
  readonly lines: readonly LineId[];
  /** Where it is to ship from; the OMS chooses where absent. */
  readonly shipFrom?: LocationId;
}

/** Units that the place that was to send them does not have. */
export interface Shortage extends OrderChange {
  readonly line: LineId;
  /** Of what is released and not yet sent; all of it where absent. */
  readonly quantity?: number;
  /** The OMS's reason id: it decides whether the units are looked for elsewhere or given up. */
  readonly reason: string;
}

/** What the OMS said to a change. A refusal is an answer; anything else that goes wrong is a SyncFault. */
export type ChangeAnswer =
  | { readonly kind: 'changed'; readonly order: OrderSnapshot }
  /** Passed on to the fulfilment system; the outcome is told later, and may be a failure. */
  | { readonly kind: 'requested' }
  | { readonly kind: 'refused'; readonly violations: readonly Violation[] };

/** What the OMS would allow to be changed now. */
export interface PermittedChanges {
  readonly order: readonly string[];
  readonly lines: Readonly<Record<string, readonly string[]>>;
}

export interface LateCancel {
  readonly line: LineId;
  readonly state: CancelRequest;
  readonly at: Instant;
}

/** Changes to orders that the OMS holds. Each is safe to repeat: the same change with the same version has one effect and one answer. */
export abstract class OmsOrderChanges {
  /** All of it or nothing: one line that may not be changed any more refuses the whole revision. */
  abstract revise(site: SiteProfile, revision: OrderRevision): Promise<ChangeAnswer>;
  abstract confirm(site: SiteProfile, change: OrderChange): Promise<ChangeAnswer>;
  /** After release the OMS may take it as a request only, where the tenant allows that at all. */
  abstract cancel(site: SiteProfile, cancellation: Cancellation): Promise<ChangeAnswer>;
  abstract applyHold(site: SiteProfile, hold: HoldChange): Promise<ChangeAnswer>;
  abstract resolveHold(site: SiteProfile, hold: HoldChange): Promise<ChangeAnswer>;
  /** Sends units from elsewhere, by the means that their stage and the tenant's strategy allow. */
  abstract reroute(site: SiteProfile, reroute: Reroute): Promise<ChangeAnswer>;
  /**
   * Reports released units as missing. Of a repeat the OMS is told only what is still open, so that a part may be reported twice where
   * the process died between report and version; the whole of a line never is.
   */
  abstract short(site: SiteProfile, shortage: Shortage): Promise<ChangeAnswer>;
  abstract permitted(site: SiteProfile, number: OrderNumber): Promise<PermittedChanges>;
  /** Cancellations after release and how they stand. */
  abstract lateCancels(site: SiteProfile, number: OrderNumber): Promise<readonly LateCancel[]>;
}
