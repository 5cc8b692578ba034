import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CHAOS_TABLE } from '../control/chaos.js';
import { TABLE } from '../control/switch-table.js';
import { INVENTORY_TABLE } from '../inventory/inventory-settings.js';
import { CHECKLIST } from './checklist.js';
import { describeManhattanTwin } from './describe-twin.js';
import { CONTRADICTIONS, UNKNOWNS } from './unknowns.js';

const twin = join(import.meta.dirname, '..');
const paper = join(twin, '../../../../docs/twin-manhattan.md');

describe('what is said of the Manhattan twin', () => {
  const known = [
    ...Object.keys(TABLE),
    ...Object.keys(INVENTORY_TABLE).map((name) => `stock:${name}`),
    ...Object.keys(CHAOS_TABLE).map((name) => `chaos:${name}`),
    'modTypes',
  ];
  const named = [...UNKNOWNS, ...CONTRADICTIONS].flatMap(({ switches }) => switches);

  it('is what the code says (`npm run docs` writes it)', () => {
    expect(existsSync(paper) && readFileSync(paper, 'utf8')).toBe(describeManhattanTwin());
  });

  it.each(CHECKLIST.flatMap(({ proof }) => [...proof]))('§11 has its proof in %s: %s', (file, title) => {
    expect(readFileSync(join(twin, file), 'utf8')).toContain(title);
  });

  it('§12, §13 every row is chosen by a switch that exists, or says why by none', () => {
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
    const silent = [...UNKNOWNS, ...CONTRADICTIONS].filter(({ switches, note }) => switches.length === 0 && !note);
    expect(silent).toEqual([]);
  });

  it('§12, §13 every switch that is there for an unknown or a contradiction is named in one of their rows', () => {
    const tables = [...Object.entries(TABLE), ...Object.entries(INVENTORY_TABLE).map(stocked)];
    const open = tables.filter(([, { section }]) => /§1[23]\b/.test(section)).map(([name]) => name);
    expect(open.filter((name) => !named.includes(name))).toEqual([]);
  });
});

function stocked<T>([name, row]: [string, T]): [string, T] {
  return [`stock:${name}`, row];
}
