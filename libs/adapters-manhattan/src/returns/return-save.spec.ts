import { describe, expect, it } from '@jest/globals';
import { lineId, orderNumber, sku } from '@tandem/domain';
import { anOrderOf, aSite } from '@tandem/domain/testing';
import { aReturnRequest } from '../../testing/oms-returns.js';
import { DEFAULT_VOCABULARY } from '../orders/order-vocabulary.js';
import { returnViolations } from './return-rules.js';
import { returnSave } from './return-save.js';

const bodyOf = (changes = {}, shippingMethod?: string) =>
  returnSave({ site: aSite(), words: DEFAULT_VOCABULARY, shippingMethod }, aReturnRequest(changes));
const [back] = aReturnRequest().lines;
const [sold] = anOrderOf(2).terms.lines;
const lines = (changes: object) => ({ lines: back ? [{ ...back, ...changes }] : [] });
const exchange = (changes: object) => ({ exchange: sold ? [{ ...sold, id: lineId('X1'), ...changes }] : [] });

describe('The save of a return (§5.1)', () => {
  it('is an order of its own, whose lines point at their parents and carry no price', () => {
    const tracking = { carrier: 'UPSN', trackingNumber: 'RT-9' };
    expect(bodyOf({ tracking }, '2Day')).toEqual({
      OrderId: 'R-1',
      OrgId: 'AURORA',
      OrderType: { OrderTypeId: 'Web' },
      DocType: { DocTypeId: 'CustomerOrder' },
      SellingChannel: { SellingChannelId: 'Web' },
      CurrencyCode: 'USD',
      IsConfirmed: true,
      OrderActions: { VersionTimestamp: 1 },
      ReturnTrackingDetail: [{ ReturnTrackingNumber: 'RT-9', CarrierCode: 'UPSN' }],
      OrderLine: [
        {
          OrderLineId: '1',
          ItemId: 'SKU-1',
          IsReturn: true,
          Quantity: 2,
          UOM: 'EA',
          ParentOrderId: 'A-1001',
          ParentOrderLineId: '1',
          DeliveryMethod: { DeliveryMethodId: 'ShipToReturnCenter' },
          ShippingMethodId: '2Day',
          ShipToLocationId: 'aurora:ReturnCenter',
          IsReceiptExpected: true,
          OrderLineAdditional: { ReturnReason: 'Damaged', ItemCondition: { ItemConditionId: 'New' } },
        },
      ],
    });
  });

  it('goes over the counter of a store without a shipping method, and may expect no goods', () => {
    const body = bodyOf(lines({ by: 'store', receiptExpected: false }), '2Day');
    expect(body).toMatchObject({
      OrderLine: [{ DeliveryMethod: { DeliveryMethodId: 'StoreReturn' }, IsReceiptExpected: false }],
    });
    expect(JSON.stringify(body)).not.toMatch(/ShippingMethodId|ReturnTrackingDetail/);
  });

  it.each([
    ['the same goods, which is even', { sku: sku('SKU-1') }, { IsEvenExchange: true, ParentOrderLineId: '1' }],
    ['fewer of them', { sku: sku('SKU-1'), quantity: 1 }, { IsEvenExchange: false }],
    ['other goods', { sku: sku('SKU-8') }, { IsEvenExchange: false }],
  ])('sells %s in exchange at the agreed price', (_, changes, line) => {
    const [, sale] = [bodyOf(exchange(changes))['OrderLine']].flat();
    expect(sale).toMatchObject({ OrderLineId: 'X1', UnitPrice: 10, ParentOrderId: 'A-1001', ...line });
  });
});

describe('A return that the OMS would choke on', () => {
  it.each([
    ['has no line', { lines: [] }, 'lines', 'lines.empty'],
    ['has no number', { number: orderNumber('') }, 'number', 'id.empty'],
    ['has a parent that cannot be found', { parent: orderNumber('A/1') }, 'parent', 'id.reserved_character'],
    ['has a line without an id', lines({ id: lineId('') }), 'lines[0].id', 'id.empty'],
    ['names no line of the parent', lines({ parentLine: lineId('') }), 'lines[0].parentLine', 'id.empty'],
    ['sells under an id that breaks', exchange({ id: lineId('a#') }), 'exchange[0].id', 'id.reserved_character'],
    ['sells under the id of a line that comes back', exchange({ id: lineId('1') }), 'lines', 'line.exists'],
  ])('is refused when it %s', (_, changes, field, rule) => {
    expect(returnViolations(aSite(), aReturnRequest(changes))).toMatchObject([{ field, rule }]);
  });

  it('is refused when it has more lines than the OMS takes, and else is not', () => {
    const request = aReturnRequest(exchange({}));
    expect(returnViolations(aSite({ maxLines: 1 }), request)).toMatchObject([{ rule: 'lines.too_many' }]);
    expect(returnViolations(aSite({ maxLines: 2 }), request)).toEqual([]);
  });
});
