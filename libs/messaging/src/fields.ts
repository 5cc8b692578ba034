/** One field of a message body: what it means, and the rule that its value must keep. */
export type Field = TextField | IntegerField;

interface TextField {
  readonly type: 'text';
  readonly description: string;
}

interface IntegerField {
  readonly type: 'integer';
  readonly description: string;
}

/** The TypeScript shape of a body with these fields. */
export type BodyOf<F extends Readonly<Record<string, Field>>> = {
  readonly [K in keyof F]: F[K] extends IntegerField ? number : string;
};

export const text = (description: string): TextField => ({ type: 'text', description });
export const integer = (description: string): IntegerField => ({ type: 'integer', description });

/** In words, the rule a value must keep. */
export const ruleOf = (field: Field) => (field.type === 'text' ? 'text, not empty and without NUL' : 'whole number');

export function keepsRule(field: Field, value: unknown): boolean {
  return field.type === 'text'
    ? typeof value === 'string' && value !== '' && !value.includes('\0')
    : Number.isSafeInteger(value);
}
