import { CrmOrders, type CapturedOrder, type CrmOrderId, type SiteProfile, type SyncFault } from '@tandem/domain';
import { composite, type Subanswer } from './composite.js';
import { valueAt } from './json.js';
import { capturedOrder } from './mapping/captured-order.js';
import {
  ADJUSTMENT_GROUP,
  ITEM_ADJUSTMENT,
  ITEM_TAX,
  ORDER,
  ORDER_ITEM,
  ORDER_TENDER,
} from './mapping/order-fields.js';
import { isRecordId, type Row } from './mapping/row.js';
import { fieldsFor, type OrgSchema } from './org-schema.js';
import type { SalesforceConnection } from './salesforce-connection.js';
import { errorsIn, faultOfErrors } from './salesforce-faults.js';
import type { SalesforceOrgs } from './salesforce-orgs.js';
import { literal, pagesFrom } from './soql.js';

/** Codes by which a query answers an id that is no order's. */
const NO_SUCH_ID: ReadonlySet<string> = new Set(['crm.id_malformed', 'crm.not_found']);

export class SalesforceOrders extends CrmOrders {
  constructor(private readonly orgs: SalesforceOrgs) {
    super();
  }

  override async read(site: SiteProfile, id: CrmOrderId): Promise<CapturedOrder | undefined> {
    if (!isRecordId(id)) return undefined;
    const connection = this.orgs.of(site.crmOrg);
    const schema = await this.orgs.schemaOf(site.crmOrg);
    const answers = await composite(
      connection,
      'read-order',
      queriesFor(id, schema).map((soql) => ({
        method: 'GET',
        url: connection.path(`query?q=${encodeURIComponent(soql)}`),
      })),
    );
    const fault = firstFault(answers);
    if (fault) {
      if (NO_SUCH_ID.has(fault.code)) return undefined;
      throw fault;
    }
    const [orders, items, adjustments, taxes, adjustmentGroups] = await pagesOf(connection, answers);
    const order = orders?.[0];
    if (!order) return undefined;
    const tenders = await rowsOf(connection, valueAt(order.json, 'Order_Tenders__r'));
    return capturedOrder(
      {
        order,
        items: items ?? [],
        adjustments: adjustments ?? [],
        taxes: taxes ?? [],
        adjustmentGroups: adjustmentGroups ?? [],
        tenders,
      },
      {
        currency: connection.currency,
        rateUnit: schema.get('OrderItemTaxLineItem.Rate')?.type === 'percent' ? 'percent' : 'fraction',
      },
    );
  }
}

/** Five queries: as many as one composite call takes (§2.4). The tenders ride with the order for that reason. */
function queriesFor(id: CrmOrderId, schema: OrgSchema): readonly string[] {
  const order = literal(id);
  const tenders = `(SELECT ${fieldsFor(ORDER_TENDER, schema).join(', ')} FROM Order_Tenders__r)`;
  return [
    `SELECT ${fieldsFor(ORDER, schema).join(', ')}, ${tenders} FROM Order WHERE Id = ${order}`,
    `SELECT ${fieldsFor(ORDER_ITEM, schema).join(', ')} FROM OrderItem WHERE OrderId = ${order}`,
    ...[ITEM_ADJUSTMENT, ITEM_TAX].map(
      (asked) =>
        `SELECT ${fieldsFor(asked, schema).join(', ')} FROM ${asked.object} WHERE OrderItem.OrderId = ${order}`,
    ),
    `SELECT ${fieldsFor(ADJUSTMENT_GROUP, schema).join(', ')} FROM OrderAdjustmentGroup WHERE OrderId = ${order}`,
  ];
}

function firstFault(answers: readonly Subanswer[]): SyncFault | undefined {
  const failed = answers.find(({ status }) => status >= 300);
  return failed && faultOfErrors(errorsIn(failed.body), failed.status);
}

async function pagesOf(connection: SalesforceConnection, answers: readonly Subanswer[]) {
  const pages: Row<string>[][] = [];
  for (const { body } of answers) pages.push(await rowsOf(connection, body));
  return pages;
}

/** All records of a query's answer, or of a sub-select's (nothing where it found none). */
async function rowsOf(connection: SalesforceConnection, first: unknown): Promise<Row<string>[]> {
  const rows: Row<string>[] = [];
  for await (const page of pagesFrom(connection, first)) rows.push(...page.map((json) => ({ json })));
  return rows;
}
