import type { Instant } from '../kernel/instant.js';
import type { LineId, LocationId, OmsOrderId, OmsOrganization, OrderNumber, Sku } from '../kernel/ids.js';
import type { Minor } from '../money/minor.js';
import type { Stage } from './stage.js';

/** An order as the OMS published it at one moment: absolute, never a change. Publishes arrive in any order and repeatedly. */
export interface OrderSnapshot {
  readonly organization: OmsOrganization;
  readonly orderNumber: OrderNumber;
  readonly omsOrderId: OmsOrderId;
  /** When the OMS was in this state, by its own clock. */
  readonly at: Instant;
  readonly cancelled: boolean;
  /** Types of the holds that are applied. */
  readonly holds: readonly string[];
  readonly lines: readonly SnapshotLine[];
  readonly shipments: readonly Shipment[];
  /** Undefined where the publish template leaves totals out. */
  readonly total?: Minor;
  /** Set when the order as a whole was cancelled. */
  readonly cancelledTotal?: Minor;
}

export interface SnapshotLine {
  readonly id: LineId;
  readonly cancelled: boolean;
  /** Where its units are; units that the OMS no longer counts (cancelled ones) may be missing. */
  readonly units: readonly { readonly stage: Stage; readonly quantity: number }[];
}

/** A parcel. Its key is made of what never changes of it. */
export interface Shipment {
  readonly key: string;
  readonly packageId: string;
  readonly carrier?: string;
  readonly trackingNumber?: string;
  readonly shippedAt?: Instant;
  readonly shipFrom?: LocationId;
  readonly lines: readonly { readonly line: LineId; readonly sku: Sku; readonly quantity: number }[];
}
