/** The vendor's timestamp: UTC, without zone, with milliseconds (§2.5). */
export function vendorTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('Z', '');
}

/** Milliseconds since the epoch of a zone-less UTC timestamp with or without fraction, or of a plain date; NaN if it is neither. */
export function epochOf(timestamp: string): number {
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(timestamp) || !timestamp.includes('T');
  return Date.parse(zoned ? timestamp : `${timestamp}Z`);
}

/** A time after `previous`: two changes of one order never carry the same millisecond. */
export function laterThan(previous: string | undefined, now: number): string {
  const last = previous === undefined ? Number.NEGATIVE_INFINITY : epochOf(previous);
  return vendorTime(Math.max(now, last + 1));
}
