/**
 * What the OMS itself holds, read by the driver of a target and put into our words. Amounts are in major units and signed as the
 * OMS has them; ids are its own. A word of the OMS that the driver does not know reads `unknown:<word>`.
 */
export interface HeldOrder {
  readonly organization: string | undefined;
  readonly number: string | undefined;
  readonly orderType: string | undefined;
  readonly documentType: string | undefined;
  readonly sellingChannel: string | undefined;
  readonly locale: string | undefined;
  readonly currency: string | undefined;
  /** ISO 8601 in UTC. */
  readonly capturedAt: string | undefined;
  readonly confirmed: boolean;
  readonly cancelled: boolean;
  readonly cancelReason: string | undefined;
  readonly cancelComment: string | undefined;
  readonly onHold: boolean;
  readonly version: number | undefined;
  readonly customer: HeldCustomerOfOrder;
  readonly notes: readonly HeldNote[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly holds: readonly HeldHold[];
  readonly charges: readonly HeldCharge[];
  readonly taxes: readonly HeldTax[];
  readonly lines: readonly HeldLine[];
  readonly payments: readonly HeldPayment[];
  readonly totals: HeldTotals;
  readonly cancelledTotal: number | undefined;
  readonly invoices: readonly HeldInvoice[];
  readonly releases: readonly HeldRelease[];
  readonly returnTracking: readonly { readonly number: string | undefined; readonly carrier: string | undefined }[];
}

export interface HeldCustomerOfOrder {
  readonly key: string | undefined;
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  readonly email: string | undefined;
  readonly phone: string | undefined;
  readonly taxExempt: boolean;
  readonly taxExemptId: string | undefined;
}

export interface HeldAddress {
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

export interface HeldNote {
  readonly text: string | undefined;
  readonly category: string | undefined;
  readonly visible: boolean;
  /** Among the notes, from one. */
  readonly position: number | undefined;
}

export interface HeldHold {
  readonly type: string | undefined;
  readonly state: string;
  readonly comment: string | undefined;
}

export interface HeldCharge {
  readonly id: string | undefined;
  readonly kind: string;
  readonly name: string | undefined;
  readonly reference: string | undefined;
  readonly amount: number | undefined;
  readonly informational: boolean;
  readonly taxIncluded: boolean;
  /** Given for the line itself; otherwise a share of what was given for the order. */
  readonly ofLine: boolean;
}

export interface HeldTax {
  /** `on-top`, or `included` in the price. */
  readonly kind: string;
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly rate: number | undefined;
  readonly amount: number | undefined;
  readonly informational: boolean;
}

export interface HeldLine {
  readonly id: string | undefined;
  readonly sku: string | undefined;
  readonly quantity: number | undefined;
  readonly unitOfMeasure: string | undefined;
  readonly unitPrice: number | undefined;
  readonly originalPrice: number | undefined;
  readonly taxIncluded: boolean;
  readonly delivery: string;
  readonly shippingMethod: string | undefined;
  readonly shipToLocation: string | undefined;
  readonly address: HeldAddress | undefined;
  readonly pickUpBy: readonly Partial<HeldAddress>[];
  readonly email: string | undefined;
  readonly gift: boolean;
  readonly notes: readonly HeldNote[];
  readonly charges: readonly HeldCharge[];
  readonly taxes: readonly HeldTax[];
  readonly subTotal: number | undefined;
  readonly total: number | undefined;
  /** Where its units are, those of none left out. */
  readonly units: readonly { readonly status: number; readonly quantity: number }[];
  readonly cancelled: boolean;
  readonly cancelReason: string | undefined;
  readonly cancelComment: string | undefined;
  readonly cancels: readonly { readonly quantity: number | undefined; readonly reason: string | undefined }[];
  readonly lateCancel: string | undefined;
  readonly holds: readonly HeldHold[];
  readonly shipFromWanted: string | undefined;
  readonly shipFromForced: boolean;
  readonly allocatedFrom: readonly string[];
  readonly shorts: number;
  readonly isReturn: boolean;
  readonly evenExchange: boolean;
  readonly parentOrder: string | undefined;
  readonly parentLine: string | undefined;
  readonly returnReason: string | undefined;
  readonly condition: string | undefined;
  readonly receiptExpected: boolean | undefined;
}

export interface HeldPayment {
  readonly processing: string | undefined;
  readonly id: string | undefined;
  readonly type: string | undefined;
  readonly card: string | undefined;
  readonly amount: number | undefined;
  /** In which it is charged, from one. */
  readonly turn: number | undefined;
  readonly authorized: number | undefined;
  readonly settled: number | undefined;
  readonly currency: string | undefined;
  readonly gateway: string | undefined;
  readonly token: string | undefined;
  readonly displayNumber: string | undefined;
  readonly billTo: HeldAddress | undefined;
  readonly transactions: readonly HeldTransaction[];
}

export interface HeldTransaction {
  readonly type: string | undefined;
  readonly status: string | undefined;
  readonly response: string | undefined;
  /** Whether it is still to be sent to the payment provider. */
  readonly transmission: string | undefined;
  readonly active: boolean;
  readonly refundable: boolean;
  readonly requested: number | undefined;
  readonly processed: number | undefined;
  /** The payment provider's id of the transaction, or of the one that it follows. */
  readonly request: string | undefined;
  readonly follows: string | undefined;
  readonly expiresAt: string | undefined;
}

export interface HeldTotals {
  readonly goods: number | undefined;
  readonly charges: number | undefined;
  readonly discounts: number | undefined;
  readonly taxes: number | undefined;
  readonly informationalTaxes: number | undefined;
  readonly total: number | undefined;
}

export interface HeldInvoice {
  readonly type: string | undefined;
  readonly state: string | undefined;
  readonly total: number | undefined;
}

export interface HeldRelease {
  readonly id: string | undefined;
  readonly from: string | undefined;
  readonly lines: readonly {
    readonly id: string | undefined;
    readonly line: string | undefined;
    readonly quantity: number;
    readonly fulfilled: number;
    readonly cancelled: number;
  }[];
}

export interface HeldCustomer {
  readonly key: string | undefined;
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  readonly email: string | undefined;
  readonly phone: string | undefined;
  readonly taxExemptId: string | undefined;
  readonly addresses: readonly {
    readonly id: string | undefined;
    readonly use: string;
    readonly address: HeldAddress;
  }[];
}
