import type { TenantSwitches } from '../control/tenant-switches.js';
import { isObject, type Json, type JsonObject } from './json.js';

type Spelling = Pick<TenantSwitches, 'statusIds' | 'docTypeShape' | 'itemConditionShape'>;

/** Attributes that the samples show both as an object with one id and as a plain string (§2.5, §5.1, §13). */
const BOTH_WAYS = { DocType: 'docTypeShape', ItemCondition: 'itemConditionShape' } as const;

/** A document as the tenant writes it, in answers and in messages: callers meet every form (§13). */
export function spelled(document: JsonObject, spelling: Spelling): JsonObject {
  const { statusIds, docTypeShape, itemConditionShape } = spelling;
  if (statusIds === 'plain' && docTypeShape === 'object' && itemConditionShape === 'object') return document;
  return Object.fromEntries(Object.entries(document).map(([name, value]) => [name, attribute(name, value, spelling)]));
}

function attribute(name: string, value: Json, spelling: Spelling): Json {
  if (spelling.statusIds === 'decimals' && name.endsWith('StatusId')) return withDecimals(value);
  if ((name === 'DocType' || name === 'ItemCondition') && isObject(value) && spelling[BOTH_WAYS[name]] === 'string')
    return value[`${name}Id`] ?? null;
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
