import type { RecordWrite } from './record-write.js';

/** The column by which a row is known again. */
export const keyColumnOf = (write: RecordWrite | undefined): string => write?.externalId ?? 'Id';

/**
 * Records of one object as a bulk job takes them (§2.7): an empty cell leaves a field as it is, `#N/A` empties it. A parent that is given
 * by its own key stands in a column such as `Shipment__r.OMS_Shipment_Key__c`.
 */
export function csvOf(writes: readonly RecordWrite[]): string {
  const rows = writes.map((write) => new Map(cellsOf(write)));
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  return [columns, ...rows.map((row) => columns.map((column) => row.get(column) ?? ''))]
    .map((cells) => `${cells.map(quoted).join(',')}\n`)
    .join('');
}

function cellsOf(write: RecordWrite): readonly [string, string][] {
  const [key = ''] = Object.values(write.identity);
  const values = Object.entries({ ...write.atCreation, ...write.fields });
  return [[keyColumnOf(write), key], ...values.flatMap(([field, value]) => cellOf(field, value))];
}

function cellOf(field: string, value: unknown): readonly [string, string][] {
  if (value === null || value === undefined || value === '') return [[field, '#N/A']];
  if (typeof value === 'object') {
    return Object.entries(value).map(([key, inner]: [string, unknown]) => [`${field}.${key}`, String(inner)]);
  }
  return [[field, String(value)]];
}

const quoted = (cell: string) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
