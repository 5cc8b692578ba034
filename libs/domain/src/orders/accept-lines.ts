import { given } from '../kernel/given.js';
import { lineId, sku } from '../kernel/ids.js';
import { isQuantity } from '../kernel/quantity.js';
import type { Currency } from '../money/currency.js';
import { lineGoods } from './order-totals.js';
import { minus, sum, type Minor } from '../money/minor.js';
import { prorate } from '../money/proration.js';
import type { SiteProfile } from '../sites/site-profile.js';
import { acceptDelivery } from './accept-delivery.js';
import type { CapturedCharge, CapturedDiscount, CapturedLine, CapturedOrder, CapturedTax } from './captured-order.js';
import type { Complaints } from './complaints.js';
import type { Charge, Discount, OrderLine, Tax } from './order.js';

/** The external id of a line in the CRM holds site, order number and line id; it has room for 80 characters. */
const LONGEST_LINE_ID = 18;

/** Reads the lines and spreads the discounts on the order as a whole over them, by what each line still costs. */
export function acceptLines(
  complaints: Complaints,
  captured: CapturedOrder,
  site: SiteProfile,
  currency: Currency,
): OrderLine[] {
  const count = captured.lines.length;
  if (count === 0) complaints.add('lines', 'lines.none', 'The order has no lines.', 'Add at least one line.');
  if (count > site.maxLines) {
    complaints.add(
      'lines',
      'lines.too_many',
      `The order has ${count} lines; the OMS takes ${site.maxLines}.`,
      'Split the order.',
    );
    return [];
  }
  const lines = captured.lines.map((line, index) => acceptLine(complaints, `lines[${index}]`, line, site, currency));
  checkLineIds(complaints, lines);
  const spread = captured.discounts.reduce(
    (sofar, discount, index) => spreadDiscount(complaints, index, discount, sofar, currency),
    lines,
  );
  checkDiscounts(complaints, spread);
  return spread;
}

function acceptLine(
  complaints: Complaints,
  field: string,
  line: CapturedLine,
  site: SiteProfile,
  currency: Currency,
): OrderLine {
  return {
    id: lineId(acceptLineId(complaints, `${field}.id`, line.id)),
    crmLineId: line.crmLineId,
    sku: sku(complaints.text(`${field}.sku`, line.sku)),
    quantity: acceptQuantity(complaints, `${field}.quantity`, line.quantity),
    unitPrice: complaints.amount(`${field}.unitPrice`, line.unitPrice, currency),
    delivery: acceptDelivery(complaints, `${field}.delivery`, line.delivery, site),
    discounts: line.discounts.map((discount, index) =>
      acceptDiscount(complaints, `${field}.discounts[${index}]`, discount, currency),
    ),
    taxes: acceptTaxes(complaints, `${field}.taxes`, line.taxes, currency),
    ...given({ description: line.description, gift: line.gift && given({ message: line.gift.message }) }),
  };
}

function acceptLineId(complaints: Complaints, field: string, value: string | undefined): string {
  const id = complaints.text(field, value);
  if (id.length > LONGEST_LINE_ID) {
    complaints.add(
      field,
      'line.id_too_long',
      `${field} has more than ${LONGEST_LINE_ID} characters.`,
      'Use shorter line numbers.',
    );
  }
  return id;
}

function acceptQuantity(complaints: Complaints, field: string, quantity: number | undefined): number {
  if (quantity === undefined) {
    complaints.text(field, undefined);
    return 0;
  }
  if (quantity < 0) complaints.add(field, 'quantity.negative', `${field} is negative.`, 'Give a quantity above zero.');
  else if (quantity === 0)
    complaints.add(field, 'quantity.zero', `${field} is zero.`, 'Remove the line or give a quantity above zero.');
  else if (!isQuantity(quantity)) {
    complaints.add(
      field,
      'quantity.too_fine',
      `${field} has more than four decimals.`,
      'Round the quantity to four decimals.',
    );
  }
  return quantity;
}

function acceptDiscount(
  complaints: Complaints,
  field: string,
  discount: CapturedDiscount,
  currency: Currency,
): Discount {
  return {
    id: discount.id,
    name: discount.name ?? 'Discount',
    amount: complaints.amount(`${field}.amount`, discount.amount, currency),
    ...given({ coupon: discount.coupon }),
  };
}

function acceptTaxes(complaints: Complaints, field: string, taxes: readonly CapturedTax[], currency: Currency): Tax[] {
  return taxes.map((tax, index) => ({
    id: tax.id,
    name: tax.name ?? 'Tax',
    amount: complaints.amount(`${field}[${index}].amount`, tax.amount, currency),
    ...given({ rate: tax.rate }),
  }));
}

export function acceptCharges(complaints: Complaints, captured: CapturedOrder, currency: Currency): Charge[] {
  return captured.charges.map((charge: CapturedCharge, index) => ({
    id: charge.id,
    kind: charge.kind,
    name: charge.name ?? charge.kind,
    amount: complaints.amount(`charges[${index}].amount`, charge.amount, currency),
    taxes: acceptTaxes(complaints, `charges[${index}].taxes`, charge.taxes, currency),
  }));
}

function spreadDiscount(
  complaints: Complaints,
  index: number,
  captured: CapturedDiscount,
  lines: OrderLine[],
  currency: Currency,
): OrderLine[] {
  const discount = acceptDiscount(complaints, `discounts[${index}]`, captured, currency);
  const shares = prorate(discount.amount, lines.map(netOf));
  return lines.map((line, position) => {
    const amount = shares[position];
    if (!amount) return line;
    const share: Discount = { ...discount, id: `${discount.id}-${line.id}`, amount, shareOf: discount.id };
    return { ...line, discounts: [...line.discounts, share] };
  });
}

/** What the line costs after its discounts so far; never below zero, a line that is given away bears no share. */
const netOf = (line: OrderLine): number => Math.max(0, netAmount(line));

const netAmount = (line: OrderLine): Minor =>
  minus(lineGoods(line), sum(line.discounts.map((discount) => discount.amount)));

function checkDiscounts(complaints: Complaints, lines: readonly OrderLine[]): void {
  lines.forEach((line, index) => {
    if (line.discounts.length === 0 || netAmount(line) >= 0) return;
    const field = `lines[${index}].discounts`;
    complaints.add(
      field,
      'discount.exceeds_price',
      `${field} add up to more than the line costs.`,
      'Correct the discounts of the line or of the order.',
    );
  });
}

function checkLineIds(complaints: Complaints, lines: readonly OrderLine[]): void {
  const seen = new Set<string>();
  lines.forEach(({ id }, index) => {
    if (id !== '' && seen.has(id)) {
      complaints.add(
        `lines[${index}].id`,
        'line.id_repeated',
        `lines[${index}].id is also the id of another line.`,
        'Give each line its own number.',
      );
    }
    seen.add(id);
  });
}
