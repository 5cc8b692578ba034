import type { TenantSwitches } from '../control/tenant-switches.js';
import { isObject, type Json, type JsonObject } from './json.js';

type Spelling = Pick<
  TenantSwitches,
  'statusIds' | 'docTypeShape' | 'itemConditionShape' | 'totalCountType' | 'fulfilledName'
>;

/** Attributes that the samples show both as an object with one id and as a plain string (§2.5, §5.1, §13). */
const BOTH_WAYS = { DocType: 'docTypeShape', ItemCondition: 'itemConditionShape' } as const;

/** The display text of 7000, which tenants rename (§3.2). */
const FULFILLED = 'Fulfilled';

/** A document as the tenant writes it, in answers and in messages: callers meet every form (§13). */
export function spelled(document: JsonObject, spelling: Spelling): JsonObject {
  if (isUsual(spelling)) return document;
  return Object.fromEntries(Object.entries(document).map(([name, value]) => [name, attribute(name, value, spelling)]));
}

function isUsual({ statusIds, docTypeShape, itemConditionShape, totalCountType, fulfilledName }: Spelling): boolean {
  const shapes = [docTypeShape, itemConditionShape].every((shape) => shape === 'object');
  return statusIds === 'plain' && shapes && totalCountType === 'string' && fulfilledName === FULFILLED;
}

function attribute(name: string, value: Json, spelling: Spelling): Json {
  if (spelling.statusIds === 'decimals' && name.endsWith('StatusId')) return withDecimals(value);
  if ((name === 'DocType' || name === 'ItemCondition') && isObject(value) && spelling[BOTH_WAYS[name]] === 'string')
    return value[`${name}Id`] ?? null;
  if (name === 'totalCount' && spelling.totalCountType === 'number') return Number(value);
  if (name === 'FulfillmentStatus' && typeof value === 'string')
    return value.replace(FULFILLED, spelling.fulfilledName);
  return inside(value, spelling);
}

function inside(value: Json, spelling: Spelling): Json {
  if (Array.isArray(value)) return value.map((item) => inside(item, spelling));
  return isObject(value) ? spelled(value, spelling) : value;
}

/** `"1000"` becomes `"1000.000"` (§3.2); an extended status has its decimals already. */
function withDecimals(value: Json): Json {
  return typeof value === 'string' && /^\d{4,5}$/.test(value) ? `${value}.000` : value;
}
