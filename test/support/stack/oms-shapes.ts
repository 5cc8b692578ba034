/** What the OMS twin's control door speaks. Attribute names of orders are the vendor's. */
export interface OmsOrder {
  readonly OrderId: string;
  readonly OrgId: string;
  readonly CustomerId?: string | null;
  readonly CustomerLastName?: string | null;
  readonly CustomerEmail?: string | null;
  readonly CurrencyCode?: string;
  readonly IsConfirmed?: boolean;
  readonly IsCancelled?: boolean;
  readonly IsOnHold?: boolean;
  readonly MinFulfillmentStatusId?: string | null;
  readonly MaxFulfillmentStatusId?: string | null;
  readonly OrderSubTotal?: number;
  readonly OrderTotal?: number;
  readonly TotalCharges?: number;
  readonly TotalDiscounts?: number;
  readonly TotalTaxes?: number;
  readonly TotalInformationalTaxes?: number;
  readonly CancelledOrderTotal?: number | null;
  readonly UpdatedTimestamp?: string;
  readonly OrderLine?: readonly OmsLine[];
  readonly TaxExemptId?: string | null;
  readonly DoNotReleaseBefore?: string | null;
  readonly OrderAttribute?: readonly { readonly AttributeName?: string; readonly AttributeValue?: string }[];
  readonly Payment?: readonly {
    readonly PaymentMethod?: readonly {
      readonly PaymentType?: { readonly PaymentTypeId?: string };
      readonly Amount?: number | string;
      readonly BillingAddress?: { readonly Address?: Readonly<Record<string, string>> };
    }[];
  }[];
}

export interface OmsLine {
  readonly OrderLineId: string;
  readonly ItemId?: string;
  readonly Quantity?: number;
  readonly UnitPrice?: number;
  readonly IsCancelled?: boolean;
  readonly OrderLineSubTotal?: number;
  readonly OrderLineTotal?: number;
  readonly ShippingMethodId?: string;
  readonly ShipToLocationId?: string | null;
  readonly DeliveryMethod?: { readonly DeliveryMethodId?: string };
  readonly ShipToAddress?: { readonly Address?: Readonly<Record<string, string>> };
  readonly QuantityDetail?: readonly { readonly StatusId?: string; readonly Quantity?: number }[];
  readonly FulfillmentDetail?: readonly OmsParcelRow[];
  readonly OrderLineChargeDetail?: readonly { readonly ChargeTotal?: number | string }[];
  readonly OrderLineTaxDetail?: readonly { readonly TaxAmount?: number | string }[];
}

/** A parcel is all rows with the same PackageId (§4.2). */
export interface OmsParcelRow {
  readonly PackageId?: string;
  readonly TrackingNumber?: string;
  readonly CarrierCode?: string;
  readonly Quantity?: number;
}

export interface OmsWrite {
  readonly sequence: number;
  readonly at: string;
  readonly entity: 'order' | 'customer';
  readonly key: string;
  readonly kind: 'create' | 'update';
  readonly changed: readonly string[];
  readonly by: 'api' | 'life';
  /** W3C trace context that the call carried; null for steps of the twin's own. */
  readonly traceparent: string | null;
}

export interface OmsWrites {
  readonly effective: readonly OmsWrite[];
  /** Of calls from outside only. */
  readonly counts: { readonly effective: number; readonly repeats: number; readonly refused: number };
}

export interface LifeStep {
  /** Milliseconds after the step before. */
  readonly after: number;
  readonly do:
    | 'allocate'
    | 'backorder'
    | 'release'
    | 'process'
    | 'pick'
    | 'pack'
    | 'ship'
    | 'deliver'
    | 'short'
    | 'deallocate'
    | 'cancel'
    | 'hold'
    | 'resolve';
  /** Absent: everything that the step can be done with. */
  readonly lines?: readonly {
    readonly orderLineId: string;
    readonly quantity: number;
    readonly shipFromLocationId?: string;
    /** Sent instead of the ordered item. */
    readonly itemId?: string;
  }[];
  readonly package?: { readonly packageId: string; readonly trackingNumber: string; readonly carrierCode: string };
  readonly reasonId?: string;
  readonly holdTypeId?: string;
}

export interface LifeReport {
  readonly done: number;
  readonly pending: number;
  /** Steps that were not possible, with their reason. */
  readonly failed: readonly unknown[];
}

export interface OmsPublishing {
  readonly http: {
    readonly url: string;
    readonly hmacSecret?: string;
    readonly bearer?: string;
    readonly shape: 'wrapped' | 'bare' | 'pubsub-push';
  } | null;
  readonly amqp: { readonly url: string; readonly queue: string; readonly shape: 'bare' | 'wrapped' } | null;
  readonly consolidated?: boolean;
  readonly consolidationMs?: number;
}

/** Counted in messages, copies included. */
export interface OmsDeliveries {
  readonly published: number;
  readonly delivered: number;
  readonly pending: number;
}

/** How messages of the OMS travel, and how its API misbehaves. Unnamed switches stay as they are. */
export interface ChaosSwitches {
  /** Each message is delivered that many times. */
  readonly copies?: number;
  /** Each copy is held back for a random time up to this many milliseconds. */
  readonly shuffleWithinMs?: number;
  /** Messages that are never delivered. */
  readonly dropRatio?: number;
  readonly answerLost?: number;
  readonly lockWaitRatio?: number;
  readonly status5xxRatio?: number;
}
