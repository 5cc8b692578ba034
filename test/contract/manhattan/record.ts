/** A JSON object of the OMS, read without believing anything of it. */
export type OmsRecord = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is OmsRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const recordOf = (value: unknown): OmsRecord => (isRecord(value) ? value : {});

export const recordsIn = (owner: OmsRecord, name: string): readonly OmsRecord[] => {
  const value = owner[name];
  return Array.isArray(value) ? value.filter(isRecord) : [];
};

/** Text, or a number as text; empty text is absent. */
export function textIn(owner: OmsRecord, name: string): string | undefined {
  const value = owner[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Numbers come as numbers or as text (§2.5). */
export function numberIn(owner: OmsRecord, name: string): number | undefined {
  const value = owner[name];
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  return value === '' || Number.isNaN(Number(value)) ? undefined : Number(value);
}

export const flagIn = (owner: OmsRecord, name: string): boolean => String(owner[name]) === 'true';

/** `{"OrderType":{"OrderTypeId":"…"}}`, or the bare text (§2.5, §13). */
export function idIn(owner: OmsRecord, name: string, id: string): string | undefined {
  return textIn(owner, name) ?? textIn(recordOf(owner[name]), id);
}

/** The OMS's times are UTC without a zone, with or without a fraction (§2.5). */
export function momentIn(owner: OmsRecord, name: string): string | undefined {
  const text = textIn(owner, name);
  return text === undefined ? undefined : new Date(`${text.replace(/Z$/, '')}Z`).toISOString();
}

/** Our word for one of the OMS's, `unknown:` where the sheet has none. */
export const wordOf = (words: Readonly<Record<string, string>>, word: string | undefined): string =>
  word === undefined ? 'none' : (words[word] ?? `unknown:${word}`);
