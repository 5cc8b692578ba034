import type { Chaos } from '../control/chaos.js';
import { applyProfile, type ProfileParts } from '../control/profile-routes.js';
import type { TenantConfig } from '../control/tenant-config.js';
import { DEFAULTS } from '../control/tenant-switches.js';
import { STEP_NAMES, type LifeStep } from '../fulfilment/life-steps.js';
import type { Lives } from '../fulfilment/lives.js';
import type { ReturnEvents } from '../returns/receive-returns.js';
import { twinItself } from '../wire/caller.js';
import { parsedObject, text, type Json, type JsonObject } from '../wire/json.js';
import { Refusal } from '../wire/refusal.js';

/** What the forms of the page do; each answers a sentence on what became of it. */

/** An empty quantity is all that is eligible. */
export function pushUnits(lives: Lives, fields: JsonObject): string {
  const { organization, orderId, orderLineId, quantity } = target(fields);
  const name = STEP_NAMES.find((known) => known === fields.step);
  if (!name) return `There is no step ${String(fields.step)}.`;
  if (quantity !== undefined && !(quantity >= 0)) return `${text(fields, 'quantity') ?? ''} is no quantity.`;
  const itemId = text(fields, 'itemId') ?? '';
  const line = { orderLineId, ...(quantity === undefined ? {} : { quantity }), ...(itemId === '' ? {} : { itemId }) };
  const step: LifeStep = { after: 0, do: name, lines: [line] };
  const because = lives.push(organization, orderId, step);
  return because === undefined ? `${orderId}, line ${orderLineId}: ${name} is done.` : `${orderId}: ${because}.`;
}

/** Goods that come back are received, and verified by the tenant's policy (§5.2). */
export function pushReturn(events: ReturnEvents, config: TenantConfig, fields: JsonObject): string {
  const { organization, orderId, orderLineId, quantity } = target(fields);
  const verification = config.now.verificationPolicy === 'line' ? 'LineVerification' : 'Verification';
  const EventTypeId = fields.step === 'receive' ? 'Receipt' : verification;
  const event = { EventTypeId, ReturnOrderId: orderId, ReturnOrderLineId: orderLineId, Quantity: quantity ?? null };
  try {
    events.receive(twinItself(organization), { ReturnOrderEvent: [event] });
    return `${orderId}, line ${orderLineId}: ${EventTypeId} is done.`;
  } catch (error) {
    if (error instanceof Refusal) return `${orderId}: ${error.description}.`;
    throw error;
  }
}

function target(fields: JsonObject) {
  const [organization = '', orderId = '', orderLineId = '', wanted = ''] = [
    ...['organization', 'orderId', 'orderLineId', 'quantity'].map((name) => text(fields, name)),
  ];
  return { organization, orderId, orderLineId, quantity: wanted === '' ? undefined : Number(wanted) };
}

/** A form sends what is checked, and numbers as text. */
export function setChaos(chaos: Chaos, fields: JsonObject): string {
  const { wanted, refused } = typed({ ...chaos.now }, fields);
  if (refused.length > 0) return `${refused.join(', ')}: no number.`;
  chaos.merge(wanted);
  return 'The failure switches are set.';
}

export function setTenant(config: TenantConfig, fields: JsonObject): string {
  const { wanted, refused } = typed({ ...config.now }, fields);
  if (refused.length > 0) return `${refused.join(', ')}: no number.`;
  const unknown = config.merge(wanted);
  return unknown.length > 0 ? `${unknown.join(', ')}: not one of its values.` : 'The tenant is set.';
}

/** Without a name everything is calm again: failures and the tenant's switches, not where messages go. */
export async function setProfile(parts: ProfileParts, { profile }: JsonObject): Promise<string> {
  const name = String(profile ?? '');
  if (name !== '') return (await applyProfile(parts, name)) ? `${name} is on.` : `There is no profile ${name}.`;
  parts.chaos.reset();
  parts.config.merge({ ...DEFAULTS });
  await parts.publisher.aim({ consolidated: false });
  return 'All is calm.';
}

/** The fields of a form as the switches have them: what is not checked is false. */
function typed(now: JsonObject, fields: JsonObject): { wanted: JsonObject; refused: string[] } {
  const read = (name: string, value: Json): Json => {
    if (typeof value === 'boolean') return name in fields;
    return typeof value === 'number' ? Number(fields[name] ?? value) : (fields[name] ?? value);
  };
  const entries = Object.entries(now).map(([name, value]): [string, Json] => [name, read(name, value)]);
  const refused = entries.filter(([, value]) => Number.isNaN(value)).map(([name]) => name);
  return { wanted: parsedObject(Object.fromEntries(entries)) ?? {}, refused };
}
