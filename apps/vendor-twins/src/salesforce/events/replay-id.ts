/** Widths that were seen in the field; the bytes are opaque to clients (§3.3). */
export type ReplayIdBytes = 8 | 10;

/** A place in the log as a client sees it: eight bytes, or ten of which the last two are zero. */
export function replayIdOf(position: number, width: ReplayIdBytes): Buffer {
  const bytes = Buffer.alloc(width);
  bytes.writeBigUInt64BE(BigInt(position), 0);
  return bytes;
}

/** The place behind a replay id; nothing when the bytes are none of ours. */
export function positionOf(replayId: Uint8Array): number | undefined {
  const bytes = Buffer.from(replayId);
  if (bytes.length !== 8 && bytes.length !== 10) return undefined;
  if (bytes.length === 10 && bytes.readUInt16BE(8) !== 0) return undefined;
  const position = bytes.readBigUInt64BE(0);
  return position > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(position);
}
