import { units } from '../wire/decimals.js';
import { objectIn, referenceId, rows, text, type JsonObject } from '../wire/json.js';
import { invalid } from '../wire/refusal.js';

/** Lines per order by document type (§2.7). */
const LINE_LIMITS: Record<string, number> = { CustomerOrder: 250, POS: 120, RetailOrder: 5000 };
const DEFAULT_LINE_LIMIT = 250;

/**
 * The least that a saved order needs (§3.4) and the limits of §2.7. `ShippingMethodId` is deliberately not looked at: a
 * wrong one shows only at allocation (§3.3).
 * @throws Refusal 400 naming the first offending field
 */
export function validateOrder(order: JsonObject): void {
  if (referenceId(order, 'OrderType', 'OrderTypeId') === undefined) throw invalid('OrderType', 'OrderType is required');
  if (text(order, 'CurrencyCode') === undefined) throw invalid('CurrencyCode', 'CurrencyCode is required');
  const lines = rows(order, 'OrderLine');
  if (lines.length === 0) throw invalid('OrderLine', 'An order needs at least one order line');
  const docType = referenceId(order, 'DocType', 'DocTypeId') ?? 'CustomerOrder';
  const limit = LINE_LIMITS[docType] ?? DEFAULT_LINE_LIMIT;
  if (lines.length > limit)
    throw invalid('OrderLine', `An order of document type ${docType} has at most ${limit} lines, not ${lines.length}`);
  lines.forEach(validateLine);
}

function validateLine(line: JsonObject): void {
  const id = text(line, 'OrderLineId') ?? '?';
  for (const name of ['ItemId', 'UOM'])
    if (text(line, name) === undefined) throw invalid(name, `${name} is required on order line ${id}`);
  const delivery = referenceId(line, 'DeliveryMethod', 'DeliveryMethodId');
  if (delivery === undefined) throw invalid('DeliveryMethod', `DeliveryMethod is required on order line ${id}`);
  if (line.Quantity === undefined) throw invalid('Quantity', `Quantity is required on order line ${id}`);
  if (units(line, 'Quantity') < 0 || (units(line, 'Quantity') === 0 && line.IsCancelled !== true))
    throw invalid('Quantity', `Quantity of order line ${id} must be greater than zero`);
  const shipTo = objectIn(line, 'ShipToAddress');
  if (delivery === 'ShipToAddress' && (shipTo === undefined || objectIn(shipTo, 'Address') === undefined))
    throw invalid('ShipToAddress', `ShipToAddress is required on order line ${id}`);
  if ((delivery === 'ShipToStore' || delivery === 'PickUpAtStore') && text(line, 'ShipToLocationId') === undefined)
    throw invalid('ShipToLocationId', `ShipToLocationId is required on order line ${id}`);
}
