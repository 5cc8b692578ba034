import { PermanentFault, type Violation } from '@tandem/domain';
import { catalog, isMessageName, type MessageDeclaration } from './catalog.js';
import type { Message } from './envelope.js';
import { keepsRule, ruleOf, text } from './fields.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const isNumber = (value: string) => /^\d{1,18}$/.test(value);

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
  const broken = rules
    .filter(({ field, keeps }) => !keeps(envelope[field]))
    .map(({ field, rule }) => violation(field, rule));
  if (!isRecord(body)) return [...broken, violation('body', 'an object')];
  const { fields }: MessageDeclaration = catalog[name];
  for (const [field, declared] of Object.entries(fields)) {
    if (!keepsRule(declared, body[field])) broken.push(violation(`body.${field}`, ruleOf(declared)));
  }
  return broken;
}

const isText = (value: unknown): value is string => keepsRule(anyText, value);
const anyText = text('any');
const isOptional = (keeps: (value: string) => boolean) => (value: unknown) =>
  value === undefined || (typeof value === 'string' && keeps(value));

/** What PostgreSQL would refuse must be refused here: a batch that cannot be settled comes again and again. */
const rules: readonly { readonly field: string; readonly rule: string; readonly keeps: (value: unknown) => boolean }[] =
  [
    { field: 'id', rule: 'a UUID', keeps: (value) => isText(value) && uuid.test(value) },
    ...['key', 'site', 'occurredAt'].map((field) => ({ field, rule: ruleOf(anyText), keeps: isText })),
    { field: 'causeId', rule: 'a UUID, or absent', keeps: isOptional((value) => uuid.test(value)) },
    { field: 'archiveId', rule: 'the number of an archived message, or absent', keeps: isOptional(isNumber) },
    { field: 'traceparent', rule: 'text, or absent', keeps: isOptional(() => true) },
  ];

const violation = (field: string, rule: string): Violation => ({
  field,
  rule: 'message.field-shape',
  sentence: `${field} must be ${rule}.`,
  remedy: 'Correct the sender of the message and send it again.',
});

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
