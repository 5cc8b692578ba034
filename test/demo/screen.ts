import Table from 'cli-table3';
import { createLogUpdate } from 'log-update';
import pc from 'picocolors';
import type { Agreement, Row } from './rows.js';

/** Where a person follows the orders. */
export interface Screen {
  show(rows: readonly Row[], footer: string): void;
  /** Leaves what was shown last, and lets other output follow. */
  end(): void;
}

/** Columns with their heads; `from` is the width of a terminal below which one is left out: the number names both anyway. */
const columns: readonly { readonly name: keyof Row; readonly head: string; readonly from: number }[] = [
  { name: 'number', head: 'order', from: 0 },
  { name: 'site', head: 'site', from: 105 },
  { name: 'shape', head: 'shape', from: 140 },
  { name: 'crmStatus', head: 'CRM status', from: 0 },
  { name: 'omsLadder', head: 'OMS ladder', from: 0 },
  { name: 'parcels', head: 'parcels', from: 0 },
  { name: 'history', head: 'history', from: 0 },
  { name: 'agreement', head: 'agreement', from: 0 },
];

/** A live table where somebody watches; elsewhere a line whenever something changes. */
export const screenOn = (stream: NodeJS.WriteStream): Screen =>
  stream.isTTY ? liveTable(stream) : plainLines((line) => stream.write(`${line}\n`));

function liveTable(stream: NodeJS.WriteStream): Screen {
  const update = createLogUpdate(stream);
  return {
    show(rows, footer) {
      // Taller than the terminal, a live table would leave its head behind with every update.
      const room = Math.max(5, stream.rows - 8 - footer.split('\n').length);
      const hidden = rows.length > room ? pc.dim(`… and ${rows.length - room} earlier ones\n`) : '';
      update(`${tableOf(rows.slice(-room), stream.columns)}\n${hidden}${footer}`);
    },
    end: () => update.done(),
  };
}

export function tableOf(rows: readonly Row[], width: number): string {
  const shown = columns.filter(({ from }) => width >= from);
  const head = shown.map((column) => pc.bold(column.head));
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  for (const row of rows) table.push(shown.map(({ name }) => cellOf(row, name)));
  return table.toString();
}

function cellOf(row: Row, name: keyof Row): string {
  if (name === 'agreement') return painted(row.agreement);
  const text = row[name];
  return text.length > 34 ? `${text.slice(0, 33)}…` : text;
}

function painted(agreement: Agreement): string {
  switch (agreement) {
    case 'done, agrees':
      return pc.green(agreement);
    case 'agrees':
      return pc.cyan(agreement);
    case 'following':
      return pc.yellow(agreement);
    case 'effect twice':
      return pc.red(agreement);
    case 'not there yet':
      return pc.dim(agreement);
  }
}

/** Prints a row when it says something else than before, and the footer likewise. */
export function plainLines(print: (line: string) => void): Screen {
  const said = new Map<string, string>();
  const say = (about: string, line: string) => {
    if (said.get(about) === line) return;
    said.set(about, line);
    print(line);
  };
  return {
    show(rows, footer) {
      for (const row of rows) say(row.number, lineOf(row));
      if (footer !== '') say('', footer);
    },
    end: () => undefined,
  };
}

const lineOf = (row: Row): string =>
  `${row.number.padEnd(18)} ${row.site.padEnd(10)} CRM ${row.crmStatus.padEnd(18)} OMS ${row.omsLadder.padEnd(14)} ` +
  `${row.parcels} parcels, ${row.history} history entries: ${row.agreement}`;
