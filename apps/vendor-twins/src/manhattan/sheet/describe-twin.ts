import { CHAOS_PROFILES, type ChaosProfile } from '../control/chaos-profiles.js';
import { CHAOS_OFF, CHAOS_TABLE } from '../control/chaos.js';
import { TABLE } from '../control/switch-table.js';
import { DEFAULTS } from '../control/tenant-switches.js';
import { INVENTORY_DEFAULTS, INVENTORY_TABLE } from '../inventory/inventory-settings.js';
import { CHECKLIST } from './checklist.js';
import { CONTRADICTIONS, UNKNOWNS, type OpenRow } from './unknowns.js';

const FOLDER = 'apps/vendor-twins/src/manhattan';

/** docs/twin-manhattan.md, as Markdown. */
export function describeManhattanTwin(): string {
  return [
    '# The Manhattan twin',
    '',
    'Generated from the code of the twin (`npm run docs`); do not edit. Sections are those of the fact sheet of the vendor.',
    '',
    'A stand-in of the vendor at wire level: `npm run twins -- --only manhattan`. Its page is at `/control`. A tenant is set by',
    '`PUT /control/config`, stock by `PUT /control/inventory/settings`, failures by `PUT /control/chaos`; `GET` of the same',
    'shows them. `POST /control/reset` brings every default back.',
    '',
    ...section('What it does (§11)', ['it does', 'proven by'], CHECKLIST.map(checked)),
    ...section('What the sources leave open (§12)', ['open', 'chosen by'], UNKNOWNS.map(open)),
    ...section('What the sources contradict (§13)', ['contradiction', 'chosen by'], CONTRADICTIONS.map(open)),
    ...section('Switches of the tenant', ['switch', 'default', 'may be', 'section', 'meaning'], tenantRows()),
    ...section(
      'Settings of stock',
      ['setting', 'default', 'section', 'meaning'],
      rowsOf(INVENTORY_TABLE, INVENTORY_DEFAULTS),
    ),
    ...section('Failures', ['switch', 'off', 'section', 'meaning'], rowsOf(CHAOS_TABLE, CHAOS_OFF)),
    'Ratios are probabilities from 0 to 1. `{"revokeTokens":true}` ends every token once.',
    '',
    ...section('Failures by name', ['profile', 'turns', 'section', 'meaning'], profileRows()),
    '`POST /control/chaos/profiles/<name>` adds one to what is on.',
    '',
  ].join('\n');
}

function section(title: string, headings: string[], lines: string[][]): string[] {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [`## ${title}`, '', line(headings), line(headings.map(() => '---')), ...lines.map(line), ''];
}

function checked({ does, proof }: (typeof CHECKLIST)[number]): string[] {
  const files = [...new Set(proof.map(([file]) => file))];
  return [does, files.map((file) => `[${file}](../${FOLDER}/${file})`).join(', ')];
}

function open({ what, switches, note }: OpenRow): string[] {
  const names = switches.map((name) => `\`${name}\``);
  return [what, [...names, ...(note === undefined ? [] : [note])].join(', ')];
}

function tenantRows(): string[][] {
  const defaults = new Map<string, unknown>(Object.entries(DEFAULTS));
  return Object.entries(TABLE).map(([name, { section: found, about, oneOf }]) => [
    `\`${name}\``,
    shown(defaults.get(name)),
    oneOf ? oneOf.map(shown).join(', ') : '',
    found,
    about,
  ]);
}

function rowsOf(table: Record<string, { section: string; about: string }>, defaults: object): string[][] {
  const values = new Map<string, unknown>(Object.entries(defaults));
  return Object.entries(table).map(([name, row]) => [`\`${name}\``, shown(values.get(name)), row.section, row.about]);
}

function profileRows(): string[][] {
  return Object.entries<ChaosProfile>(CHAOS_PROFILES).map(([name, { chaos, config, publishing, ...rest }]) => {
    const turned = Object.entries({ ...chaos, ...config, ...publishing }).map(
      ([key, value]) => `${key} ${shown(value)}`,
    );
    return [`\`${name}\``, turned.join(', '), rest.section, rest.about];
  });
}

function shown(value: unknown): string {
  return value === '' ? '(empty)' : `\`${String(value)}\``;
}
