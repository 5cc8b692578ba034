import { Refusal } from '../org/refusal.js';

const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/gy;

/** Rows of comma-separated text with quotes doubled inside quotes; empty lines are none. Throws a Refusal for a torn quote. */
export function readCsv(content: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  cell.lastIndex = 0;
  while (cell.lastIndex < content.length) {
    const [whole, value, end] = cell.exec(content) ?? [];
    if (whole === undefined || value === undefined)
      throw new Refusal('InvalidBatch', `The CSV cannot be read behind row ${rows.length + 1}.`);
    row.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === ',' && cell.lastIndex < content.length) continue;
    if (end === ',') row.push('');
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}

/** Everything quoted, as the vendor answers. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')}\n`).join('');
}
