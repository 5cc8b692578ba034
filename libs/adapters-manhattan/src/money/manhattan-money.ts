import {
  OmsMoney,
  PermanentFault,
  type Invoice,
  type OrderNumber,
  type SettlementAnswer,
  type SiteProfile,
} from '@tandem/domain';
import type { ManhattanConnections } from '../connection/manhattan-connections.js';
import { refusalOf } from '../connection/refusal.js';
import { ABSENT_ORDER } from '../orders/absent-order.js';
import { OrderReader, type OrderReadingOptions } from '../orders/order-reader.js';
import { invoicesOf } from './invoices.js';

/** Invoices and payments of the OMS (§3.6, §5.3). */
export class ManhattanMoney extends OmsMoney {
  private readonly reader: OrderReader;

  constructor(
    private readonly connections: ManhattanConnections,
    reading: OrderReadingOptions = {},
  ) {
    super();
    this.reader = new OrderReader(reading);
  }

  override async invoices(site: SiteProfile, number: OrderNumber): Promise<readonly Invoice[] | undefined> {
    const order = await this.reader.find(this.connections.of(site.oms.organization), number);
    return order && invoicesOf(order);
  }

  /** A save by key like every other (§2.5): the request that is there already is saved once more and no second one made. */
  override async settle(site: SiteProfile, number: OrderNumber, request: string): Promise<SettlementAnswer> {
    const body = { PaymentRequestId: request, OrderId: number, ExecutionMode: 'CalculateAndExecute' };
    const connection = this.connections.of(site.oms.organization);
    const path = '/payment/api/payment/paymentRequest/save';
    const call = () => connection.call('POST', path, body, { orderNumber: number });
    try {
      const violations = await refusalOf(call, ['oms.refused', 'oms.payment_failed']);
      return violations.length === 0 ? { kind: 'asked' } : { kind: 'refused', violations };
    } catch (thrown) {
      if (thrown instanceof PermanentFault && thrown.code === 'oms.not_found') return ABSENT_ORDER;
      throw thrown;
    }
  }
}
