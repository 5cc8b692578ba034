import { createHash } from 'node:crypto';

/**
 * Foreign text as PostgreSQL can hold it: it refuses NUL, and in JSON half a surrogate pair as well. What cannot be held is replaced by
 * U+FFFD, since a message that cannot be archived could be neither handled nor parked. The exact bytes are in the body.
 */
export const storableText = (text: string) => text.toWellFormed().replaceAll('\0', '\u{fffd}');

export const storableOrNull = (text: string | undefined) => (text === undefined ? null : storableText(text));

/** JSON text of any plain value, for a `jsonb` column. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'string') return storableText(part);
    if (typeof part === 'bigint') return String(part);
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [storableText(name), inner]));
  });
}

export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
