import { createHash } from 'node:crypto';
import { minorUnit } from '../wire/currency.js';
import { setUnits, share, units, type Units } from '../wire/decimals.js';
import { flag, objectIn, referenceId, rows, text, type Json, type JsonObject } from '../wire/json.js';
import { displayStatus, lineStatusRange, orderStatusRange, STATUS, statusId } from './status-ladder.js';
import { paymentStatus } from './payment-status.js';
import { unitsIn } from './quantities.js';
import { computeTotals } from './totals.js';

/** Recomputes everything of an order that follows from the rest of it (§3.3, §3.5). Repeating it changes nothing. */
export function derive(order: JsonObject, now: string): void {
  const lines = rows(order, 'OrderLine');
  const minor = minorUnit(text(order, 'CurrencyCode'));
  for (const line of lines) deriveLine(line, minor);
  computeTotals(order);
  const sales = lines.filter((line) => !flag(line, 'IsReturn'));
  const returns = lines.filter((line) => flag(line, 'IsReturn'));
  const fulfillment = orderStatusRange(sales);
  const returning = orderStatusRange(returns);
  putRange(order, fulfillment);
  order.ReturnStatus = displayStatus(returning);
  order.MinReturnStatusId = returning && statusId(returning.min);
  order.MaxReturnStatusId = returning && statusId(returning.max);
  order.OrderLineCount = lines.length;
  order.CancelLineCount = lines.filter((line) => flag(line, 'IsCancelled')).length;
  order.IsOnHold = rows(order, 'OrderHold').some(isApplied);
  if (returns.length > 0) deriveReturnType(order, sales);
  order.PaymentStatus = { StatusId: paymentStatus(order) };
  if (flag(order, 'IsConfirmed') && order.ConfirmedDate === undefined) {
    order.ConfirmedDate = now;
    order.ConfirmedOrderTotal = order.OrderTotal ?? 0;
  }
  passMilestones(order, fulfillment?.max ?? 0, now);
}

/** Hold status 1000 is applied, 2000 resolved (§3.2). */
export function isApplied(hold: JsonObject): boolean {
  return Math.floor(Number(text(hold, 'StatusId'))) === 1000;
}

function deriveLine(line: JsonObject, minor: Units): void {
  putRange(line, lineStatusRange(line));
  if (!flag(line, 'IsReturn')) deriveReturnable(line, minor);
  line.IsOnHold = rows(line, 'OrderLineHold').some(isApplied);
  line.IsCancelled = flag(line, 'IsCancelled');
  const shipTo = objectIn(line, 'ShipToAddress');
  const address = shipTo && objectIn(shipTo, 'Address');
  if (address) line.AddressId = hash(address);
  const delivery = referenceId(line, 'DeliveryMethod', 'DeliveryMethodId') ?? '';
  const additional = objectIn(line, 'OrderLineAdditional');
  const place =
    delivery === 'Email'
      ? ((additional && text(additional, 'Email')) ?? '')
      : (text(line, 'ShipToLocationId') ?? text(line, 'AddressId') ?? '');
  line.FulfillmentGroupId = hash([delivery, text(line, 'ShippingMethodId') ?? '', place]);
}

/** What of a sold line can still come back (§3.5): units that reached the customer and no return has claimed. */
function deriveReturnable(line: JsonObject, minor: Units): void {
  const returnable = unitsIn(line, [STATUS.fulfilled, STATUS.delivered]);
  setUnits(line, 'ReturnableQuantity', returnable);
  setUnits(
    line,
    'ReturnableLineTotal',
    share(units(line, 'OrderLineTotal'), returnable, units(line, 'Quantity'), minor),
  );
  if (returnable === 0) line.ReturnableLineTotal = 0;
}

/** Refund without goods in exchange; even when every exchange line says so (§5.1). */
function deriveReturnType(order: JsonObject, sales: JsonObject[]): void {
  const even = sales.every((line) => flag(line, 'IsEvenExchange'));
  const name = sales.length === 0 ? 'Refund' : even ? 'Even Exchange' : 'Uneven Exchange';
  order.ReturnType = { ReturnTypeId: name };
}

function putRange(owner: JsonObject, range: { min: number; max: number } | null): void {
  const min = range && statusId(range.min);
  const max = range && statusId(range.max);
  owner.FulfillmentStatus = displayStatus(range);
  owner.MinFulfillmentStatusId = min;
  owner.MaxFulfillmentStatusId = max;
  owner.MinFulfillmentStatus = min && { StatusId: min };
  owner.MaxFulfillmentStatus = max && { StatusId: max };
}

/** Thirty hexadecimal characters, as the vendor's own hashes have (§8); independent of attribute order. */
function hash(content: Json): string {
  const ordered =
    Array.isArray(content) || typeof content !== 'object' ? content : Object.entries(content ?? {}).sort();
  return createHash('sha256').update(JSON.stringify(ordered)).digest('hex').slice(0, 30);
}

/** A milestone is passed once; allocation may well pass before confirmation (§3.5). */
function passMilestones(order: JsonObject, maxStatus: number, now: string): void {
  const reached = maxStatus === STATUS.canceled ? 0 : maxStatus;
  const passed: [string, boolean][] = [
    ['Created', true],
    ['Confirmed', flag(order, 'IsConfirmed')],
    ['Allocated', reached >= STATUS.allocated],
    ['Released', reached >= STATUS.released],
    ['Shipped', reached >= STATUS.fulfilled],
  ];
  const known = rows(order, 'OrderMilestone');
  const fresh = passed
    .filter(([name, isPassed]) => isPassed && !known.some((row) => row.MilestoneDefinitionId === milestone(name)))
    .map(([name]): JsonObject => ({
      MilestoneDefinitionId: milestone(name),
      ExpectedTime: null,
      ActualTime: now,
      NextEventTime: null,
      MonitoringRuleId: null,
    }));
  if (fresh.length > 0) order.OrderMilestone = [...known, ...fresh];
}

function milestone(name: string): string {
  return `Order::Milestone::${name}`;
}
