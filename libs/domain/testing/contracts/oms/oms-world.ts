import type {
  FeedDelivery,
  LineId,
  LocationId,
  OmsAvailabilityFeed,
  OmsCustomers,
  OmsInventory,
  OmsMoney,
  OmsOrderBook,
  OmsOrderChanges,
  OmsOrderFeed,
  OmsOrders,
  OmsReasons,
  OmsReturns,
  OrderNumber,
  SiteProfile,
  Sku,
} from '@tandem/domain';
import type { HeldCustomer, HeldOrder } from './held-order.js';
import type { OtherHost } from './oms-other-host.js';
import type { Retelling, Retold, StockOmission } from './oms-templates.js';

/** What an OMS, or a tenant of it, may or may not offer to the kit. Declared by its driver, never found out by trying. */
export type Capability =
  /** Settings of the tenant may be changed for a claim. */
  | 'tenant-settings'
  /** Its clock may be advanced. */
  | 'virtual-clock'
  /** Somebody else than the warehouse decides nothing: orders move only as the kit says. */
  | 'manual-life'
  /** Messages can be received. */
  | 'messages'
  /** Its messages may be shaped: consolidated, wrapped, repeated, reordered. */
  | 'message-shapes'
  | 'push-door'
  | 'queue-door'
  | 'pull-door'
  /** A release can be shorted. */
  | 'shorts'
  /** Goods can be received back. */
  | 'receipts'
  /** Stock can be set, and the views that show it. */
  | 'stock'
  | 'inventory'
  | 'unlimited-stock'
  /** Delivery dates can be asked. */
  | 'promises'
  | 'availability-feed';

/** The adapter under test. */
export interface OmsPorts {
  readonly orders: OmsOrders;
  readonly changes: OmsOrderChanges;
  readonly book: OmsOrderBook;
  readonly returns: OmsReturns;
  readonly customers: OmsCustomers;
  readonly feed: OmsOrderFeed;
  readonly inventory: OmsInventory;
  readonly money: OmsMoney;
  readonly reasons: OmsReasons;
  readonly availabilityFeed: OmsAvailabilityFeed;
}

/** What an installation may choose of the adapter. */
export interface AdapterChoices {
  readonly cancelBy?: 'save' | 'endpoint';
  readonly lateCancels?: 'off' | 'line-by-line';
  /** For a reason of the tenant's that has the OMS look for the units elsewhere. */
  readonly releasedReroute?: 'pull-back' | 'refuse' | { readonly shortFor: string };
  readonly allocatedReroute?: 'refuse' | 'deallocate';
  readonly searchPageSize?: number;
  /** Wrong on purpose. */
  readonly credentials?: 'refused';
  /** Names an organization that the user has no access to. */
  readonly organization?: 'forbidden';
  readonly callsPerHour?: number;
  /** Of parcels that come back. */
  readonly returnShippingMethod?: string;
}

/** What a claim may have of the tenant. All of it is as it was after the claim. */
export interface TenantSettings {
  readonly lateCancels?: 'off' | 'on';
  readonly lateCancelOutcome?: 'cancelled' | 'partly' | 'failed' | 'undecided';
  readonly cancelEndpoints?: boolean;
  readonly searchLagMs?: number;
  readonly largestSearchPage?: number;
  readonly statusSpelling?: 'plain' | 'decimals';
  readonly parentOnReturn?: 'pending-return' | 'returned';
  readonly eventLists?: 'all-or-nothing' | 'partial';
  readonly refunds?: 'automatic' | 'manual';
  readonly carrierScans?: 'off' | 'on';
  /** Of returns that expect no goods. */
  readonly returnApproval?: 'automatic' | 'manual';
  readonly documentTypeShape?: 'object' | 'string';
  readonly conditionShape?: 'object' | 'string';
  /** A message in the answer of every effective save, which stays a success. */
  readonly saveMessage?: 'none' | 'restriction' | 'completed' | 'payment-declined' | 'generic';
  readonly returnAgeDays?: number;
  readonly callsPerHour?: number;
  readonly overBudget?: 'with-wait' | 'without-wait';
}

/** How the OMS, or what lies before it, answers the next calls that match. */
export type Misbehaviour =
  | 'server-error'
  | 'unavailable-html'
  | 'lock-wait'
  | 'success-with-failure'
  | 'success-with-failure-in-record'
  | 'failure-with-warning-only'
  | 'bad-request-html'
  | 'not-json'
  | 'empty-answer'
  | 'expired-token'
  | 'forbidden'
  | 'over-budget'
  | 'answer-lost'
  | 'connection-cut'
  /** A search that finds nothing yet. */
  | 'nothing-found'
  | 'hard-restriction'
  | 'stale-version';

export type CallKind =
  'sign-in' | 'save' | 'read' | 'search' | 'availability' | 'promise' | 'tracker' | 'pull-back' | 'any';

/** Between adapter and OMS: counts calls and misbehaves when told to. */
export interface Wire {
  misbehave(kind: Misbehaviour, on: CallKind, times?: number): void;
  /** Calls that the adapter has made since the world was restored, those that misbehaved included. */
  calls(kind: CallKind): number;
  /** What it asked and sent since then, in the order of the calls. */
  readonly promises: readonly AskedPromise[];
  readonly saves: readonly SentSave[];
}

export interface AskedPromise {
  readonly cart: string | undefined;
  readonly configuration: string | undefined;
  readonly demand: string | undefined;
  readonly postalCode: string | undefined;
  readonly country: string | undefined;
  readonly lines: readonly {
    readonly id: string | undefined;
    readonly sku: string | undefined;
    readonly quantity: number | undefined;
    readonly bySending: boolean;
    readonly byPickUp: boolean;
  }[];
}

export interface SentSave {
  readonly number: string | undefined;
  readonly organization: string | undefined;
  /** What the OMS is not to reckon anew. */
  readonly agreed: { readonly prices: boolean; readonly charges: boolean; readonly taxes: boolean };
}

export interface Parcel {
  readonly package: string;
  readonly tracking: string;
  readonly carrier: string;
  /** When it left, where the warehouse says so; now otherwise. ISO 8601 in UTC. */
  readonly leftAt?: string;
}

/** Makes the OMS do things, by its public API only. Each returns when it is done. */
export interface Warehouse {
  allocate(number: OrderNumber): Promise<void>;
  /** Takes the reservation away: the units wait for stock. */
  deallocate(number: OrderNumber): Promise<void>;
  release(number: OrderNumber): Promise<void>;
  /** To a rung of the warehouse: `in-process`, `picked`, `packed`. */
  move(number: OrderNumber, to: 'in-process' | 'picked' | 'packed'): Promise<void>;
  ship(number: OrderNumber, line: LineId, quantity: number, parcel: Parcel): Promise<void>;
  pickUp(number: OrderNumber, line: LineId, quantity: number): Promise<void>;
  /** By tracking number alone. */
  deliver(tracking: string): Promise<void>;
  short(number: OrderNumber, line: LineId, quantity: number, then: 'cancel' | 'reallocate'): Promise<void>;
  receive(back: OrderNumber, line: LineId, quantity: number, condition?: string): Promise<void>;
  scan(back: OrderNumber, line: LineId): Promise<void>;
  /** Received goods are given back to stock, and the return goes on. */
  verify(back: OrderNumber, line: LineId, quantity: number): Promise<void>;
  refund(back: OrderNumber): Promise<void>;
  stock(sku: Sku, location: LocationId, quantity: number): Promise<void>;
  /** Several ships as one list, of which the last names an order that does not exist; answers whether the list was refused. */
  shipWithAStranger(number: OrderNumber, line: LineId, quantity: number, parcel: Parcel): Promise<'taken' | 'refused'>;
}

/** A sync of a view as its schedule would start it. */
export interface StockSync {
  readonly view: string;
  readonly kind: 'full' | 'delta';
  readonly recordsInPage?: number;
  /** Pages that never arrive, counted from zero. */
  readonly lostPages?: readonly number[];
}

export interface MessageShape {
  readonly body?: 'bare' | 'wrapped';
  readonly consolidated?: boolean;
  readonly copies?: number;
  readonly reorderWithinMs?: number;
  readonly dropRatio?: number;
  readonly unknownAttributes?: boolean;
  readonly withoutChangeLog?: boolean;
  readonly datesWithoutFraction?: boolean;
}

/** Receives what the OMS publishes, as the product's doors hand it on. */
export interface Messages {
  /** From now on, through this door and in this shape. */
  listen(door: 'push' | 'pubsub-push' | 'queue' | 'pull', shape?: MessageShape): Promise<void>;
  /** All that came since `listen`, in the order of arrival. */
  received(): readonly FeedDelivery[];
}

/** An OMS and everything around it that a claim needs: the target's driver makes one. */
export interface OmsWorld {
  readonly site: SiteProfile;
  /** What is not offered here, with the reason. */
  readonly lacks: ReadonlyMap<Capability, string>;
  /** The adapter under test, on connections of its own where choices are named. */
  ports(choices?: AdapterChoices): OmsPorts;
  /** Never given before, to this OMS. */
  newNumber(): OrderNumber;
  readonly warehouse: Warehouse;
  readonly otherHost: OtherHost;
  readonly wire: Wire;
  readonly messages: Messages;
  held(number: OrderNumber): Promise<HeldOrder | undefined>;
  /** The order as it is held, as a publish template of some tenant would tell it. */
  retold(number: OrderNumber, retelling?: Retelling): Promise<Retold>;
  /** What is available of an item, as an alert of some tenant would tell it. */
  retoldStock(sku: Sku, view: string, ...without: readonly StockOmission[]): Promise<Retold>;
  /** How promises are asked for here. */
  readonly promising: { readonly configName: string; readonly demandType: string };
  heldCustomer(key: string): Promise<HeldCustomer | undefined>;
  tenant(settings: TenantSettings): Promise<void>;
  advanceClock(milliseconds: number): Promise<void>;
  syncStock(sync: StockSync): Promise<void>;
  /** An item of which the network has no end. */
  readonly unlimited: Sku;
  /** Availability views, read as configured for the tenant. */
  readonly views: { readonly network: string; readonly location: string; readonly statusOnly: string };
  readonly locations: { readonly center: LocationId; readonly store: LocationId };
  eventually<T>(what: string, probe: () => Promise<T | undefined>): Promise<T>;
  /** Ends what a claim began: settings, misbehaviour, doors. */
  restore(): Promise<void>;
  close(): Promise<void>;
}
