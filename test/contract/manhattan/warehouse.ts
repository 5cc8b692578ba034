import type { LineId, OrderNumber } from '@tandem/domain';
import type { Parcel, Warehouse } from '@tandem/domain/testing';
import { heldOrder } from './held-order.js';
import type { OmsApi } from './oms-api.js';
import { recordOf, textIn, type OmsRecord } from './record.js';

const ORDER = '/order/api/order/order';
const RUNGS = { 'in-process': '3500', picked: '3600', packed: '3700' } as const;
const DELIVERED = '7500';

export interface ShortReasons {
  readonly cancel: string;
  readonly reallocate: string;
}

/** What a warehouse, a carrier and a return centre tell the OMS, by its public API (§4.1, §4.3, §5.2, §6.4). */
export class PublicApiWarehouse implements Warehouse {
  constructor(
    private readonly api: OmsApi,
    private readonly reasons: ShortReasons,
  ) {}

  async allocate(number: OrderNumber): Promise<void> {
    await this.api.post(`${ORDER}/${number}/allocate`, {});
  }

  async deallocate(number: OrderNumber): Promise<void> {
    const body = { ReservationRequestId: number, postToOrder: true };
    await this.api.post('/inventory/api/inventory/reservationRequestDetails/deallocate', body);
  }

  async release(number: OrderNumber): Promise<void> {
    const { status } = await this.api.get(`${ORDER}/${number}/release`);
    if (status !== 200) throw new Error(`Order ${number} cannot be released: ${status}`);
  }

  async move(number: OrderNumber, to: keyof typeof RUNGS): Promise<void> {
    const releases = heldOrder(await this.order(number)).releases;
    await this.tell(
      releases.map(({ id }) => ({ EventTypeId: 'StatusUpdate', OrderId: number, ReleaseId: id, StatusId: RUNGS[to] })),
    );
  }

  async ship(number: OrderNumber, line: LineId, quantity: number, parcel: Parcel): Promise<void> {
    await this.tell([await this.shipment(number, line, quantity, parcel)]);
  }

  async pickUp(number: OrderNumber, line: LineId, quantity: number): Promise<void> {
    const at = await this.released(number, line, quantity);
    await this.tell([{ ...at, EventTypeId: 'PickUp', FulfillmentInfo: {} }]);
  }

  async deliver(tracking: string): Promise<void> {
    await this.tell([
      { EventTypeId: 'StatusUpdate', StatusId: DELIVERED, FulfillmentInfo: { TrackingNumber: tracking } },
    ]);
  }

  async short(number: OrderNumber, line: LineId, quantity: number, then: keyof ShortReasons): Promise<void> {
    const at = await this.released(number, line, quantity);
    await this.tell([{ ...at, EventTypeId: 'Short', ShortReasonId: this.reasons[then] }]);
  }

  async shipWithAStranger(number: OrderNumber, line: LineId, quantity: number, parcel: Parcel) {
    const stranger = { EventTypeId: 'Ship', ReleaseId: 'none', ReleaseLineId: '1', Item: 'none', Quantity: 1 };
    const events = [await this.shipment(number, line, quantity, parcel), { ...stranger, FulfillmentInfo: {} }];
    const { status } = await this.api.call('POST', '/order/api/order/orderevent/receive', { OrderEvent: events });
    return status === 200 ? ('taken' as const) : ('refused' as const);
  }

  async receive(back: OrderNumber, line: LineId, quantity: number, condition = 'New'): Promise<void> {
    await this.tellReturn(back, line, {
      EventTypeId: 'Receipt',
      Quantity: String(quantity),
      ReceivedItemCondition: { ItemConditionId: condition },
    });
  }

  async scan(back: OrderNumber, line: LineId): Promise<void> {
    await this.tellReturn(back, line, { EventTypeId: 'CarrierScanned' });
  }

  async verify(back: OrderNumber, line: LineId, quantity: number): Promise<void> {
    await this.tellReturn(back, line, {
      EventTypeId: 'LineVerification',
      Quantity: String(quantity),
      ReceivedItemCondition: { ItemConditionId: 'New' },
    });
  }

  async refund(back: OrderNumber): Promise<void> {
    await this.api.post(`/payment/api/payment/paymentHeader/orderId/${back}/processRefund`, {});
  }

  /** Absolute, whatever was there before (§6.4). */
  async stock(item: string, location: string, quantity: number): Promise<void> {
    const data = { Quantity: quantity, UOM: 'U', QuantityAdjustmentType: 'R', ExternalSequenceNumber: Date.now() };
    const SupplyDefinition = {
      ItemId: item,
      LocationId: location,
      SupplyType: { SupplyTypeId: 'On Hand Available' },
      SupplyData: data,
    };
    await this.api.post('/inventory/api/inventory/supply/supplyEvent', {
      SupplyEvent: [{ TransactionTypeId: 'Adjustment', SupplyDefinition }],
    });
  }

  private async shipment(number: OrderNumber, line: LineId, quantity: number, parcel: Parcel): Promise<OmsRecord> {
    const FulfillmentInfo = {
      PackageId: parcel.package,
      TrackingNumber: parcel.tracking,
      CarrierCode: parcel.carrier,
      ...(parcel.leftAt && { EventDate: parcel.leftAt.replace(/Z$/, '') }),
    };
    return { ...(await this.released(number, line, quantity)), EventTypeId: 'Ship', FulfillmentInfo };
  }

  /** The release line that has so many units open: events speak of nothing else (§4.3). */
  private async released(number: OrderNumber, line: LineId, quantity: number): Promise<OmsRecord> {
    const held = heldOrder(await this.order(number));
    const open = held.releases
      .flatMap((release) => release.lines.map((row) => ({ release: release.id, ...row })))
      .find((row) => row.line === line && row.quantity - row.fulfilled - row.cancelled >= quantity);
    if (!open) throw new Error(`Order ${number} has no release with ${quantity} open units of line ${line}`);
    const sold = held.lines.find(({ id }) => id === line);
    const at = { OrderId: number, ReleaseId: open.release, ReleaseLineId: open.id };
    return { ...at, Item: sold?.sku, Quantity: quantity, UOM: sold?.unitOfMeasure };
  }

  private async order(number: string): Promise<OmsRecord> {
    const order = await this.api.order(number);
    if (!order) throw new Error(`The OMS has no order ${number}`);
    return order;
  }

  private async tell(OrderEvent: readonly OmsRecord[]): Promise<void> {
    await this.api.post('/order/api/order/orderevent/receive', { OrderEvent });
  }

  private async tellReturn(back: OrderNumber, line: LineId, event: OmsRecord): Promise<void> {
    const held = await this.order(back);
    const sold = heldOrder(held).lines.find(({ id }) => id === line);
    const at = { ReturnOrderId: back, ReturnOrderLineId: line, ParentOrderId: sold?.parentOrder, ItemId: sold?.sku };
    await this.api.post('/order/api/order/returnOrderEvent/receive', {
      ReturnOrderEvent: [{ ...at, UOM: textIn(recordOf(sold), 'unitOfMeasure'), ...event }],
    });
  }
}
