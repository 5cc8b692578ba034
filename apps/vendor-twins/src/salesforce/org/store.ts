import { isKey, type Field, type Row, type Scalar, type SObject } from './schema.js';

interface Table {
  rows: Map<string, Row>;
  /** by field name, then by key: the ids of the live rows that hold it */
  indexes: Map<string, Map<string, Set<string>>>;
}

/** The key a value is indexed under. Keys match without case unless the field says otherwise (§2.2). */
function indexKey(field: Field, value: Scalar): string {
  const plain = String(value);
  return field.caseSensitive || field.type === 'reference' || field.type === 'id' ? plain : plain.toLowerCase();
}

/** Records in memory, with indexes on keys and references, and an undo log for rollbacks. */
export class Store {
  private readonly tables = new Map<string, Table>();
  private readonly undo: (() => void)[] = [];
  private depth = 0;

  /** @param ended is told when an outermost transaction has ended, either way */
  constructor(private readonly ended: () => void = () => undefined) {}

  /** Runs the work; what it wrote is undone when it throws, or when it says so by `keep` being false. */
  atomically<T>(work: () => T, keep: (result: T) => boolean = () => true): T {
    const mark = this.undo.length;
    this.depth += 1;
    try {
      const result = work();
      if (!keep(result)) this.rollback(mark);
      return result;
    } catch (error) {
      this.rollback(mark);
      throw error;
    } finally {
      this.depth -= 1;
      if (this.depth === 0) {
        this.undo.length = 0;
        this.ended();
      }
    }
  }

  /** Also undoes what is not a row, e.g. the journal's entries. */
  onRollback(undo: () => void) {
    if (this.depth > 0) this.undo.push(undo);
  }

  get(object: SObject, id: string): Row | undefined {
    return this.table(object).rows.get(id);
  }

  /** Rows in the order they were made, deleted ones included. */
  all(object: SObject): Iterable<Row> {
    return this.table(object).rows.values();
  }

  /** Ids of live rows holding the value in an indexed field, nothing when the field has no index. */
  byKey(object: SObject, field: Field, value: Scalar): string[] {
    if (field.type === 'id') return this.live(object, String(value)) ? [String(value)] : [];
    return [...(this.table(object).indexes.get(field.name)?.get(indexKey(field, value)) ?? [])];
  }

  live(object: SObject, id: string): Row | undefined {
    const row = this.get(object, id);
    return row?.['IsDeleted'] === true ? undefined : row;
  }

  put(object: SObject, id: string, row: Row) {
    const before = this.get(object, id);
    this.replace(object, id, before, row);
    this.onRollback(() => this.replace(object, id, row, before));
  }

  private replace(object: SObject, id: string, before: Row | undefined, after: Row | undefined) {
    const { rows, indexes } = this.table(object);
    for (const [name, index] of indexes) {
      const field = object.fields.get(name.toLowerCase());
      if (!field) continue;
      const from = indexed(before, field);
      const to = indexed(after, field);
      if (from === to) continue;
      if (from !== undefined) index.get(from)?.delete(id);
      if (to !== undefined) index.set(to, (index.get(to) ?? new Set()).add(id));
    }
    if (after) rows.set(id, after);
    else rows.delete(id);
  }

  private rollback(mark: number) {
    while (this.undo.length > mark) this.undo.pop()?.();
  }

  private table(object: SObject): Table {
    let table = this.tables.get(object.name);
    if (!table) {
      const fields = [...object.fields.values()].filter((field) => isIndexed(field));
      const indexes = fields.map((field): [string, Map<string, Set<string>>] => [
        field.name,
        new Map<string, Set<string>>(),
      ]);
      table = { rows: new Map(), indexes: new Map(indexes) };
      this.tables.set(object.name, table);
    }
    return table;
  }
}

export function isIndexed(field: Field): boolean {
  return (
    field.type !== 'id' && (isKey(field) || (field.relationship !== undefined && field.relationship.to !== 'User'))
  );
}

function indexed(row: Row | undefined, field: Field): string | undefined {
  const value = row?.[field.name] ?? null;
  return value === null || row?.['IsDeleted'] === true ? undefined : indexKey(field, value);
}
