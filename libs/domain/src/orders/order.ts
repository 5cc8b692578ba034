import type { Address } from '../customers/address.js';
import type { OrderCustomer } from '../customers/customer.js';
import type { Instant } from '../kernel/instant.js';
import type {
  CrmOrderId,
  CrmRecordId,
  LineId,
  LocationId,
  OmsOrderId,
  OrderNumber,
  SiteId,
  Sku,
  TenderId,
} from '../kernel/ids.js';
import type { Currency } from '../money/currency.js';
import type { Minor } from '../money/minor.js';
import type { AnsweredRequest, BegunRequest } from './agent-request.js';

/** What customer and retailer agreed on. Every amount is in minor units of the one currency. */
export interface OrderTerms {
  readonly site: SiteId;
  readonly number: OrderNumber;
  readonly crmOrderId: CrmOrderId;
  readonly capturedAt: Instant;
  readonly currency: Currency;
  readonly pricesIncludeTax: boolean;
  readonly customer: OrderCustomer;
  readonly billTo?: Address;
  readonly purchaseOrderNumber?: string;
  readonly instructions?: string;
  /** Nothing leaves before. */
  readonly releaseNotBefore?: Instant;
  readonly lines: readonly OrderLine[];
  readonly charges: readonly Charge[];
  readonly tenders: readonly Tender[];
}

export interface OrderLine {
  readonly id: LineId;
  readonly crmLineId: CrmRecordId;
  readonly sku: Sku;
  readonly description?: string;
  /** Units, up to four decimals. */
  readonly quantity: number;
  readonly unitPrice: Minor;
  readonly delivery: DeliveryOption;
  readonly gift?: { readonly message?: string };
  /** Each positive: what it takes off. Order discounts stand here as the line's share. */
  readonly discounts: readonly Discount[];
  readonly taxes: readonly Tax[];
}

export type DeliveryOption =
  | { readonly kind: 'ship-to-home'; readonly method: string; readonly address: Address }
  | { readonly kind: 'ship-to-store'; readonly method: string; readonly store: LocationId }
  | { readonly kind: 'pick-up'; readonly method: string; readonly store: LocationId }
  | { readonly kind: 'digital'; readonly method: string; readonly email: string };

export interface Discount {
  readonly id: string;
  readonly name: string;
  readonly coupon?: string;
  readonly amount: Minor;
  /** The discount on the whole order that this is a share of. */
  readonly shareOf?: string;
}

export interface Tax {
  readonly id: string;
  readonly name: string;
  readonly rate?: number;
  readonly amount: Minor;
}

export interface Charge {
  readonly id: string;
  readonly kind: 'shipping' | 'fee';
  readonly name: string;
  readonly amount: Minor;
  readonly taxes: readonly Tax[];
}

export interface Tender {
  readonly id: TenderId;
  readonly type: string;
  readonly amount: Minor;
  readonly authorized: Minor;
  readonly captured: Minor;
  readonly cardBrand?: string;
  readonly token?: string;
  readonly displayNumber?: string;
  readonly gateway?: string;
  readonly authorizationId?: string;
  readonly authorizationExpires?: Instant;
}

/** What is to be otherwise in an order that is placed already: only what changes, all else stays as it is. */
export interface TermsChange {
  readonly lines?: readonly {
    readonly id: LineId;
    readonly quantity?: number;
    readonly delivery?: DeliveryOption;
    readonly unitPrice?: Minor;
    readonly discounts?: readonly Discount[];
    readonly taxes?: readonly Tax[];
  }[];
  readonly addedLines?: readonly OrderLine[];
  readonly instructions?: string;
  readonly billTo?: Address;
  /** What each of these is to pay now. */
  readonly tenders?: readonly { readonly id: TenderId; readonly amount: Minor }[];
}

/** A revision that was decided on and that the OMS has not answered yet. Kept before it is sent, so that whoever comes after sends the same. */
export interface PendingRevision {
  readonly changes: TermsChange;
  /** What is agreed once the OMS has taken it. */
  readonly terms: OrderTerms;
}

export interface OrderedLine {
  readonly id: LineId;
  readonly quantity: number;
}

/** What was ordered of each line until a revision took effect. */
export interface EarlierLines {
  /** By the OMS's clock. */
  readonly until: Instant;
  readonly lines: readonly OrderedLine[];
}

/** Checked and taken on; the OMS does not know it yet. */
export interface AcceptedOrder {
  readonly state: 'accepted';
  readonly terms: OrderTerms;
  readonly acceptedAt: Instant;
}

/** The OMS holds it. */
export interface SubmittedOrder {
  readonly state: 'submitted';
  readonly terms: OrderTerms;
  readonly acceptedAt: Instant;
  readonly submittedAt: Instant;
  readonly omsOrderId: OmsOrderId;
  /** Of the last change that the OMS took; absent while there was none but the placing, which was version 1. */
  readonly omsVersion?: number;
  readonly pending?: PendingRevision;
  /** What was ordered before each revision of the lines, oldest first. */
  readonly earlier?: readonly EarlierLines[];
  /** While an agent's request is with the OMS. */
  readonly begun?: BegunRequest;
  /** What agents asked for, and what became of it, oldest first. */
  readonly requests?: readonly AnsweredRequest[];
}

export type Order = AcceptedOrder | SubmittedOrder;

/** Names the order in the CRM, where several sites share an org. */
export const orderKey = (site: SiteId, number: OrderNumber) => `${site}:${number}`;

/** Names a line in the CRM. */
export const lineKey = ({ site, number }: OrderTerms, line: string) => `${orderKey(site, number)}:${line}`;
