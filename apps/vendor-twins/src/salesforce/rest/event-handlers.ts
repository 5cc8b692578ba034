import { changeEventName, type EventSchema } from '../events/avro-schemas.js';
import { isJsonObject } from '../org/json.js';
import { notFound } from '../org/refusal.js';
import type { ApiAnswer, Handler } from './api-call.js';

/** A schema by its id, also one that has since been replaced (§3.1). */
export const eventSchema: Handler = (_call, api, path) => {
  const schema = api.events.schemaById(path['schemaId'] ?? '');
  if (!schema) throw notFound();
  return shown(schema);
};

/** The schema of `OrderChangeEvent` or `X__e` as it is now (§3.1). */
export const currentEventSchema: Handler = (_call, api, path) => {
  const name = path['object'] ?? '';
  const object = api.org.schema.objects.find((known) => (known.event ? known.name : changeEventName(known)) === name);
  if (!object) throw notFound();
  return shown(api.events.schemaOf(object));
};

function shown({ id, json }: EventSchema): ApiAnswer {
  const schema: unknown = JSON.parse(json);
  return { status: 200, body: { ...(isJsonObject(schema) ? schema : {}), uuid: id } };
}
