import {
  faultOf,
  OmsOrderBook,
  orderNumber,
  PermanentFault,
  type Instant,
  type OmsHolding,
  type OrderLineName,
  type OrderNumber,
  type OrderSnapshot,
  type SiteProfile,
} from '@tandem/domain';
import type { ManhattanConnection } from '../connection/manhattan-connection.js';
import type { ManhattanConnections } from '../connection/manhattan-connections.js';
import type { Fields } from '../feed/fields.js';
import type { Json, JsonObject } from '../json.js';
import { OrderReader, versionOf, type OrderReadingOptions } from './order-reader.js';
import { searchOrders } from './order-search.js';

export interface OrderBookOptions {
  readonly reading?: OrderReadingOptions;
  /** Orders in one page of a search; the largest that a tenant allows is not published (§2.2); 100 where absent. */
  readonly pageSize?: number;
  /** Orders, or lines, to publish with one call; 50 where absent. */
  readonly publishSize?: number;
}

const ORDER = '/order/api/order/order';

/** Orders of the OMS as it holds them (§2.2, §3.1). The search is fed after the order: for what was just written, `read`. */
export class ManhattanOrderBook extends OmsOrderBook {
  private readonly reader: OrderReader;

  constructor(
    private readonly connections: ManhattanConnections,
    private readonly options: OrderBookOptions = {},
  ) {
    super();
    this.reader = new OrderReader(options.reading);
  }

  override async read(site: SiteProfile, number: OrderNumber): Promise<OrderSnapshot | undefined> {
    const order = await this.reader.find(this.connections.of(site.oms.organization), number);
    return order && this.reader.snapshot(site, order);
  }

  override async version(site: SiteProfile, number: OrderNumber): Promise<number | undefined> {
    const order = await this.reader.find(this.connections.of(site.oms.organization), number);
    return order && versionOf(order);
  }

  override async *changedBetween(site: SiteProfile, from: Instant, to: Instant): AsyncIterable<OmsHolding> {
    const connection = this.connections.of(site.oms.organization);
    const orders = searchOrders(
      (body) => connection.call('POST', `${ORDER}/search`, body),
      from,
      to,
      this.options.pageSize ?? 100,
    );
    for await (const order of orders) yield await this.holding(site, connection, order);
  }

  /** What comes back takes more to tell than a search is asked for, and is read by itself. */
  private async holding(site: SiteProfile, connection: ManhattanConnection, found: Fields): Promise<OmsHolding> {
    const number = orderNumber(found.requiredText('OrderId'));
    try {
      const isReturn = found.children('OrderLine').some((line) => line.flag('IsReturn'));
      const whole = isReturn ? await this.reader.find(connection, number) : undefined;
      const returned = whole && this.reader.returned(site, whole);
      if (returned) return { kind: 'return', number, returned };
      return { kind: 'order', number, order: this.reader.snapshot(site, found) };
    } catch (thrown) {
      const fault = faultOf(thrown);
      if (!(fault instanceof PermanentFault)) throw fault;
      return { kind: 'unreadable', number, fault };
    }
  }

  override publishAgain(site: SiteProfile, numbers: readonly OrderNumber[]): Promise<void> {
    return this.inParts(site, `${ORDER}/publish`, numbers, (OrderIds) => ({ OrderIds }));
  }

  override publishLinesAgain(site: SiteProfile, lines: readonly OrderLineName[]): Promise<void> {
    const named = lines.map(({ number, line }) => ({ OrderId: number, OrderLineId: line }));
    return this.inParts(site, `${ORDER}/orderLine/publish`, named, (OrderLineIdDTOList) => ({ OrderLineIdDTOList }));
  }

  private async inParts<Named extends Json>(
    site: SiteProfile,
    path: string,
    named: readonly Named[],
    bodyOf: (part: readonly Named[]) => JsonObject,
  ): Promise<void> {
    const connection = this.connections.of(site.oms.organization);
    const size = this.options.publishSize ?? 50;
    for (let start = 0; start < named.length; start += size) {
      await connection.call('POST', path, bodyOf(named.slice(start, start + size)));
    }
  }
}
