import type { OmsOrder } from '../support/stack/oms-shapes.js';
import type { SeedRecord } from '../support/stack/crm-twin.js';

/** What is wrong with an order as it was entered in the CRM: nothing of it may reach the OMS. */
interface BrokenEntry {
  readonly change: (records: readonly SeedRecord[]) => readonly SeedRecord[];
  readonly rule: string;
}

/** What is wrong with a publish of the OMS about an order: the order stays what it was. */
interface BrokenPublish {
  readonly tell: (order: OmsOrder) => object;
  readonly code: string;
  readonly sentence: RegExp;
}

const ofType = (type: string, fields: Readonly<Record<string, unknown>>) => (records: readonly SeedRecord[]) =>
  records.map((record) => (record.attributes.type === type ? { ...record, ...fields } : record));

export const BROKEN_ENTRIES = {
  'a missing address': {
    change: ofType('OrderDeliveryGroup', { DeliverToCity: null, DeliverToStreet: null }),
    rule: 'lines[0].delivery.address.city field.required',
  },
  'another currency': {
    change: ofType('Order', { CurrencyIsoCode: 'JPY' }),
    rule: 'currency currency.not_sold_in',
  },
} as const satisfies Readonly<Record<string, BrokenEntry>>;

const firstLine = ({ OrderLine = [] }: OmsOrder, changes: object) => ({
  OrderLine: OrderLine.map((line, index) => (index === 0 ? { ...line, ...changes } : line)),
});
const rows = (StatusId: string, Quantity: number) => ({ QuantityDetail: [{ StatusId, Quantity }] });
const inTwoDays = () => new Date(Date.now() + 48 * 3_600_000).toISOString().replace('Z', '');

/** More than any golden order comes to. */
const REFUND = {
  PaymentTransactionId: 'TOO-MUCH',
  TransactionType: { PaymentTransactionTypeId: 'Refund' },
  ProcessedAmount: 9_999_999,
};

export const BROKEN_PUBLISHES = {
  'an unknown reason': {
    tell: (order) => firstLine(order, { CancelReason: { ReasonId: '7777.000' } }),
    code: 'oms.unmapped_status',
    sentence: /CancelReason has the reason 7777\.000, which is none of those that we know/,
  },
  'an overshipped line': {
    tell: (order) => firstLine(order, { IsCancelled: false, ...rows('7000', 999) }),
    code: 'fulfillment.more_than_ordered',
    sentence: /The OMS counts 999 units of line 1, of which \d+ were ordered/,
  },
  'a refund above capture': {
    tell: ({ Payment = [] }) => ({
      Payment: Payment.map(({ PaymentMethod = [], ...payment }) => ({
        ...payment,
        PaymentMethod: PaymentMethod.map((method) => ({ ...method, PaymentTransaction: [REFUND] })),
      })),
    }),
    code: 'money.refund_above_capture',
    sentence: /More was refunded on tender 1 than was captured on it/,
  },
  'a status of tomorrow': {
    tell: (order) => firstLine(order, { IsCancelled: false, ...rows('6500', 1) }),
    code: 'oms.unmapped_status',
    sentence: /has the status 6500, which is on no rung of the ladder that we know/,
  },
  'a state from the future': {
    tell: () => ({ UpdatedTimestamp: inTwoDays() }),
    code: 'fulfillment.from_the_future',
    sentence: /The OMS dates this state .*; by our clock it is /,
  },
  'a return for a line that does not exist': {
    tell: (order) => ({
      OrderId: `R-${order.OrderId}`,
      OrderLine: [
        {
          ...{ OrderLineId: '1', IsReturn: true, ParentOrderId: order.OrderId, ParentOrderLineId: '99' },
          ...{ ItemId: order.OrderLine?.[0]?.ItemId, Quantity: 1, ...rows('11000', 1) },
        },
      ],
    }),
    code: 'returns.line_unknown',
    sentence: /takes back line 99, which the order does not have/,
  },
  'amounts in another currency': {
    tell: ({ CurrencyCode }) => ({ CurrencyCode: CurrencyCode === 'AUD' ? 'NZD' : 'AUD' }),
    code: 'money.currency_differs',
    sentence: /The OMS tells amounts in AUD; the order was agreed in [A-Z]{3}/,
  },
} as const satisfies Readonly<Record<string, BrokenPublish>>;

type BrokenKind = keyof typeof BROKEN_ENTRIES | keyof typeof BROKEN_PUBLISHES;

/** What is wrong with the sibling of each golden order. */
export const BROKEN_SIBLINGS: Readonly<Record<string, BrokenKind>> = {
  G01: 'a missing address',
  G02: 'another currency',
  G03: 'a missing address',
  G04: 'a return for a line that does not exist',
  G05: 'an overshipped line',
  G06: 'an unknown reason',
  G07: 'an overshipped line',
  G08: 'an unknown reason',
  G09: 'an unknown reason',
  G10: 'a status of tomorrow',
  G11: 'a state from the future',
  G12: 'an overshipped line',
  G13: 'a status of tomorrow',
  G14: 'a state from the future',
  G15: 'a state from the future',
  G16: 'a refund above capture',
  G17: 'a refund above capture',
  G18: 'a refund above capture',
  G19: 'another currency',
  G20: 'amounts in another currency',
  G21: 'amounts in another currency',
  G22: 'amounts in another currency',
  G23: 'a refund above capture',
  G24: 'amounts in another currency',
  G25: 'a return for a line that does not exist',
  G26: 'a return for a line that does not exist',
  G27: 'a return for a line that does not exist',
  G28: 'a status of tomorrow',
};
