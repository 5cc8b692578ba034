import type { CrmOrderId, CrmRecordId } from '../kernel/ids.js';

/**
 * An order as the CRM holds it, put into our shape and not yet believed: any field may be missing or wrong.
 * Amounts are decimals of major units, as text or number. Discounts are positive when they take something off.
 */
export interface CapturedOrder {
  readonly crmOrderId: CrmOrderId;
  readonly number: string | undefined;
  readonly currency: string | undefined;
  /** ISO 8601 with zone. */
  readonly capturedAt: string | undefined;
  readonly pricesIncludeTax: boolean | undefined;
  readonly customer: CapturedCustomer | undefined;
  readonly billTo: CapturedAddress | undefined;
  readonly purchaseOrderNumber: string | undefined;
  readonly instructions: string | undefined;
  /** ISO 8601 with zone: a pre-order's first day of sale, or the end of the time for remorse. */
  readonly releaseNotBefore: string | undefined;
  readonly lines: readonly CapturedLine[];
  readonly charges: readonly CapturedCharge[];
  /** Discounts on the order as a whole, still to be spread over its lines. */
  readonly discounts: readonly CapturedDiscount[];
  readonly tenders: readonly CapturedTender[];
}

export type CapturedAmount = string | number;

export interface CapturedCustomer {
  /** Absent for a guest. */
  readonly key: string | undefined;
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  readonly email: string | undefined;
  readonly phone: string | undefined;
  readonly taxExemptId: string | undefined;
}

export interface CapturedAddress {
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  readonly lines: readonly string[];
  readonly city: string | undefined;
  readonly state: string | undefined;
  readonly postalCode: string | undefined;
  readonly country: string | undefined;
  readonly phone: string | undefined;
  readonly email: string | undefined;
}

export interface CapturedLine {
  readonly crmLineId: CrmRecordId;
  readonly id: string | undefined;
  readonly sku: string | undefined;
  readonly description: string | undefined;
  readonly quantity: number | undefined;
  readonly unitPrice: CapturedAmount | undefined;
  readonly delivery: CapturedDelivery | undefined;
  readonly gift: { readonly message: string | undefined } | undefined;
  readonly discounts: readonly CapturedDiscount[];
  readonly taxes: readonly CapturedTax[];
}

export interface CapturedDelivery {
  /** The CRM's name of the delivery method; the site profile says what it means. */
  readonly method: string | undefined;
  readonly address: CapturedAddress | undefined;
  /** The store, for what is picked up or sent to one. */
  readonly store: string | undefined;
}

export interface CapturedDiscount {
  readonly id: string;
  readonly name: string | undefined;
  readonly coupon: string | undefined;
  readonly amount: CapturedAmount | undefined;
}

export interface CapturedTax {
  readonly id: string;
  readonly name: string | undefined;
  /** Fraction, such as 0.06. */
  readonly rate: number | undefined;
  readonly amount: CapturedAmount | undefined;
}

/** What is paid on top of the goods, such as shipping. */
export interface CapturedCharge {
  readonly id: string;
  readonly kind: 'shipping' | 'fee';
  readonly name: string | undefined;
  readonly amount: CapturedAmount | undefined;
  readonly taxes: readonly CapturedTax[];
}

export interface CapturedTender {
  readonly id: string | undefined;
  /** The CRM's tender type; the site profile says what the OMS calls it. */
  readonly type: string | undefined;
  readonly amount: CapturedAmount | undefined;
  readonly authorized: CapturedAmount | undefined;
  readonly captured: CapturedAmount | undefined;
  readonly cardBrand: string | undefined;
  /** The payment provider's token; never a card number. */
  readonly token: string | undefined;
  readonly displayNumber: string | undefined;
  readonly gateway: string | undefined;
  readonly authorizationId: string | undefined;
  readonly authorizationExpires: string | undefined;
}
