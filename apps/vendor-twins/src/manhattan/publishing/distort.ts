import type { ChaosSwitches } from '../control/chaos.js';
import { isObject, type Json, type JsonObject } from '../wire/json.js';

type Distortions = Pick<ChaosSwitches, 'unknownAttributes' | 'withoutChangeLog' | 'datesWithoutFraction'>;

/** What other tenants' templates do to a snapshot (§7.3): no change log, dates without milliseconds, attributes nobody knows. */
export function distort(payload: JsonObject, switches: Distortions): JsonObject {
  const { unknownAttributes, withoutChangeLog, datesWithoutFraction } = switches;
  if (!unknownAttributes && !withoutChangeLog && !datesWithoutFraction) return payload;
  const distorted = mapObject(payload, switches);
  return unknownAttributes ? { ...distorted, NewReleaseAttribute: { Nested: [1, { Deep: true }] } } : distorted;
}

function mapObject(object: JsonObject, switches: Distortions): JsonObject {
  const kept = Object.entries(object).filter(([name]) => !(switches.withoutChangeLog && name === 'ChangeLog'));
  const mapped = Object.fromEntries(kept.map(([name, value]) => [name, mapValue(value, switches)]));
  return switches.unknownAttributes ? { ...mapped, UnknownAttribute: 'x' } : mapped;
}

const FRACTION = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d+$/;

function mapValue(value: Json, switches: Distortions): Json {
  if (Array.isArray(value)) return value.map((item) => mapValue(item, switches));
  if (isObject(value)) return mapObject(value, switches);
  if (typeof value === 'string' && switches.datesWithoutFraction) return value.replace(FRACTION, '$1');
  return value;
}
