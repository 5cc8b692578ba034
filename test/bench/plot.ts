import { median, rounded, type Series } from './bench.js';

const [width, left, bar, gap] = [760, 190, 18, 12];

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** One bar a contender, up to its median, with a line from its least to its most. Readable on light and dark grounds. */
export function plot(title: string, series: readonly Series[]): string {
  const most = Math.max(1, ...series.flatMap(({ samples }) => samples));
  const x = (value: number) => rounded(left + (value / most) * (width - left - 120), 1);
  const bars = series.map(({ name, unit, samples }, index) => {
    const y = 34 + index * (bar + gap);
    const middle = median(samples);
    return [
      `<text x="${left - 8}" y="${y + 13}" text-anchor="end">${escaped(name)}</text>`,
      `<rect x="${left}" y="${y}" width="${x(middle) - left}" height="${bar}" fill="${name === 'ours' ? '#2a7de1' : '#9aa4b1'}"/>`,
      `<line x1="${x(Math.min(...samples))}" x2="${x(Math.max(...samples))}" y1="${y + bar / 2}" y2="${y + bar / 2}" stroke="#555" stroke-width="2"/>`,
      `<text x="${x(Math.max(...samples)) + 6}" y="${y + 13}">${rounded(middle, middle < 10 ? 1 : 0)} ${escaped(unit)}</text>`,
    ].join('\n');
  });
  const height = 40 + series.length * (bar + gap);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="12" fill="#777">`,
    `<text x="8" y="18" font-size="14" font-weight="bold">${escaped(title)}</text>`,
    ...bars,
    '</svg>',
    '',
  ].join('\n');
}
