import type { CrmOrgName, LocationId, OmsOrganization, SiteId } from '../kernel/ids.js';
import type { Stage } from '../fulfillment/stage.js';
import type { ReturnStage } from '../returns/return-stage.js';
import type { Currency } from '../money/currency.js';

/** How goods reach the customer. */
export type DeliveryKind = 'ship-to-home' | 'ship-to-store' | 'pick-up' | 'digital';

export interface DeliveryMethod {
  readonly kind: DeliveryKind;
  /** The OMS's code of the shipping method. */
  readonly omsShippingMethod: string;
}

/** Where the CRM keeps orders: in its core objects alone, or with summaries of its own order management, which is not to manage them. */
export type CrmModel = 'core' | 'order-management';

/** What a site calls things on the OMS's side: per tenant, hence configuration. */
export interface OmsVocabulary {
  readonly organization: OmsOrganization;
  readonly orderType: string;
  readonly docType: string;
  readonly sellingChannel: string;
  readonly unitOfMeasure: string;
  /** From the CRM's tender type to the OMS's payment type. */
  readonly tenderTypes: Readonly<Record<string, string>>;
  /** Whether the tenant takes cancellations after release, which go line by line; `off` where nothing is said. */
  readonly lateCancels?: 'off' | 'line-by-line';
  /** What the tenant's own statuses stand for, by id; those that every tenant has are known. */
  readonly statuses?: Readonly<Record<string, Stage>>;
  /** The same of units that come back. */
  readonly returnStatuses?: Readonly<Record<string, ReturnStage>>;
  /** The OMS's ids of the reasons that are in use. A message with another one waits until somebody names it; without the list all are taken. */
  readonly reasons?: readonly string[];
}

/** What of an order may be edited after it was placed. `billing` is the address to bill. */
export type EditKind = 'lines' | 'quantity' | 'price' | 'delivery' | 'address' | 'instructions' | 'billing';

/** Until units have come to which stage; `never` for what may not be edited at all. */
export type EditLimits = Readonly<Partial<Record<EditKind, Stage | 'never'>>>;

/** What agents may have done to an order that the OMS holds. */
export type AgentActionKind = 'cancel' | 'hold' | 'release-hold';

/** What agents of a site may ask for, and what their wishes are called at the OMS. */
export interface AgentTerms {
  readonly may?: readonly AgentActionKind[];
  /** The OMS's reason id of what an agent cancels. */
  readonly cancelReason?: string;
  /** The OMS's type of the hold that agents apply and release. */
  readonly hold?: string;
}

/** How orders are held against each other by the clock. */
export interface ReconciliationPlan {
  readonly everyMinutes: number;
  /** Whether differences are repaired, or only told; told where nothing is said. */
  readonly apply?: boolean;
  /** How far the search of the OMS may lag behind; 5 where absent. */
  readonly lagMinutes?: number;
  /** Where the first window begins; 72 hours ago where absent. */
  readonly reachHours?: number;
  /** How long after the first look a difference must still be there; 60 where absent. */
  readonly settleSeconds?: number;
}

/** A storefront of one brand in one region: which CRM org and OMS organization it belongs to, and all its value maps. */
export interface SiteProfile {
  readonly id: SiteId;
  readonly crmOrg: CrmOrgName;
  /** `core` where nothing is said. */
  readonly crmModel?: CrmModel;
  readonly oms: OmsVocabulary;
  readonly locale: string;
  readonly currencies: readonly Currency[];
  /** Whether shelf prices hold the tax (VAT) or tax comes on top. */
  readonly pricesIncludeTax: boolean;
  /** From the CRM's delivery method to ours. */
  readonly deliveryMethods: Readonly<Record<string, DeliveryMethod>>;
  readonly stores: readonly LocationId[];
  /** ISO 3166 codes of the countries whose customers this site serves; without it those that no other site of the CRM org names. */
  readonly customerCountries?: readonly string[];
  /** The most lines that the OMS takes in one order. */
  readonly maxLines: number;
  /** Where the site differs from what is usual. */
  readonly edits?: EditLimits;
  readonly agents?: AgentTerms;
  /** From a status of our vocabulary to the words for it; English where nothing is said. */
  readonly statusLabels?: Readonly<Record<string, string>>;
  /** Only on demand where absent. */
  readonly reconciliation?: ReconciliationPlan;
}

/** The sites that this installation serves. Fixed for the life of the process. */
export abstract class Sites {
  abstract find(id: SiteId): SiteProfile | undefined;
  abstract all(): readonly SiteProfile[];
}
