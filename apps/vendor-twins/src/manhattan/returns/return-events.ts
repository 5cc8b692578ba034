import { toUnits, type Units } from '../wire/decimals.js';
import { addRow, objectIn, referenceId, rows, text, type JsonObject } from '../wire/json.js';
import { invalid } from '../wire/refusal.js';
import { isApplied } from '../orders/derive.js';
import { moveUnits, unitsIn } from '../orders/quantities.js';
import { STATUS } from '../orders/status-ladder.js';
import { completeReturn, invoiceReturn, returnLinesOf } from './complete-return.js';
import type { ReturnSurroundings } from './return-lines.js';

/** Units that are announced and not yet here, the furthest first. */
const ON_THE_WAY = [STATUS.carrierScanned, STATUS.pendingApproval, STATUS.pendingReturn] as const;
const VARIANCES = ['QuantityVariance', 'ItemVariance', 'ConditionVariance'];

/**
 * Applies one entry of `ReturnOrderEvent[]` (§5.2) to the draft of its return order.
 * @throws Refusal 400 when the event type is not of this tenant's policy, or the line is unknown
 */
export function applyReturnEvent(
  order: JsonObject,
  event: JsonObject,
  now: string,
  surroundings: ReturnSurroundings,
): void {
  const { verificationPolicy, carrierScan } = surroundings.switches;
  const type = String(event.EventTypeId);
  if (type === 'Receipt' || type === 'Reciept') return receive(lineOf(order, event), event, order, surroundings);
  if (type === 'LineVerification' && verificationPolicy === 'line')
    return verify(order, [lineOf(order, event)], event, now, surroundings);
  if (type === 'Verification' && verificationPolicy === 'order')
    return verify(order, linesOf(order, event), event, now, surroundings);
  if (type === 'CarrierScanned' && carrierScan !== 'off') return scan(order, event, now, surroundings);
  throw invalid('EventTypeId', `Event type ${type} is not known, or not of the verification policy`);
}

function receive(line: JsonObject, event: JsonObject, order: JsonObject, { switches }: ReturnSurroundings): void {
  const expected = unitsIn(line, ON_THE_WAY);
  const quantity = quantityOf(event) ?? expected;
  if (quantity > expected && switches.varianceHolds) hold(order, 'QuantityVariance');
  moveUnits(line, ON_THE_WAY, STATUS.received, quantity);
}

/** Verified goods are returned; a difference puts the return on hold, with the goods received (§5.2). */
function verify(
  order: JsonObject,
  lines: JsonObject[],
  event: JsonObject,
  now: string,
  surroundings: ReturnSurroundings,
): void {
  const parts = lines.map((line) => {
    const open = unitsIn(line, [...ON_THE_WAY, STATUS.received]);
    const quantity = quantityOf(event) ?? open;
    if (surroundings.switches.varianceHolds)
      for (const name of variances(line, event, quantity, open)) hold(order, name);
    moveUnits(line, ON_THE_WAY, STATUS.received, Math.max(0, quantity - unitsIn(line, [STATUS.received])));
    return { line, quantity };
  });
  const waits = rows(order, 'OrderHold').some((row) => isApplied(row) && VARIANCES.includes(String(row.HoldTypeId)));
  if (!waits) completeReturn(order, parts, now, surroundings);
}

function variances(line: JsonObject, event: JsonObject, quantity: Units, open: Units): string[] {
  const item = text(event, 'ItemId');
  const received = conditionOf(event, 'ReceivedItemCondition');
  const expected = conditionOf(objectIn(line, 'OrderLineAdditional') ?? {}, 'ItemCondition');
  const found: [string, boolean][] = [
    ['QuantityVariance', quantity !== open],
    ['ItemVariance', item !== undefined && item !== line.ItemId],
    ['ConditionVariance', received !== undefined && expected !== undefined && received !== expected],
  ];
  return found.filter(([, differs]) => differs).map(([name]) => name);
}

/** An object in most samples, a plain string in a few (§5.1, §13). */
function conditionOf(owner: JsonObject, name: string): string | undefined {
  return referenceId(owner, name, 'ItemConditionId') ?? text(owner, name);
}

/** The carrier has the parcel: whole lines only (§5.2). */
function scan(order: JsonObject, event: JsonObject, now: string, surroundings: ReturnSurroundings): void {
  for (const line of linesOf(order, event))
    moveUnits(line, [STATUS.pendingReturn], STATUS.carrierScanned, unitsIn(line, [STATUS.pendingReturn]));
  if (surroundings.switches.carrierScan === 'status-and-invoice')
    invoiceReturn(order, [STATUS.carrierScanned], now, surroundings);
}

function linesOf(order: JsonObject, event: JsonObject): JsonObject[] {
  return text(event, 'ReturnOrderLineId') === undefined ? returnLinesOf(order) : [lineOf(order, event)];
}

function lineOf(order: JsonObject, event: JsonObject): JsonObject {
  const lineId = text(event, 'ReturnOrderLineId');
  const candidates = returnLinesOf(order);
  const line =
    lineId === undefined
      ? candidates.find((row) => row.ItemId === event.ItemId)
      : candidates.find((row) => row.OrderLineId === lineId);
  if (!line) throw invalid('ReturnOrderLineId', `The return has no open line ${lineId ?? text(event, 'ItemId') ?? ''}`);
  return line;
}

/** A number or, in the samples, a string. */
function quantityOf(event: JsonObject): Units | undefined {
  const sent = event.Quantity ?? null;
  if (sent === null) return undefined;
  const quantity = toUnits(Number(sent));
  if (!(quantity > 0)) throw invalid('Quantity', 'Quantity must be greater than zero');
  return quantity;
}

function hold(order: JsonObject, holdTypeId: string): void {
  const known = rows(order, 'OrderHold').find((row) => row.HoldTypeId === holdTypeId);
  if (known) known.StatusId = '1000';
  else addRow(order, 'OrderHold', { HoldTypeId: holdTypeId, StatusId: '1000' });
}
