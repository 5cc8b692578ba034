import {
  OrderLedger,
  type CrmOrderId,
  type Instant,
  type OmsOrganization,
  type OrderNumber,
  type SiteId,
  type TrackedOrder,
} from '@tandem/domain';
import type { DataSource } from 'typeorm';
import { SELECT_ORDERS, trackedOrderOf, type OrderRow } from './order-rows.js';

export class TypeormOrderLedger extends OrderLedger {
  constructor(private readonly database: DataSource) {
    super();
  }

  async find(site: SiteId, number: OrderNumber): Promise<TrackedOrder | undefined> {
    const [found] = await this.findAll([{ site, number }]);
    return found;
  }

  async findAll(
    orders: readonly { readonly site: SiteId; readonly number: OrderNumber }[],
  ): Promise<readonly TrackedOrder[]> {
    return this.select(
      `WHERE (o.site, o.number) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
      orders.map(({ site }) => site),
      orders.map(({ number }) => number),
    );
  }

  async findByOms(
    orders: readonly { readonly organization: OmsOrganization; readonly number: OrderNumber }[],
  ): Promise<readonly TrackedOrder[]> {
    return this.select(
      `WHERE (o.organization, o.number) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
      orders.map(({ organization }) => organization),
      orders.map(({ number }) => number),
    );
  }

  async findByCrm(id: CrmOrderId): Promise<readonly TrackedOrder[]> {
    return this.select(`WHERE o.crm_order_id = ANY ($1::text[])`, [id]);
  }

  async numbersBetween(site: SiteId, from: Instant, to: Instant): Promise<readonly OrderNumber[]> {
    const rows = await this.database.query<{ number: OrderNumber }[]>(
      `SELECT number FROM orders WHERE site = $1 AND state = 'submitted' AND last_seen_at BETWEEN $2 AND $3 ORDER BY number`,
      [site, from, to],
    );
    return rows.map(({ number }) => number);
  }

  private async select(
    condition: string,
    ...parameters: readonly (readonly string[])[]
  ): Promise<readonly TrackedOrder[]> {
    const rows = await this.database.query<OrderRow[]>(`${SELECT_ORDERS} ${condition}`, [...parameters]);
    return rows.map(trackedOrderOf);
  }
}
