import { faultOf, type RecordChange, type SyncFault } from '@tandem/domain';
import { textAt, valueAt } from './json.js';
import { orderOf, type KnownSummaries, type SummaryOfOrder } from './mapping/order-management-fields.js';
import type { SalesforceConnection } from './salesforce-connection.js';
import { chunkedIn, pagesOfQuery } from './soql.js';

/** What is known, and of which orders (15 characters) it cannot be. */
export interface Summaries extends KnownSummaries {
  readonly faults: ReadonlyMap<string, SyncFault>;
}

/** The summaries that Order Management keeps of orders, made where there are none: a plain insert is refused (§4.3). */
export class OrderSummaries {
  /** They never change; forgotten together once there are too many. */
  private readonly known = new Map<string, SummaryOfOrder>();

  constructor(private readonly connection: SalesforceConnection) {}

  /** All that the changes need to be written. Throws a SyncFault where the org cannot be asked. */
  async behind(changes: readonly RecordChange[]): Promise<Summaries> {
    const wanted = [...new Set(changes.flatMap((change) => orderOf(change) ?? []))];
    await this.find(wanted.filter((order) => !this.known.has(order)));
    const missing = wanted.filter((order) => !this.known.has(order));
    const faults = await this.make(missing);
    await this.find(missing.filter((order) => !faults.has(order)));
    const orders = new Map(
      wanted.flatMap((order) => {
        const summary = this.known.get(order);
        return summary ? [[order, summary] as const] : [];
      }),
    );
    if (this.known.size > MOST_KNOWN) this.known.clear();
    return { orders, items: await this.items(changes), faults };
  }

  private async find(orders: readonly string[]): Promise<void> {
    const summaries = new Map<string, string>();
    for (const soql of chunkedIn('SELECT Id, OriginalOrderId FROM OrderSummary WHERE OriginalOrderId', orders)) {
      for (const row of await rowsOf(this.connection, soql)) {
        summaries.set((textAt(row, 'OriginalOrderId') ?? '').slice(0, 15), textAt(row, 'Id') ?? '');
      }
    }
    const found = [...summaries.keys()];
    const names = new Map<string, string>();
    for (const soql of chunkedIn('SELECT OrderId, DeliverToName FROM OrderDeliveryGroup WHERE OrderId', found)) {
      for (const row of await rowsOf(this.connection, soql)) {
        names.set((textAt(row, 'OrderId') ?? '').slice(0, 15), textAt(row, 'DeliverToName') ?? '');
      }
    }
    for (const [order, id] of summaries) this.known.set(order, { id, shipToName: names.get(order) || NOBODY });
  }

  /** One after the other: each activates the processes of the org. One that another replica made meanwhile is found afterwards. */
  private async make(orders: readonly string[]): Promise<Map<string, SyncFault>> {
    const faults = new Map<string, SyncFault>();
    const path = this.connection.path('commerce/order-management/order-summaries');
    for (const orderId of orders) {
      const body = { orderId, orderLifeCycleType: 'UNMANAGED' };
      await this.connection.send({ what: 'make-summary', method: 'POST', path, body }).catch((thrown: unknown) => {
        const fault = faultOf(thrown);
        if (fault.code !== 'crm.duplicate_value') faults.set(orderId, fault);
      });
    }
    return faults;
  }

  private async items(changes: readonly RecordChange[]): Promise<ReadonlyMap<string, string>> {
    const keys = changes.flatMap(({ address, isNew, fields }) => {
      const isPart = address.kind === 'shipment-line' || address.kind === 'return-line';
      return isNew && isPart && typeof fields['lineKey'] === 'string' ? [fields['lineKey']] : [];
    });
    const items = new Map<string, string>();
    const asked = `SELECT Id, OriginalOrderItem.${LINE_KEY} FROM OrderItemSummary WHERE OriginalOrderItem.${LINE_KEY}`;
    for (const soql of chunkedIn(asked, [...new Set(keys)])) {
      for (const row of await rowsOf(this.connection, soql)) {
        items.set(textAt(valueAt(row, 'OriginalOrderItem'), LINE_KEY) ?? '', textAt(row, 'Id') ?? '');
      }
    }
    return items;
  }
}

const LINE_KEY = 'OMS_Order_Line_Key__c';
const MOST_KNOWN = 50_000;
/** A parcel must name somebody, and the order named nobody. */
const NOBODY = '–';

async function rowsOf(connection: SalesforceConnection, soql: string): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  for await (const page of pagesOfQuery(connection, soql)) rows.push(...page);
  return rows;
}
