import type { JsonObject } from '../org/json.js';
import type { RecordWriter } from '../org/record-writer.js';
import { Refusal } from '../org/refusal.js';
import { fieldOf, relationOf, type SObject } from '../org/schema.js';
import type { BulkRow, IngestJob, RowResult } from './bulk-job.js';
import { readCsv } from './csv.js';

/**
 * Rows of an upload by its heading: field names, and `Relation.Key__c` for a parent. An empty cell says nothing, `#N/A`
 * is null (§2.7). Throws a Refusal that fails the job for a column that the object does not have.
 */
export function readUpload(job: IngestJob): { header: string[]; rows: BulkRow[] } {
  const [header = [], ...lines] = readCsv(job.upload ?? '');
  const unknown = header.find((name) => !isColumn(job.object, name));
  if (unknown !== undefined) throw new Refusal('InvalidBatch', `Field name not found : ${unknown}`);
  return { header, rows: lines.map((cells) => ({ cells, record: recordOf(header, cells) })) };
}

function isColumn(object: SObject, name: string): boolean {
  const [first = '', ...rest] = name.split('.');
  return rest.length === 0 ? fieldOf(object, first) !== undefined : relationOf(object, first) !== undefined;
}

function recordOf(header: readonly string[], cells: readonly string[]): JsonObject {
  return Object.fromEntries(
    header.flatMap((name, index) => {
      const cell = cells[index] ?? '';
      const [first = '', key] = name.split('.');
      const value = cell === '#N/A' ? null : cell;
      return cell === '' ? [] : [[first, key === undefined ? value : { [key]: value }]];
    }),
  );
}

/** Writes one row by the job's operation; what the org refuses is the row's error and nobody else's. */
export function writeRow(job: IngestJob, row: BulkRow, writer: RecordWriter): RowResult {
  try {
    return { row, ...written(job, row.record, writer) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message, fields } = error;
    return { row, id: '', created: false, error: `${code}:${message}:${fields.join(',')}--` };
  }
}

function written({ operation, object, key, caller }: IngestJob, record: JsonObject, writer: RecordWriter) {
  if (operation === 'insert') return { id: writer.create(object, record, caller), created: true };
  const named = operation === 'upsert' && key ? key.name : 'Id';
  const { value, rest } = taken(record, named);
  if (operation === 'upsert' && key) return writer.upsert(object, key, value, rest, caller);
  if (operation === 'update') writer.update(object, value, rest, caller);
  else writer.delete(object, value, caller);
  return { id: value, created: false };
}

function taken(record: JsonObject, name: string): { value: string; rest: JsonObject } {
  const isKey = (given: string) => given.toLowerCase() === name.toLowerCase();
  const value = Object.entries(record).find(([given]) => isKey(given))?.[1];
  if (typeof value !== 'string') throw new Refusal('MISSING_ARGUMENT', `${name} not specified`, [name]);
  return { value, rest: Object.fromEntries(Object.entries(record).filter(([given]) => !isKey(given))) };
}
