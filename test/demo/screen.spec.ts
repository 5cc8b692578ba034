import { describe, expect, it } from '@jest/globals';
import type { Row } from './rows.js';
import { plainLines, tableOf } from './screen.js';

const row: Row = {
  number: 'G05-AU-T1-001',
  site: 'aurora-us',
  shape: 'one line of three from two nodes, three parcels',
  crmStatus: 'released',
  omsLadder: '3×3000',
  parcels: '0',
  history: '6',
  agreement: 'agrees',
};

describe('The table of the demo', () => {
  it.each([
    [160, ['aurora-us', 'one line of three']],
    [120, ['aurora-us']],
    [80, []],
  ])('fits a terminal of %d columns', (width, optional) => {
    const table = tableOf([row], width);
    // eslint-disable-next-line no-control-regex -- colours take no room
    const widest = Math.max(...table.split('\n').map((line) => line.replace(/\x1b\[\d+m/g, '').length));
    expect(widest).toBeLessThanOrEqual(width);
    for (const text of ['G05-AU-T1-001', 'released', '3×3000', ...optional]) expect(table).toContain(text);
  });
});

describe('The demo where nobody watches', () => {
  it('prints an order when something of it changes, and then only', () => {
    const lines: string[] = [];
    const screen = plainLines((line) => lines.push(line));
    screen.show([row], '');
    screen.show([row], '');
    screen.show([{ ...row, crmStatus: 'shipped' }], '1 order');
    expect(lines).toEqual([expect.stringContaining('CRM released'), expect.stringContaining('CRM shipped'), '1 order']);
  });
});
