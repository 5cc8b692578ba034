import type { SeedRecord } from '../support/stack/crm-twin.js';
import type { LifeStep } from '../support/stack/oms-shapes.js';
import type { Catalogue } from './catalogue.js';
import type { Cents } from './cents.js';
import type { GoldenSite } from './sites.js';

/** Where and when a golden order is placed. */
export interface Placement {
  readonly site: GoldenSite;
  /** Unique among all orders of a run: letters, digits and dashes, at most 20. */
  readonly suffix: string;
  /** Chooses the person who orders. */
  readonly turn: number;
  readonly catalogue: Catalogue;
  /** Milliseconds between two steps of the order's life at the OMS. */
  readonly paceMs: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** One shape of order that every release proves: made as often as needed, always the same but for names. */
export interface GoldenOrder {
  readonly id: string;
  readonly title: string;
  /** Whether the site sells what it needs. */
  sold(site: GoldenSite): boolean;
  place(placement: Placement): GoldenCase;
}

/** A golden order, placed: what the CRM holds before, what the OMS does with it, and what both must hold in the end. */
export interface GoldenCase {
  readonly shape: string;
  readonly title: string;
  readonly site: GoldenSite;
  readonly number: string;
  /** The order's own record has the reference `order`. */
  readonly records: readonly SeedRecord[];
  readonly life: readonly LifeStep[];
  /** What people and other systems do, one after the other. */
  readonly acts: readonly Act[];
  readonly terms: ExpectedTerms;
  readonly ending: ExpectedEnding;
}

/** A record that an agent makes, or changes where it names one; `@line-1` stands for the record of that reference. */
export interface CrmEdit {
  readonly object: string;
  readonly id?: string;
  readonly fields: CrmFields;
}

/** Someone does something once the CRM shows something: in the CRM, at the OMS, as one of its other users, or through sync-api. */
export interface Act {
  /** `Field is value`, of the order's record in the CRM; else of the first line's. */
  readonly when: string;
  readonly crm?: readonly CrmEdit[];
  readonly oms?: { readonly path: string; readonly body: unknown };
  readonly syncApi?: { readonly path: string; readonly body: unknown };
}

/** What the OMS must have been told, to the cent; discounts are positive. */
export interface ExpectedTerms {
  readonly currency: string;
  /** Undefined for a guest: the OMS must know of no customer. */
  readonly customerId: string | undefined;
  readonly lastName: string;
  readonly email: string;
  readonly lines: readonly ExpectedLine[];
  readonly charges: Cents;
  /** On lines and charges together; where prices hold the tax it is informational and adds nothing. */
  readonly taxes: Cents;
  readonly taxesAddToTotal: boolean;
  readonly total: Cents;
  readonly tenders: readonly { readonly type: string; readonly amount: Cents }[];
  /** What a business orders by. */
  readonly business:
    { readonly purchaseOrder: string; readonly taxExemptId: string; readonly billTo: string } | undefined;
  readonly doNotReleaseBefore: string | undefined;
}

export interface ExpectedLine {
  readonly id: string;
  readonly sku: string;
  readonly quantity: number;
  readonly unitPrice: Cents;
  readonly discounts: Cents;
  readonly taxes: Cents;
  readonly to: Destination;
}

/** Where a line goes, as the OMS must have been told. */
export type Destination =
  | { readonly kind: 'home'; readonly street: string; readonly city: string; readonly country: string }
  | { readonly kind: 'store'; readonly method: 'PickUpAtStore' | 'ShipToStore'; readonly store: string };

/** Where units of a line are, by the names that the CRM's quantity fields have. */
export type Place =
  'open' | 'back-ordered' | 'allocated' | 'released' | 'shipped' | 'delivered' | 'cancelled' | 'returned';

export interface ExpectedEnding {
  readonly status: string;
  readonly lines: Readonly<Record<string, Readonly<Partial<Record<Place, number>>>>>;
  readonly parcels: readonly ExpectedParcel[];
  /** Every status that the order has, one after the other. */
  readonly orderHistory: readonly string[];
  /** Where the units of each line stand, one after the other, as `2 released, 1 shipped`. */
  readonly lineHistory: Readonly<Record<string, readonly string[]>>;
  /** What the order was worth before it was cancelled as a whole; null when it was not. */
  readonly cancelledTotal: Cents | null;
  /** What the order comes to after units of it were cancelled; its own total where none were. */
  readonly omsTotal?: Cents;
  /** Further fields of the order's record in the CRM, as they read in the end. */
  readonly order?: CrmFields;
  /** The same of its lines. */
  readonly lineFields?: Readonly<Record<string, CrmFields>>;
  /** Steps beside the status, one after the other: of the holds, of a line's promise (with reason), of a cancel after release. */
  readonly beside?: readonly BesideTrack[];
  /** Returns of the order, by their numbers. */
  readonly returns?: readonly CrmFields[];
  /** What of the order we changed at the OMS after it was placed, one set of attributes for each time. */
  readonly edits?: readonly (readonly string[])[];
  /** Tenders as the OMS books them, in their order. */
  readonly tenders?: readonly CrmFields[];
}

export type CrmFields = Readonly<Record<string, string | number | boolean | null>>;

export interface BesideTrack {
  readonly track: 'holds' | 'promise' | 'cancel-request';
  readonly line: string | null;
  /** `to`, or `to (reason)`. */
  readonly steps: readonly string[];
}

export interface ExpectedParcel {
  readonly carrier: string;
  readonly trackingNumber: string;
  /** Quantity of each line. */
  readonly lines: Readonly<Record<string, number>>;
}

/** How some lines of an order reach the customer. */
export interface DeliveryGroup {
  /** By its name in the CRM. */
  readonly method: string;
  /** The person it goes to; the one who orders where nothing is said. */
  readonly turn?: number;
  readonly store?: true;
}

export interface CapturedTender {
  readonly type: string;
  readonly amount: Cents;
  readonly captured?: Cents;
}
