import { isObject, type Json, type JsonObject } from '../wire/json.js';

/** Meta attributes move with every write and say nothing about what it changed. */
const META = new Set(['UpdatedTimestamp', 'UpdatedBy', 'PK', 'CreatedTimestamp', 'CreatedBy', 'VersionTimestamp']);

/** What identifies a row of a collection, for readable paths such as `OrderLine[1].Quantity`. */
const ROW_KEYS = [
  ['OrderLineCancelHistory', ''],
  ['OrderLinePickupDetail', ''],
  ['OrderLine', 'OrderLineId'],
  ['OrderHold', 'HoldTypeId'],
  ['OrderLineHold', 'HoldTypeId'],
  ['QuantityDetail', 'QuantityDetailId'],
  ['Allocation', 'AllocationId'],
  ['Release', 'ReleaseId'],
  ['ReleaseLine', 'ReleaseLineId'],
  ['FulfillmentDetail', 'FulfillmentDetailId'],
  ['Invoice', 'InvoiceId'],
  ['PaymentMethod', 'PaymentMethodId'],
  ['PaymentTransaction', 'PaymentTransactionId'],
  ['CustomerAddress', 'AddressId'],
  ['OrderMilestone', 'MilestoneDefinitionId'],
] as const;

/** Paths of the attributes that differ. Empty means that a write had no effect. */
export function changedPaths(before: JsonObject, after: JsonObject, path = ''): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names]
    .filter((name) => !META.has(name))
    .flatMap((name) => differences(before[name], after[name], name, path === '' ? name : `${path}.${name}`));
}

function differences(before: Json | undefined, after: Json | undefined, name: string, path: string): string[] {
  if (isObject(before) && isObject(after)) return changedPaths(before, after, path);
  if (Array.isArray(before) && Array.isArray(after)) return rowDifferences(before, after, name, path);
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [path];
}

function rowDifferences(before: Json[], after: Json[], name: string, path: string): string[] {
  const label = labeller(name);
  const old = new Map(before.map((row, index) => [label(row, index), row]));
  const fresh = new Map(after.map((row, index) => [label(row, index), row]));
  const labels = new Set([...old.keys(), ...fresh.keys()]);
  return [...labels].flatMap((row) => differences(old.get(row), fresh.get(row), name, `${path}[${row}]`));
}

function labeller(collection: string): (row: Json, index: number) => string {
  const key =
    ROW_KEYS.find(([name]) => name === collection)?.[1] ??
    (collection.endsWith('ChargeDetail') ? 'ChargeDetailId' : collection.endsWith('TaxDetail') ? 'TaxDetailId' : '');
  return (row, index) => {
    const id = isObject(row) ? row[key] : undefined;
    return typeof id === 'string' && collection !== 'CustomerAddress' ? id : String(index);
  };
}
