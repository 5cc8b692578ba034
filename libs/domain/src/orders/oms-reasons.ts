import type { SiteProfile } from '../sites/site-profile.js';

export type ReasonUse = 'cancel' | 'short' | 'return' | 'hold-resolve';

/** Why something may be done to an order, as the OMS knows it. */
export interface OmsReason {
  /** Opaque, such as `1000.000`. */
  readonly id: string;
  /** For people; the id where the OMS has no words for it. */
  readonly name: string;
  /** Who stands behind a cancellation; undefined where the OMS does not say. */
  readonly initiatedBy?: 'customer' | 'system';
  /** Of a short: whether the OMS looks for the units elsewhere, or gives them up. */
  readonly reallocates: boolean;
  /** Who may choose it. */
  readonly forCustomers: boolean;
  readonly forAgents: boolean;
}

/** The reasons that the OMS takes. Reads only; they change seldom. */
export abstract class OmsReasons {
  /** In the order of their ids. A missing right is a SuspendingFault. */
  abstract reasons(site: SiteProfile, use: ReasonUse): Promise<readonly OmsReason[]>;
}
