/**
 * `Retry-After` in milliseconds: seconds, or a date that is measured by the sender's own `Date`, since its clock need not be
 * ours. Undefined where there is none, or none that can be read.
 */
export function retryAfterOf(headers: Readonly<Record<string, string | undefined>>): number | undefined {
  const value = headers['retry-after']?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const wait = Date.parse(value) - Date.parse(headers['date'] ?? '');
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
