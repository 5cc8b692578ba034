import type { FastifyInstance } from 'fastify';
import { isJsonObject, list, text } from '../org/json.js';
import type { Org } from '../org/org.js';
import { Refusal } from '../org/refusal.js';
import type { DuplicateRule } from '../org/rules/guard.js';
import { fieldOf } from '../org/schema.js';
import { answered, body } from './control-answer.js';

/** `GET` and `PUT /control/rules`: validation rules of the package on or off, and the org's duplicate rules. */
export function openRuleControls(server: FastifyInstance, org: Org) {
  server.get('/control/rules', () => org.guard.settings);
  server.put('/control/rules', (request, reply) =>
    answered(reply, () => {
      const change = body(request);
      const { validationRules, duplicateRules } = org.guard.settings;
      const switched = isJsonObject(change) ? (change['validationRules'] ?? validationRules) : undefined;
      if (typeof switched !== 'boolean') throw new Refusal('INVALID_FIELD', 'validationRules is true or false');
      const rules = list(change, 'duplicateRules')?.map((rule) => duplicateRule(org, rule)) ?? duplicateRules;
      org.guard.settings = { validationRules: switched, duplicateRules: rules };
      return org.guard.settings;
    }),
  );
}

function duplicateRule(org: Org, given: unknown): DuplicateRule {
  const object = org.schema.object(text(given, 'object') ?? '');
  const fields = (list(given, 'fields') ?? []).map((name) => object && fieldOf(object, String(name))?.name);
  const known = fields.filter((name) => name !== undefined);
  if (!object || known.length === 0 || known.length < fields.length)
    throw new Refusal('INVALID_FIELD', 'a duplicate rule names an object and fields that it has');
  return { object: object.name, fields: known };
}
