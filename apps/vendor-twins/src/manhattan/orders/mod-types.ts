import { units } from '../wire/decimals.js';
import { flag, isObject, referenceId, rows, text, type Json, type JsonObject } from '../wire/json.js';
import { isApplied } from './derive.js';
import { cancelInitiator } from './reasons.js';

export interface Modification {
  /** Such as `OrderLine::Quantity::Decrease` (§3.7). */
  modType: string;
  level: 'Order' | 'OrderLine' | 'QuantityDetail';
  /** The changed row: the order, a line or a unit row, as it is after the change. */
  row: JsonObject;
  /** The line in question as it was, where there was one. */
  lineBefore?: JsonObject;
  properties: { property: string; old: string; fresh: string }[];
}

/** The modifications between two states of an order (§3.7); `before` is undefined for a new one. */
export function modifications(before: JsonObject | undefined, after: JsonObject): Modification[] {
  const old = before ?? {};
  const oldLines = new Map(rows(old, 'OrderLine').map((line) => [text(line, 'OrderLineId'), line]));
  return [
    ...orderModifications(old, after),
    ...rows(after, 'OrderLine').flatMap((line) => lineModifications(oldLines.get(text(line, 'OrderLineId')), line)),
  ];
}

function orderModifications(old: JsonObject, order: JsonObject): Modification[] {
  const at = (modType: string, ...names: string[]) => modification('Order', modType, old, order, names);
  const found: Modification[] = [];
  if (flag(order, 'IsConfirmed') && !flag(old, 'IsConfirmed')) found.push(at('Order::Confirmed', 'IsConfirmed'));
  if (flag(order, 'IsCancelled') && !flag(old, 'IsCancelled')) found.push(at('Order::Cancel', 'IsCancelled'));
  const person = ['CustomerFirstName', 'CustomerLastName', 'CustomerEmail', 'CustomerPhone'];
  if (old.OrderId !== undefined) {
    if (differs(old, order, ['CustomerId'])) found.push(at('Order::CustomerId', 'CustomerId'));
    if (differs(old, order, person)) found.push(at('Order::CustomerInfo', ...person));
  }
  if (differs(old, order, ['PaymentStatus']) && old.OrderId !== undefined)
    found.push(at(`Order::PaymentStatus::${referenceId(order, 'PaymentStatus', 'StatusId') ?? ''}`));
  if (instructions(old) !== instructions(order)) found.push(at('Order::Note::Instruction', 'OrderNote'));
  found.push(...holdModifications('Order', old, order, order, 'OrderHold'));
  found.push(...chargeModifications('Order', old, order, 'OrderChargeDetail'));
  return found;
}

/** The instruction notes of an order, in one word. */
function instructions(order: JsonObject): string {
  const notes = rows(order, 'OrderNote');
  return JSON.stringify(notes.filter((row) => referenceId(row, 'NoteCategory', 'NoteCategoryId') === 'Instruction'));
}

function lineModifications(old: JsonObject | undefined, line: JsonObject): Modification[] {
  const before = old ?? {};
  const at = (modType: string, ...names: string[]) => modification('OrderLine', modType, before, line, names);
  const found: Modification[] = [];
  if (old === undefined) found.push(at('OrderLine::Add', 'OrderLineId'));
  const cancelled = flag(line, 'IsCancelled') && !flag(before, 'IsCancelled');
  if (cancelled) {
    const reason = referenceId(line, 'CancelReason', 'ReasonId');
    found.push(
      at('OrderLine::Cancel', 'IsCancelled'),
      at(`OrderLine::Cancel::${cancelInitiator(reason)}`, 'IsCancelled'),
    );
  }
  if (old !== undefined && !cancelled) {
    const more = units(line, 'Quantity') - units(old, 'Quantity');
    if (more !== 0) found.push(at(`OrderLine::Quantity::${more > 0 ? 'Increase' : 'Decrease'}`, 'Quantity'));
    for (const [modType, names] of LINE_ATTRIBUTES) if (differs(old, line, names)) found.push(at(modType, ...names));
  }
  found.push(...holdModifications('OrderLine', before, line, line, 'OrderLineHold'));
  found.push(...chargeModifications('OrderLine', before, line, 'OrderLineChargeDetail'));
  found.push(...unitModifications(before, line));
  const named = flag(line, 'IsReturn') ? found.map(ofReturnLine) : found;
  return named.map((entry) => (old === undefined ? entry : { ...entry, lineBefore: old }));
}

/** Return lines have mod types of their own, `ReturnOrderLine::*`. */
function ofReturnLine(entry: Modification): Modification {
  return { ...entry, modType: entry.modType.replace(/^OrderLine::/, 'ReturnOrderLine::') };
}

const LINE_ATTRIBUTES: [string, string[]][] = [
  ['OrderLine::AddressId', ['AddressId', 'ShipToAddress']],
  ['OrderLine::ShippingInfo', ['ShippingMethodId', 'CarrierCode', 'ServiceLevelCode']],
  ['OrderLine::DeliveryMethod', ['DeliveryMethod', 'ShipToLocationId']],
  ['OrderLine::DeliveryDate', ['RequestedDeliveryDate', 'PromisedDeliveryDate']],
  ['OrderLine::FulfillmentGroupId', ['FulfillmentGroupId']],
  ['OrderLine::EffectiveRank', ['EffectiveRank']],
  ['OrderLine::ItemId::Update', ['ItemId']],
  ['OrderLine::PromisingInfo::Location', ['OrderLinePromisingInfo']],
  ['OrderLine::PickupExpiryDate', ['PickupExpiryDate']],
];

function holdModifications(
  level: 'Order' | 'OrderLine',
  old: JsonObject,
  owner: JsonObject,
  row: JsonObject,
  collection: string,
): Modification[] {
  return rows(owner, collection).flatMap((hold) => {
    const was = rows(old, collection).find((candidate) => candidate.HoldTypeId === hold.HoldTypeId);
    const wasApplied = was !== undefined && isApplied(was);
    if (isApplied(hold) === wasApplied) return [];
    const properties = [{ property: 'StatusId', old: word(was?.StatusId), fresh: word(hold.StatusId) }];
    return [{ modType: `${level}::Hold::${wasApplied ? 'Resolve' : 'Apply'}`, level, row, properties }];
  });
}

function chargeModifications(level: 'Order' | 'OrderLine', old: JsonObject, row: JsonObject, collection: string) {
  const ids = (owner: JsonObject) => new Set(rows(owner, collection).map((charge) => charge.ChargeDetailId));
  const moved = (from: JsonObject, to: JsonObject, verb: 'Add' | 'Remove') => {
    const gone = rows(to, collection).filter((charge) => !ids(from).has(charge.ChargeDetailId ?? ''));
    const types = new Set(gone.map((charge) => referenceId(charge, 'ChargeType', 'ChargeTypeId') ?? 'Charge'));
    return [...types].map((type): Modification => ({
      modType: `${level}::ChargeDetail::${type}::${verb}`,
      level,
      row,
      properties: [],
    }));
  };
  return [...moved(old, row, 'Add'), ...moved(row, old, 'Remove')];
}

function unitModifications(old: JsonObject, line: JsonObject): Modification[] {
  return rows(line, 'QuantityDetail').flatMap((row) => {
    const was =
      rows(old, 'QuantityDetail').find((candidate) => candidate.QuantityDetailId === row.QuantityDetailId) ?? {};
    if (units(row, 'Quantity') <= units(was, 'Quantity')) return [];
    const modType = `QuantityDetail::QuantityStatus::Increase::${text(row, 'StatusId') ?? ''}`;
    return [modification('QuantityDetail', modType, was, row, ['Quantity'])];
  });
}

function modification(
  level: Modification['level'],
  modType: string,
  old: JsonObject,
  row: JsonObject,
  names: string[],
): Modification {
  const properties = names
    .filter((name) => differs(old, row, [name]))
    .map((name) => ({ property: name, old: word(old[name]), fresh: word(row[name]) }));
  return { level, modType, row, properties };
}

function differs(old: JsonObject, fresh: JsonObject, names: string[]): boolean {
  return names.some((name) => JSON.stringify(old[name] ?? null) !== JSON.stringify(fresh[name] ?? null));
}

/** ChangeSet values are strings (§7.3). */
function word(value: Json | undefined): string {
  return isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value ?? '');
}
