import type { LocationId, OmsOrganization, Sku } from '../kernel/ids.js';
import type { Instant } from '../kernel/instant.js';
import type { FeedDelivery } from '../fulfillment/oms-order-feed.js';
import type { SiteProfile } from '../sites/site-profile.js';

export type StockStatus = 'in-stock' | 'limited' | 'out-of-stock';

/** What can be promised of an item: absolute, never a change. */
export interface Availability {
  readonly sku: Sku;
  /** Of the whole network where absent. */
  readonly location?: LocationId;
  readonly view: string;
  readonly status: StockStatus;
  /** Null where the OMS publishes the status alone. Infinity where supply is unlimited. */
  readonly quantity: number | null;
  readonly nextAvailable?: Instant;
  /** By the OMS's clock; a later one replaces an earlier one. */
  readonly at: Instant;
}

export interface AvailabilityQuestion {
  readonly view: string;
  readonly skus: readonly Sku[];
  /** Asks location by location where given; else of the network. */
  readonly locations?: readonly LocationId[];
}

export interface CartLine {
  readonly id: string;
  readonly sku: Sku;
  readonly quantity: number;
}

export interface PromiseQuestion {
  readonly cart: string;
  /** A product as its page shows it, or what is in a cart; the cart where absent. */
  readonly about?: 'product' | 'cart';
  readonly lines: readonly CartLine[];
  readonly shippingMethods: readonly string[];
  readonly pickUpAt?: LocationId;
  readonly destination?: { readonly postalCode: string; readonly country: string };
}

export interface PromisedOption {
  readonly line: string;
  readonly by: 'shipping' | 'pick-up';
  /** The shipping method, or the store. */
  readonly name: string;
  /** Units that can be had by then. Zero where nothing can be promised. */
  readonly quantity: number;
  readonly earliestShip?: Instant;
  /** Of a pick-up: when it can be fetched. */
  readonly earliestDelivery?: Instant;
}

/** Stock and promises, asked live. Reads only; whatever goes wrong is a SyncFault. */
export abstract class OmsInventory {
  /** One answer for each item asked for (and each location, where the item is eligible there), in no particular order. */
  abstract availability(site: SiteProfile, question: AvailabilityQuestion): Promise<readonly Availability[]>;
  abstract promise(site: SiteProfile, question: PromiseQuestion): Promise<readonly PromisedOption[]>;
}

/** One message of the OMS's availability feeds. */
export interface AvailabilityPublish {
  readonly organization: OmsOrganization;
  /**
   * `sync-details` may lack pages; `sync-end` closes a full sync whatever came of it. Details of a run that never started may be those of a
   * delta: the OMS does not always tell them apart. Every record counts by its moment, whatever the kind.
   */
  readonly kind: 'alert' | 'change' | 'delta' | 'sync-start' | 'sync-details' | 'sync-end';
  /** Of a sync: which run it belongs to. */
  readonly run?: string;
  /** Of a full sync: counted from zero, so that the last one is `of` − 1. */
  readonly page?: { readonly number: number; readonly of: number };
  readonly records: readonly Availability[];
}

/** Reads the availability messages of the OMS. Pure; tolerant of names; what cannot be read is a PermanentFault. */
export abstract class OmsAvailabilityFeed {
  abstract read(delivery: FeedDelivery): AvailabilityPublish;
}
