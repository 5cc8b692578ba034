import { given, lineId, sku, type Currency, type Invoice, type InvoiceLine } from '@tandem/domain';
import { unreadable, type Fields } from '../feed/fields.js';
import { unmapped } from '../unmapped.js';

const KINDS: ReadonlyMap<string, Invoice['kind']> = new Map([
  ['shipment', 'shipment'],
  ['adjustment', 'adjustment'],
  ['return', 'return'],
  ['charge back', 'charge-back'],
]);
const STATES: ReadonlyMap<string, Invoice['state']> = new Map([
  ['open', 'open'],
  ['closed', 'closed'],
]);

/** The invoices of an order, with the OMS's own signs: those of a return are negative (§5.3). */
export function invoicesOf(order: Fields): readonly Invoice[] {
  const invoices = order.children('Invoice');
  if (invoices.length === 0) return [];
  const currency = order.text('CurrencyCode');
  if (currency === undefined) throw unreadable(order.pathOf('CurrencyCode'), 'value.missing');
  return invoices.map((invoice) => invoiceOf(invoice, currency));
}

function invoiceOf(invoice: Fields, currency: Currency): Invoice {
  const total = invoice.amount('InvoiceTotal', currency);
  if (total === undefined) throw unreadable(invoice.pathOf('InvoiceTotal'), 'value.missing');
  return given({
    id: invoice.requiredText('InvoiceId'),
    kind: wordOf(KINDS, invoice, 'InvoiceType', 'InvoiceTypeId'),
    state: wordOf(STATES, invoice, 'Status', 'StatusId'),
    total,
    processed: invoice.amount('AmountProcessed', currency),
    failed: invoice.amount('FailedAmount', currency),
    ...partsOf(invoice, currency),
    at: invoice.moment('FulfillmentDate'),
    packageId: invoice.text('PackageId'),
    lines: invoice.children('InvoiceLine').map((line) => lineOf(line, currency)),
  });
}

const lineOf = (line: Fields, currency: Currency): InvoiceLine =>
  given({
    line: lineId(line.requiredText('OrderLineId')),
    sku: sku(line.requiredText('ItemId')),
    quantity: line.quantity('Quantity') ?? 0,
    total: line.amount('InvoiceLineTotal', currency),
    ...partsOf(line, currency),
  });

const partsOf = (entity: Fields, currency: Currency) => ({
  charges: entity.amount('TotalCharges', currency),
  discounts: entity.amount('TotalDiscounts', currency),
  taxes: entity.amount('TotalTaxes', currency),
});

function wordOf<Word>(words: ReadonlyMap<string, Word>, entity: Fields, name: string, idName: string): Word {
  const told = entity.reference(name, idName);
  if (told === undefined) throw unreadable(entity.pathOf(name), 'value.missing');
  const word = words.get(told.toLowerCase());
  if (word !== undefined) return word;
  const field = entity.pathOf(name);
  throw unmapped(field, told, {
    sentence: `${field} has a value that we do not know.`,
    remedy: 'Compare the words of invoices at the OMS with those that we know.',
  });
}
