import { instantOf, type Instant } from '@tandem/domain';

const FORM = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * A moment of the OMS: UTC without a zone, with no to three digits of fraction, or a date alone (§2.5, §10.15).
 * A zone is taken at its word where one stands. Digits below the millisecond are cut. Undefined where it is none of these.
 */
export function parseMoment(text: string): Instant | undefined {
  const match = FORM.exec(text.trim());
  if (!match) return undefined;
  const [, day = '', time = '00:00:00', fraction = '', zone = 'Z'] = match;
  const offset = zone.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2');
  const date = new Date(`${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`);
  return isThatDay(date, day, zone) ? instantOf(date) : undefined;
}

/** The 30th of February is read as the 2nd of March unless one looks. */
function isThatDay(date: Date, day: string, zone: string): boolean {
  if (Number.isNaN(date.getTime())) return false;
  return zone !== 'Z' || date.toISOString().startsWith(day);
}

/** The same moment as the OMS writes it: UTC without a zone (§2.5). */
export const writeMoment = (moment: Instant): string => moment.replace(/Z$/, '');
