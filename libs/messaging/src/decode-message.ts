import { PermanentFault, type Violation } from '@tandem/domain';
import { catalog, isMessageName, type MessageDeclaration } from './catalog.js';
import type { Message } from './envelope.js';
import { keepsRule, ruleOf } from './fields.js';

/**
 * Reads an envelope as it travelled. Unknown fields are let through, so that a newer sender may say more.
 * Throws a PermanentFault that names every field and its rule, never a value.
 */
export function decodeMessage(encoded: Buffer): Message {
  const envelope = parse(encoded);
  const violations = violationsOf(envelope);
  if (violations.length > 0) {
    throw new PermanentFault('message.invalid', `The message breaks ${violations.length} rule(s) of the catalog.`, {
      violations,
    });
  }
  // The one place where JSON becomes a Message: every field of it was just looked at.
  return envelope as unknown as Message;
}

function parse(encoded: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(encoded.toString('utf8'));
    if (isRecord(value)) return value;
  } catch (cause) {
    throw new PermanentFault('message.undecodable', 'The message is not JSON.', { cause });
  }
  throw new PermanentFault('message.undecodable', 'The message is not a JSON object.');
}

function violationsOf(envelope: Readonly<Record<string, unknown>>): Violation[] {
  const { name, body } = envelope;
  if (typeof name !== 'string' || !isMessageName(name))
    return [violation('name', 'the name of a message in the catalog')];
  const broken = (['id', 'key', 'site', 'occurredAt'] as const)
    .filter((field) => typeof envelope[field] !== 'string' || envelope[field] === '')
    .map((field) => violation(field, 'text, not empty'));
  if (!isRecord(body)) return [...broken, violation('body', 'an object')];
  const { fields }: MessageDeclaration = catalog[name];
  for (const [field, declared] of Object.entries(fields)) {
    if (!keepsRule(declared, body[field])) broken.push(violation(`body.${field}`, ruleOf(declared)));
  }
  return broken;
}

const violation = (field: string, rule: string): Violation => ({
  field,
  rule: 'message.field-shape',
  sentence: `${field} must be ${rule}.`,
  remedy: 'Correct the sender of the message and send it again.',
});

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
