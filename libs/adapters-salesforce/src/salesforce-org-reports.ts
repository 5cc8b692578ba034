import { CrmOrgReports, instantOf, type Clock, type CrmOrgName, type OrgReport } from '@tandem/domain';
import { textAt } from './json.js';
import { SUMMARY_SHAPES } from './mapping/order-management-fields.js';
import { SHAPES } from './mapping/projected-fields.js';
import { lacksOf } from './org-lacks.js';
import type { OrgSchema } from './org-schema.js';
import type { SalesforceConnection } from './salesforce-connection.js';
import type { SalesforceOrgs } from './salesforce-orgs.js';
import { pagesOfQuery } from './soql.js';

export class SalesforceOrgReports extends CrmOrgReports {
  constructor(
    private readonly orgs: SalesforceOrgs,
    private readonly clock: Clock,
    /** Orgs of which a site keeps orders in Order Management. */
    private readonly managed: ReadonlySet<CrmOrgName>,
  ) {
    super();
  }

  override names(): readonly CrmOrgName[] {
    return this.orgs.names();
  }

  override budgets() {
    return this.names().map((org) => ({ org, budget: this.orgs.of(org).callBudget() }));
  }

  override async report(org: CrmOrgName): Promise<OrgReport> {
    const connection = this.orgs.of(org);
    const schema = await this.orgs.schemas.anew(connection);
    return {
      org,
      describedAt: instantOf(this.clock.now()),
      features: featuresIn(schema),
      orderStatuses: await orderStatuses(connection),
      lacks: lacksOf(schema, this.managed.has(org) ? SUMMARY_SHAPES : SHAPES),
    };
  }
}

/** §4.6: each of these adds fields or objects, and naming them where they are not fails. Every account may have `IsPersonAccount`. */
const featuresIn = (schema: OrgSchema): OrgReport['features'] => ({
  multiCurrency: schema.has('Order.CurrencyIsoCode'),
  stateCountryPicklists: schema.has('Order.BillingCountryCode'),
  personAccounts: schema.has('Account.LastName'),
  orderManagement: schema.has('OrderSummary'),
});

/** §4.2: the statuses are the org's own; what they count as decides what may still be changed. */
async function orderStatuses(connection: SalesforceConnection): Promise<OrgReport['orderStatuses']> {
  const statuses: { status: string; countsAs: string }[] = [];
  const soql = 'SELECT ApiName, StatusCode FROM OrderStatus';
  for await (const page of pagesOfQuery(connection, soql, { priority: 'background' })) {
    statuses.push(
      ...page.map((row) => ({ status: textAt(row, 'ApiName') ?? '', countsAs: textAt(row, 'StatusCode') ?? '' })),
    );
  }
  return statuses;
}
