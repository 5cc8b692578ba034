import locale from '@salesforce/i18n/locale';
import timeZone from '@salesforce/i18n/timeZone';
import { filled, labels } from 'c/omsLabels';

const days = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone });
const minutes = new Intl.DateTimeFormat(locale, {
  ...{ month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
  timeZone,
});

/** In the agent's language and time zone; empty where there is no moment. */
export const dayText = (moment) => (moment ? days.format(new Date(moment)) : '');
export const momentText = (moment) => (moment ? minutes.format(new Date(moment)) : '');

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How old something is, in the largest unit that has passed twice: 14 s, 3 min, 5 h, 2 d. Never less than nothing. */
export function ageText(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 2 * MINUTE) return filled(labels.ageSeconds, seconds);
  if (seconds < 2 * HOUR) return filled(labels.ageMinutes, Math.floor(seconds / MINUTE));
  if (seconds < 2 * DAY) return filled(labels.ageHours, Math.floor(seconds / HOUR));
  return filled(labels.ageDays, Math.floor(seconds / DAY));
}
