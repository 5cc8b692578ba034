import type { EntityStore } from '../entities/entity-store.js';
import { merge } from '../entities/merge.js';
import { orderShape } from '../entities/order-shape.js';
import type { Caller } from '../wire/caller.js';
import { isObject, objectIn, rows, text, type Json, type JsonObject } from '../wire/json.js';
import { invalid, Refusal } from '../wire/refusal.js';
import { repromise } from '../fulfilment/repromise.js';
import { requestLateCancels } from '../late-cancel/request.js';
import { completeReturnLines, type ReturnSurroundings } from '../returns/return-lines.js';
import { applyCancelsAndQuantities } from './apply-quantities.js';
import { derive } from './derive.js';
import type { ModTypeRules } from './mod-type-rules.js';
import { modifications } from './mod-types.js';
import { enforceModificationRules } from './modification-rules.js';
import type { OrderLedger } from './order-ledger.js';
import { validateOrder } from './order-validation.js';

export interface SaveSurroundings {
  ledger: OrderLedger;
  customers: EntityStore;
  newId: () => string;
  returnsIn: (organization: string) => ReturnSurroundings;
  rules: ModTypeRules;
}

/**
 * `order/save` (§2.5, §3.1): one upsert, all or nothing. `effective` is false when the save changed nothing.
 * @throws Refusal stale version (10208), invalid input, or a modification that its rule forbids
 */
export function saveOrder(
  surroundings: SaveSurroundings,
  caller: Caller,
  sent: JsonObject,
): { order: JsonObject; effective: boolean } {
  const { ledger, newId } = surroundings;
  const { importSpelling, nullOnSave } = surroundings.returnsIn(caller.organization).switches;
  const payload = nullOnSave === 'ignore' ? withoutNulls(sent) : sent;
  const isImport = isImportAs(importSpelling, payload);
  const orderId = orderIdOf(payload) ?? `CC${newId()}`;
  const before = ledger.find(caller.organization, orderId);
  refuseForeignOrganization(payload, caller);
  const version = acceptVersion(before, payload);
  const draft: JsonObject = before ? structuredClone(before) : { OrderId: orderId, Extended: {} };
  const repeatedCancel = before?.IsCancelled === true && String(payload.IsCancelled) === 'true';
  if (!repeatedCancel) change(draft, before, payload, surroundings, caller);
  if (!repeatedCancel && before && !isImport) enforceRules(surroundings.rules, before, draft);
  if (version !== undefined) draft.VersionTimestamp = version;
  const effective = ledger.commit(caller, before, draft, isImport);
  return { order: draft, effective };
}

export function orderIdOf(payload: JsonObject): string | undefined {
  const id = payload.OrderId;
  return typeof id === 'number' || (typeof id === 'string' && id !== '') ? String(id) : undefined;
}

function change(
  draft: JsonObject,
  before: JsonObject | undefined,
  payload: JsonObject,
  { customers, newId, returnsIn }: SaveSurroundings,
  caller: Caller,
): void {
  if (objectIn(payload, 'Actions')?.OrderLine === 'RESET')
    throw invalid('OrderLine', 'Order lines are cancelled, they cannot be reset');
  merge(orderShape, draft, { ...payload, OrderId: draft.OrderId ?? null }, newId);
  const around = returnsIn(caller.organization);
  completeReturnLines(draft, before, payload, around);
  if (around.switches.lateCancel) requestLateCancels(draft, before, payload);
  applyCancelsAndQuantities(draft, before, payload);
  repromise(draft, before);
  validateOrder(draft);
  draft.IsConfirmed = draft.IsConfirmed === true || before?.IsConfirmed === true;
  draft.IsCancelled = draft.IsCancelled === true;
  fillFromCustomer(draft, before, customers, caller);
}

function enforceRules(rules: ModTypeRules, before: JsonObject, draft: JsonObject): void {
  const preview = structuredClone(draft);
  derive(preview, '');
  enforceModificationRules(rules, before, modifications(before, preview));
}

/** Two spellings occur; such a save is neither checked for modification rules nor published (§3.4, §13). */
function isImportAs(spelling: 'both' | 'IsImport' | 'IsImported', payload: JsonObject): boolean {
  const actions = objectIn(payload, 'OrderActions') ?? {};
  const names = spelling === 'both' ? ['IsImport', 'IsImported'] : [spelling];
  return names.some((name) => String(actions[name]) === 'true');
}

function withoutNulls(payload: JsonObject): JsonObject {
  const kept = Object.entries(payload).filter(([, value]) => value !== null);
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutNullsIn(value)]));
}

function withoutNullsIn(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNullsIn);
  return isObject(value) ? withoutNulls(value) : value;
}

/** Once an order carries a version, every later one must be higher; none at all is accepted (§2.6). */
function acceptVersion(before: JsonObject | undefined, payload: JsonObject): number | undefined {
  const sent = objectIn(payload, 'OrderActions')?.VersionTimestamp ?? null;
  if (sent === null || sent === '') return undefined;
  const version = Number(sent);
  if (!Number.isInteger(version)) throw invalid('VersionTimestamp', 'VersionTimestamp must be an integer');
  const stored = before?.VersionTimestamp;
  if (typeof stored === 'number' && version <= stored)
    throw new Refusal(400, '10208', `Stale version: ${version} is not higher than ${stored}`, 'error.10208');
  return version;
}

/** The organization comes from the token or the header (§1); a payload for another one is a routing mistake. */
function refuseForeignOrganization(payload: JsonObject, caller: Caller): void {
  const sent = text(payload, 'OrgId');
  if (sent !== undefined && sent !== caller.organization)
    throw invalid('OrgId', `OrgId ${sent} is not the organization of this call`);
}

/** Missing contact attributes come from the profile; an unknown customer puts the order on a hold that stays (§8). */
function fillFromCustomer(
  draft: JsonObject,
  before: JsonObject | undefined,
  customers: EntityStore,
  caller: Caller,
): void {
  const customerId = text(draft, 'CustomerId');
  if (customerId === undefined || (before && text(before, 'CustomerId') === customerId)) return;
  const customer = customers.find(caller.organization, customerId);
  if (!customer) {
    const holds = rows(draft, 'OrderHold').filter((hold) => hold.HoldTypeId !== 'CustomerInfoNotAvailable');
    draft.OrderHold = [...holds, { HoldTypeId: 'CustomerInfoNotAvailable', StatusId: '1000' }];
    return;
  }
  for (const name of ['FirstName', 'LastName', 'Email', 'Phone']) {
    const known = text(customer, name);
    if (known !== undefined && text(draft, `Customer${name}`) === undefined) draft[`Customer${name}`] = known;
  }
}
