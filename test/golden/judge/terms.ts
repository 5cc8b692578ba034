import type { OmsLine, OmsOrder } from '../../support/stack/oms-shapes.js';
import { centsOf, inWords, sumOf, type Cents } from '../cents.js';
import type { Destination, ExpectedLine, ExpectedTerms, GoldenCase } from '../golden-order.js';
import { differs, setsDiffer } from './differences.js';
import type { OrderEvidence } from './evidence.js';

/** Whether the OMS was told what the order says: every difference in a sentence. */
export function misunderstandings({ expected, oms }: OrderEvidence): string[] {
  const { order } = oms;
  if (order === undefined) return ['The OMS has no such order.'];
  const { terms } = expected;
  const lines = order.OrderLine ?? [];
  return [
    ...differs('The organization', order.OrgId, expected.site.organization),
    ...differs('The currency', order.CurrencyCode ?? '', terms.currency),
    ...differs('Confirmed', String(order.IsConfirmed ?? false), 'true'),
    ...customerDiffers(order, terms),
    ...differs('On hold', String(order.IsOnHold ?? false), 'false'),
    ...setsDiffer(
      'Line',
      lines.map((line) => line.OrderLineId),
      terms.lines.map((line) => line.id),
    ),
    ...terms.lines.flatMap((line) => lineDiffers(lines, line, cancelledOf(expected, line.id))),
    // What a cancelled order was about is zero at the OMS; it keeps the sum of it.
    ...(order.IsCancelled === true
      ? differs('The cancelled total', wordsOf(order.CancelledOrderTotal), inWords(terms.total))
      : moneyDiffers(order, expected)),
    ...setsDiffer(
      'Tender',
      tendersOf(order),
      terms.tenders.map(({ type, amount }) => `${type} ${inWords(amount)}`),
    ),
    ...businessDiffers(order, terms),
  ];
}

function customerDiffers(order: OmsOrder, terms: ExpectedTerms): string[] {
  return [
    ...differs('The customer id', order.CustomerId ?? '', terms.customerId ?? ''),
    ...differs('The last name', order.CustomerLastName ?? '', terms.lastName),
    ...differs('The e-mail address', order.CustomerEmail ?? '', terms.email),
  ];
}

/** Units of a line that the OMS no longer counts in the end. */
const cancelledOf = ({ ending }: GoldenCase, id: string): number => ending.lines[id]?.cancelled ?? 0;

function businessDiffers(order: OmsOrder, { business, doNotReleaseBefore }: ExpectedTerms): string[] {
  const purchaseOrder = order.OrderAttribute?.find(({ AttributeName }) => AttributeName === 'PurchaseOrderNumber');
  const [method] = (order.Payment ?? []).flatMap((payment) => payment.PaymentMethod ?? []);
  return [
    ...differs('The purchase order', purchaseOrder?.AttributeValue ?? '', business?.purchaseOrder ?? ''),
    ...differs('The tax exemption', order.TaxExemptId ?? '', business?.taxExemptId ?? ''),
    ...(business === undefined
      ? []
      : differs('The street that is billed', method?.BillingAddress?.Address?.['Address1'] ?? '', business.billTo)),
    ...differs(
      'The first moment of release',
      (order.DoNotReleaseBefore ?? '').slice(0, 19),
      (doNotReleaseBefore ?? '').slice(0, 19),
    ),
  ];
}

function destinationDiffers(name: string, line: OmsLine, to: Destination): string[] {
  if (to.kind === 'store') {
    return [
      ...differs(`The delivery of ${name}`, line.DeliveryMethod?.DeliveryMethodId ?? '', to.method),
      ...differs(`The store of ${name}`, line.ShipToLocationId ?? '', to.store),
    ];
  }
  const address = line.ShipToAddress?.Address ?? {};
  return [
    ...differs(`The street of ${name}`, address['Address1'] ?? '', to.street),
    ...differs(`The city of ${name}`, address['City'] ?? '', to.city),
    ...differs(`The country of ${name}`, address['Country'] ?? '', to.country),
  ];
}

function lineDiffers(lines: readonly OmsLine[], expected: ExpectedLine, cancelled: number): string[] {
  const line = lines.find(({ OrderLineId }) => OrderLineId === expected.id);
  if (line === undefined) return [];
  const name = `line ${expected.id}`;
  const addressDiffers = [
    ...differs(`The item of ${name}`, line.ItemId ?? '', expected.sku),
    ...destinationDiffers(name, line, expected.to),
  ];
  if (line.IsCancelled === true) return addressDiffers;
  return [
    ...addressDiffers,
    ...differs(`The quantity of ${name}`, Number(line.Quantity ?? 0), expected.quantity - cancelled),
    ...differs(`The unit price of ${name}`, wordsOf(line.UnitPrice), inWords(expected.unitPrice)),
    ...(cancelled > 0 ? [] : lineMoneyDiffers(name, line, expected)),
  ];
}

function lineMoneyDiffers(name: string, line: OmsLine, expected: ExpectedLine): string[] {
  return [
    ...differs(
      `The discounts of ${name}`,
      inWords(-total(line.OrderLineChargeDetail, 'ChargeTotal')),
      inWords(expected.discounts),
    ),
    ...differs(`The taxes of ${name}`, inWords(total(line.OrderLineTaxDetail, 'TaxAmount')), inWords(expected.taxes)),
  ];
}

function moneyDiffers(order: OmsOrder, { terms, ending }: GoldenCase): string[] {
  if (ending.omsTotal !== undefined)
    return differs('The total after the cancel', wordsOf(order.OrderTotal), inWords(ending.omsTotal));
  const discounts = sumOf(terms.lines.map((line) => line.discounts));
  const goods = sumOf(terms.lines.map((line) => line.unitPrice * line.quantity));
  const taxes = terms.taxesAddToTotal ? order.TotalTaxes : order.TotalInformationalTaxes;
  return [
    ...differs('The sub-total', wordsOf(order.OrderSubTotal), inWords(goods)),
    ...differs('The discounts', inWords(Math.abs(centsOf(order.TotalDiscounts ?? 0))), inWords(discounts)),
    ...differs('The charges', wordsOf(order.TotalCharges), inWords(terms.charges)),
    ...differs('The taxes', wordsOf(taxes), inWords(terms.taxes)),
    ...differs('The total', wordsOf(order.OrderTotal), inWords(terms.total)),
  ];
}

const tendersOf = (order: OmsOrder): string[] =>
  (order.Payment ?? [])
    .flatMap((payment) => payment.PaymentMethod ?? [])
    .map((method) => `${method.PaymentType?.PaymentTypeId ?? ''} ${wordsOf(method.Amount)}`);

const wordsOf = (amount: number | string | null | undefined): string => inWords(centsOf(amount ?? 0));

function total<Field extends string>(
  rows: readonly { readonly [name in Field]?: number | string }[] | undefined,
  field: Field,
): Cents {
  return sumOf((rows ?? []).map((row) => centsOf(row[field] ?? 0)));
}
