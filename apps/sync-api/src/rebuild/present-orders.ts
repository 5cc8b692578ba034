import { Injectable } from '@nestjs/common';
import {
  acceptOrder,
  Clock,
  CrmOrders,
  faultOf,
  instantOf,
  OmsOrderBook,
  OmsReturns,
  orderNumber,
  PermanentFault,
  rebuiltOrder,
  recordNamed,
  type AcceptedOrder,
  type CrmOrderId,
  type OrderNumber,
  type OrderSnapshot,
  type RebuiltOrder,
  type ReturnSnapshot,
  type ShownOrder,
  type SiteProfile,
  type SyncFault,
} from '@tandem/domain';
import { inParts } from '../platform/in-parts.js';
import { orderGone, orderRefused } from './rebuild-faults.js';

/** An order that the CRM shows and we do not keep. */
export interface LostOrder {
  readonly id: CrmOrderId;
  readonly number: OrderNumber;
  readonly crm: ShownOrder;
  /** As the OMS's search told it, where it did. */
  readonly found: OrderSnapshot | undefined;
}

export interface Refusal {
  readonly number: OrderNumber;
  readonly fault: SyncFault;
}

export type Reading = { readonly order: RebuiltOrder } | { readonly refusal: Refusal };

/** What an order needs of the far sides is a handful of calls; more at once would be felt there. */
const TOGETHER = 8;

/** Lost orders, read from both sides. Reads only. */
@Injectable()
export class PresentOrders {
  constructor(
    private readonly crm: CrmOrders,
    private readonly oms: OmsOrderBook,
    private readonly returns: OmsReturns,
    private readonly clock: Clock,
  ) {}

  /** One that cannot be rebuilt is a refusal; a far side that does not answer is thrown: then nothing is known of the others either. */
  async read(site: SiteProfile, lost: readonly LostOrder[], run: string): Promise<readonly Reading[]> {
    const readings: Reading[] = [];
    for await (const some of inParts(lost, TOGETHER)) {
      readings.push(...(await Promise.all(some.map((one) => this.one(site, one, run)))));
    }
    return readings;
  }

  private async one(site: SiteProfile, lost: LostOrder, run: string): Promise<Reading> {
    try {
      const [captured, oms, omsVersion, returns] = await Promise.all([
        this.captured(site, lost),
        this.snapshot(site, lost),
        this.oms.version(site, lost.number),
        this.returned(site, lost.crm),
      ]);
      return { order: rebuiltOrder(site, { captured, oms, omsVersion, returns, crm: lost.crm }, run) };
    } catch (thrown) {
      const fault = faultOf(thrown);
      if (!(fault instanceof PermanentFault)) throw fault;
      return { refusal: { number: lost.number, fault } };
    }
  }

  private async captured(site: SiteProfile, { id, number }: LostOrder): Promise<AcceptedOrder> {
    const captured = await this.crm.read(site, id);
    if (!captured) throw orderGone('CRM', site, number);
    const acceptance = acceptOrder(captured, site, instantOf(this.clock.now()), 'at-least');
    if (acceptance.kind === 'refused') throw orderRefused(site, number, acceptance.violations);
    return acceptance.order;
  }

  /** The search lags behind what was written just before: what it tells may be older than what the CRM shows. */
  private async snapshot(site: SiteProfile, { id, number, crm, found }: LostOrder): Promise<OrderSnapshot> {
    const shown = crm.records[recordNamed('order', id)]?.['omsTime'];
    if (found && (typeof shown !== 'string' || found.at >= shown)) return found;
    const read = await this.oms.read(site, number);
    if (!read) throw orderGone('OMS', site, number);
    return read;
  }

  private async returned(site: SiteProfile, { records }: ShownOrder): Promise<readonly ReturnSnapshot[]> {
    const numbers = Object.entries(records).flatMap(([name, fields]) => {
      const number = fields['number'];
      return name.startsWith(recordNamed('return', '')) && typeof number === 'string' ? [orderNumber(number)] : [];
    });
    const read = await Promise.all(numbers.map((number) => this.returns.read(site, number)));
    return read.flatMap((one) => one ?? []);
  }
}
