import type { Instant } from '../kernel/instant.js';
import type { CrmOrgName } from '../kernel/ids.js';

/** Calls that an org allows in its running day, as it last said. */
export interface CallBudget {
  readonly used: number;
  readonly limit: number;
  /** The last so many are for orders and agents alone; other work waits. */
  readonly keptForOrders: number;
}

/** What we need of an org and do not find. */
export interface OrgLack {
  /** Object, or object and field, as the org names them. */
  readonly subject: string;
  readonly need: 'read' | 'write';
  /** What follows: `stops` the flow that needs it; without `withheld` it goes on, and this is not shown. */
  readonly effect: 'stops' | 'withheld';
  /** Who can mend it, and how. */
  readonly remedy: string;
}

/** What an org has, as it described itself to the user that we work as. */
export interface OrgReport {
  readonly org: CrmOrgName;
  readonly describedAt: Instant;
  readonly features: {
    readonly multiCurrency: boolean;
    readonly stateCountryPicklists: boolean;
    readonly personAccounts: boolean;
    readonly orderManagement: boolean;
  };
  /** Every status that an order may have there, with what it counts as. */
  readonly orderStatuses: readonly { readonly status: string; readonly countsAs: string }[];
  readonly lacks: readonly OrgLack[];
}

/** The orgs of the CRM as those see them who run the installation. */
export abstract class CrmOrgReports {
  /** Asks nobody. The budget is undefined while the org has not answered any call. */
  abstract budgets(): readonly { readonly org: CrmOrgName; readonly budget: CallBudget | undefined }[];

  /** Each org that this installation is configured for. */
  abstract names(): readonly CrmOrgName[];

  /** Asks the org anew. Whatever goes wrong is a SyncFault. */
  abstract report(org: CrmOrgName): Promise<OrgReport>;
}
