import { minorUnit } from '../wire/currency.js';
import { fromUnits, share, sum, times, units, type Units } from '../wire/decimals.js';
import { addRow, referenceId, rows, text, type JsonObject } from '../wire/json.js';
import { headerAmounts, lineAmounts, net, type Amounts } from '../orders/totals.js';
import type { ReleasedPart } from './release-lines.js';

const NOTHING: Amounts = { charges: 0, discounts: 0, taxes: 0, informationalTaxes: 0 };

/**
 * The Shipment invoice of one parcel (§5.3). Line charges and taxes are prorated by quantity, the last shipment takes the
 * rest; header charges are invoiced with the first: the invoices of an order add up to its total.
 */
export function invoiceShipment(
  order: JsonObject,
  parts: ReleasedPart[],
  packageId: string | null,
  date: string,
): void {
  const lines = mergeLines(parts).map(({ line, quantity, location, substitute }) => {
    const shipped = sum(rows(line, 'FulfillmentDetail').map((row) => units(row, 'Quantity')));
    return {
      ...invoicedLine(order, line, quantity, shipped, location),
      ...(substitute === undefined ? {} : { substitute }),
    };
  });
  addInvoice(order, 'Shipment', lines, { FulfillmentDate: date, PackageId: packageId });
}

/** A line of an invoice; `done` counts what earlier invoices took and this one takes. */
export function invoicedLine(
  order: JsonObject,
  line: JsonObject,
  quantity: Units,
  done: Units,
  location: string | null,
): InvoicedLine {
  const subTotal = times(quantity, units(line, 'UnitPrice'));
  return { line, location, quantity, subTotal, amounts: portion(order, line, done) };
}

/** Adds an open invoice; the first of its type takes the header's amounts. */
export function addInvoice(
  order: JsonObject,
  type: 'Shipment' | 'Return',
  lines: InvoicedLine[],
  more: JsonObject,
): JsonObject {
  const invoices = rows(order, 'Invoice');
  const isFirst = invoices.every((invoice) => referenceId(invoice, 'InvoiceType', 'InvoiceTypeId') !== type);
  const header = isFirst ? headerAmounts(order) : NOTHING;
  const all = (pick: (amounts: Amounts) => Units) => pick(header) + sum(lines.map(({ amounts }) => pick(amounts)));
  return addRow(order, 'Invoice', {
    InvoiceId: `INV-${text(order, 'OrderId') ?? ''}-${invoices.length + 1}`,
    InvoiceType: { InvoiceTypeId: type },
    Status: { StatusId: 'Open' },
    InvoiceTotal: fromUnits(sum(lines.map(({ subTotal }) => subTotal)) + all(net)),
    AmountProcessed: 0,
    FailedAmount: 0,
    TotalCharges: fromUnits(all(({ charges }) => charges)),
    TotalDiscounts: fromUnits(all(({ discounts }) => discounts)),
    TotalTaxes: fromUnits(all(({ taxes }) => taxes)),
    CustomerId: text(order, 'CustomerId') ?? null,
    InvoiceLine: lines.map(invoiceLine),
    ...more,
  });
}

export interface InvoicedLine {
  line: JsonObject;
  location: string | null;
  /** The item that was shipped instead of the ordered one. */
  substitute?: string;
  quantity: Units;
  subTotal: Units;
  amounts: Amounts;
}

function invoiceLine({ line, quantity, location, substitute, subTotal, amounts }: InvoicedLine): JsonObject {
  const itemId = text(line, 'ItemId') ?? null;
  const uom = text(line, 'UOM') ?? null;
  return {
    OrderLineId: text(line, 'OrderLineId') ?? null,
    ItemId: substitute ?? itemId,
    OrderedItemId: itemId,
    Quantity: fromUnits(quantity),
    OrderedQuantity: line.Quantity ?? null,
    UOM: uom,
    OrderedUOM: uom,
    UnitPrice: line.UnitPrice ?? 0,
    InvoiceLineSubTotal: fromUnits(subTotal),
    InvoiceLineTotal: fromUnits(subTotal + net(amounts)),
    TotalCharges: fromUnits(amounts.charges),
    TotalDiscounts: fromUnits(amounts.discounts),
    TotalTaxes: fromUnits(amounts.taxes),
    TotalInformationalTaxes: fromUnits(amounts.informationalTaxes),
    ShipFromLocationId: location,
  };
}

type Shipped = Pick<InvoicedLine, 'line' | 'quantity' | 'location' | 'substitute'>;

function mergeLines(parts: ReleasedPart[]): Shipped[] {
  const lines = [...new Set(parts.map(({ line }) => line))];
  return lines.map((line) => {
    const own = parts.filter((part) => part.line === line);
    const release = own[0]?.release;
    return {
      line,
      quantity: sum(own.map(({ quantity }) => quantity)),
      location: (release && text(release, 'ShipFromLocationId')) ?? null,
      ...(own[0]?.substitute === undefined ? {} : { substitute: own[0].substitute }),
    };
  });
}

/** What is due up to the units that are done by now, less what earlier invoices took. */
function portion(order: JsonObject, line: JsonObject, done: Units): Amounts {
  const earlier = rows(order, 'Invoice')
    .flatMap((invoice) => rows(invoice, 'InvoiceLine'))
    .filter((row) => row.OrderLineId === line.OrderLineId);
  const minor = minorUnit(text(order, 'CurrencyCode'));
  const due = (total: Units, name: string) =>
    share(total, done, units(line, 'Quantity'), minor) - sum(earlier.map((row) => units(row, name)));
  const whole = lineAmounts(line);
  return {
    charges: due(whole.charges, 'TotalCharges'),
    discounts: due(whole.discounts, 'TotalDiscounts'),
    taxes: due(whole.taxes, 'TotalTaxes'),
    informationalTaxes: due(whole.informationalTaxes, 'TotalInformationalTaxes'),
  };
}
