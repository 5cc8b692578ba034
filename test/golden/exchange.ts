import type { Act, ExpectedEnding } from './golden-order.js';
import type { GoldenSite } from './sites.js';
import { products, type ProductName } from './catalogue.js';
import { major } from './cents.js';

export interface Exchange {
  /** Of the order that it is of; the exchange is the same with an X behind it. */
  readonly number: string;
  readonly site: GoldenSite;
  /** One unit of the order's first line comes back. */
  readonly back: ProductName;
  readonly out: ProductName;
  readonly quantity: number;
  /** What is paid on top; nothing where both are worth the same. */
  readonly extra?: number;
}

const ORDER = '/order/api/order/order';

/**
 * The contact centre exchanges a unit: return and new goods are one order of the OMS, whose new goods wait until the old ones are back
 * (§5.1). Then the OMS sends them as it does what nobody scripts.
 */
export function exchanges(exchange: Exchange): readonly Act[] {
  const number = exchangeNumber(exchange.number);
  const back = { ItemId: products[exchange.back].sku, Quantity: '1', UOM: 'EA' };
  return [
    { when: 'OMS_Status__c is shipped', oms: { path: `${ORDER}/save`, body: exchangeOrder(exchange) } },
    {
      when: 'OMS_Status__c is partially-pending-return',
      oms: {
        path: `${ORDER.replace(/order$/, 'returnOrderEvent')}/receive`,
        body: {
          ReturnOrderEvent: [
            { EventTypeId: 'LineVerification', ReturnOrderId: number, ReturnOrderLineId: '1', ...back },
          ],
        },
      },
    },
  ];
}

/** Within the 30 characters that a number may have. */
const exchangeNumber = (number: string): string => `${number}-X`;

function exchangeOrder({ number, site, back, out, quantity, extra }: Exchange): object {
  const parent = { ParentOrderId: number, ParentOrderLineId: '1' };
  const even = extra === undefined;
  const tender = { PaymentMethodId: `${number}-X-1`, PaymentType: { PaymentTypeId: 'Credit Card' } };
  return {
    OrderId: exchangeNumber(number),
    OrderType: { OrderTypeId: 'WebOrder' },
    DocType: { DocTypeId: 'CustomerOrder' },
    CurrencyCode: site.currency,
    IsConfirmed: true,
    OrderActions: { IsAlreadyTaxed: true },
    OrderLine: [
      {
        ...{ OrderLineId: '1', ItemId: products[back].sku, IsReturn: true, Quantity: 1, UOM: 'EA', ...parent },
        DeliveryMethod: { DeliveryMethodId: 'ShipToReturnCenter' },
        IsReceiptExpected: true,
        OrderLineAdditional: { ReturnReason: 'Damaged', ItemCondition: { ItemConditionId: 'New' } },
      },
      {
        ...{ OrderLineId: '2', ItemId: products[out].sku, Quantity: quantity, UOM: 'EA' },
        UnitPrice: major(products[out].price),
        ...(even ? { IsEvenExchange: true, ...parent } : {}),
        DeliveryMethod: { DeliveryMethodId: 'ShipToAddress' },
        ShippingMethodId: 'STD_GROUND',
        ShipToAddress: {
          Address: { Address1: '9 Exchange Way', City: 'Maplecross', PostalCode: '04988', Country: site.country },
        },
      },
    ],
    ...(even
      ? {}
      : { Payment: [{ PaymentMethod: [{ ...tender, Amount: major(extra), CurrentAuthAmount: major(extra) }] }] }),
  };
}

/** What the order itself comes to: one of its two units is back. */
export const oneOfTwoBack: Pick<ExpectedEnding, 'status' | 'lines' | 'orderHistory' | 'lineHistory'> = {
  status: 'partially-returned',
  lines: { 1: { shipped: 1, returned: 1 } },
  orderHistory: ['open', 'allocated', 'released', 'shipped', 'partially-pending-return', 'partially-returned'],
  lineHistory: {
    1: ['2 open', '2 allocated', '2 released', '2 shipped', '1 shipped, 1 pending-return', '1 shipped, 1 returned'],
  },
};
