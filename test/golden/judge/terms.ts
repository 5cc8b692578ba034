import type { OmsLine, OmsOrder } from '../../support/stack/oms-shapes.js';
import { centsOf, inWords, sumOf, type Cents } from '../cents.js';
import type { ExpectedLine, ExpectedTerms } from '../golden-order.js';
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
    ...setsDiffer(
      'Line',
      lines.map((line) => line.OrderLineId),
      terms.lines.map((line) => line.id),
    ),
    ...terms.lines.flatMap((line) => lineDiffers(lines, line, terms)),
    // What a cancelled order was about is zero at the OMS; it keeps the sum of it.
    ...(order.IsCancelled === true
      ? differs('The cancelled total', wordsOf(order.CancelledOrderTotal), inWords(terms.total))
      : moneyDiffers(order, terms)),
    ...setsDiffer('Tender', tendersOf(order), [`${terms.tender.type} ${inWords(terms.tender.amount)}`]),
  ];
}

function customerDiffers(order: OmsOrder, terms: ExpectedTerms): string[] {
  return [
    ...differs('The customer id', order.CustomerId ?? '', terms.customerId ?? ''),
    ...differs('The last name', order.CustomerLastName ?? '', terms.lastName),
    ...differs('The e-mail address', order.CustomerEmail ?? '', terms.email),
    ...differs('On hold', String(order.IsOnHold ?? false), 'false'),
  ];
}

function lineDiffers(lines: readonly OmsLine[], expected: ExpectedLine, { shipTo }: ExpectedTerms): string[] {
  const line = lines.find(({ OrderLineId }) => OrderLineId === expected.id);
  if (line === undefined) return [];
  const name = `line ${expected.id}`;
  const address = line.ShipToAddress?.Address ?? {};
  const addressDiffers = [
    ...differs(`The item of ${name}`, line.ItemId ?? '', expected.sku),
    ...differs(`The street of ${name}`, address['Address1'] ?? '', shipTo.street),
    ...differs(`The city of ${name}`, address['City'] ?? '', shipTo.city),
    ...differs(`The country of ${name}`, address['Country'] ?? '', shipTo.country),
  ];
  if (line.IsCancelled === true) return addressDiffers;
  return [
    ...addressDiffers,
    ...differs(`The quantity of ${name}`, Number(line.Quantity ?? 0), expected.quantity),
    ...differs(`The unit price of ${name}`, wordsOf(line.UnitPrice), inWords(expected.unitPrice)),
    ...differs(
      `The discounts of ${name}`,
      inWords(-total(line.OrderLineChargeDetail, 'ChargeTotal')),
      inWords(expected.discounts),
    ),
    ...differs(`The taxes of ${name}`, inWords(total(line.OrderLineTaxDetail, 'TaxAmount')), inWords(expected.taxes)),
  ];
}

function moneyDiffers(order: OmsOrder, terms: ExpectedTerms): string[] {
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
