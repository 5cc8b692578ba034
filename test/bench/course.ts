import type { Moment } from '../recovery/campaign/observer.js';
import { rounded } from './bench.js';

const [width, height, left, top, bottom] = [900, 320, 60, 40, 30];

/** How memory and backlog went, over the time of a run. Readable on light and dark grounds. */
export function courseOf(title: string, course: readonly Moment[]): string {
  const ends = Math.max(1, ...course.map(({ seconds }) => seconds));
  const x = (seconds: number) => rounded(left + (seconds / ends) * (width - 2 * left), 1);
  const line = (colour: string, most: number, value: (moment: Moment) => number) => {
    const y = (of: number) => rounded(height - bottom - (of / most) * (height - top - bottom), 1);
    const points = course.map((moment) => `${x(moment.seconds)},${y(value(moment))}`).join(' ');
    return `<polyline fill="none" stroke="${colour}" stroke-width="1.5" points="${points}"/>`;
  };
  const [mostRss, mostUnsettled] = [450, Math.max(1, ...course.map(({ unsettled }) => unsettled))];
  const limit = rounded(height - bottom - (400 / mostRss) * (height - top - bottom), 1);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="12" fill="#777">`,
    `<text x="8" y="18" font-size="14" font-weight="bold">${title}: <tspan fill="#2a7de1">resident MB</tspan>, <tspan fill="#d9822b">messages without an end</tspan></text>`,
    `<line x1="${left}" x2="${width - left}" y1="${limit}" y2="${limit}" stroke="#999" stroke-dasharray="4"/>`,
    `<text x="${left - 6}" y="${limit + 4}" text-anchor="end">400</text>`,
    `<text x="${left - 6}" y="${height - bottom}" text-anchor="end">0</text>`,
    `<text x="${width - left + 6}" y="${top + 4}" fill="#d9822b">${mostUnsettled}</text>`,
    `<text x="${width - left}" y="${height - 8}" text-anchor="end">${ends} s</text>`,
    line('#2a7de1', mostRss, ({ rssMb }) => rssMb),
    line('#d9822b', mostUnsettled, ({ unsettled }) => unsettled),
    '</svg>',
    '',
  ].join('\n');
}
