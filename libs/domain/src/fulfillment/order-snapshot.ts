import type { Instant } from '../kernel/instant.js';
import type { LineId, LocationId, OmsOrderId, OmsOrganization, OrderNumber, Sku, TenderId } from '../kernel/ids.js';
import type { Currency } from '../money/currency.js';
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
  /** Of its amounts; undefined where the publish template leaves it out. */
  readonly currency?: Currency;
  /** Types of the holds that are applied. */
  readonly holds: readonly string[];
  readonly lines: readonly SnapshotLine[];
  readonly shipments: readonly Shipment[];
  /** Undefined where the publish template leaves totals out. */
  readonly total?: Minor;
  /** On top of the prices or held in them, as the order's prices are; undefined where the template leaves totals out. */
  readonly taxes?: Minor;
  /** Set when the order as a whole was cancelled. */
  readonly cancelledTotal?: Minor;
  /** What was done with each tender so far; undefined where the publish template leaves payments out. */
  readonly tenders?: readonly TenderStanding[];
}

/** A tender as the OMS books it. Amounts are absolute and never negative. */
export interface TenderStanding {
  readonly id: TenderId;
  readonly authorized: Minor;
  readonly captured: Minor;
  readonly refunded: Minor;
  readonly authorizationExpires?: Instant;
}

export interface SnapshotLine {
  readonly id: LineId;
  readonly cancelled: boolean;
  /** Where its units are; units that the OMS no longer counts (cancelled ones) may be missing. */
  readonly units: readonly { readonly stage: Stage; readonly quantity: number }[];
  /** The OMS's id of why units were cancelled or came up short, the latest it tells. */
  readonly reason?: string;
  /** When the customer is promised to have it. */
  readonly promisedDelivery?: Instant;
  /** Until when a pick-up waits for the customer. */
  readonly pickupExpires?: Instant;
  /** How a cancellation after release stands. */
  readonly cancelRequest?: CancelRequest;
}

export const CANCEL_REQUESTS = ['requested', 'cancelled', 'partly-cancelled', 'failed'] as const;
export type CancelRequest = (typeof CANCEL_REQUESTS)[number];

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
