import type { PermittedChanges } from '@tandem/domain';
import { Fields } from '../feed/fields.js';
import { isRecord, scalarOf } from '../json.js';

const LINES = 'OrderLinePermittedModTypes';

/**
 * The mod types that the OMS permits now (§3.1, §3.7). Only the name of the list of the lines is known: whatever else holds mod
 * types is the order's, and an entry of the list is a line's by its `OrderLineId`. A mod type is a text, or an object with `ModTypeId`.
 */
export function permittedChangesOf(data: unknown): PermittedChanges {
  const answer = Fields.of(data, 'permittedModTypes');
  const rest = isRecord(data) ? Object.entries(data).filter(([name]) => name !== LINES) : [];
  const lines = isRecord(data) && isRecord(data[LINES]) ? byName(data[LINES]) : byEntry(answer);
  return { order: modTypesIn(Object.fromEntries(rest)), lines: Object.fromEntries(lines) };
}

const byName = (lines: object) => Object.entries(lines).map(([id, types]) => [id, modTypesIn(types)] as const);

const byEntry = (answer: Fields) =>
  answer.children(LINES).map((entry) => [entry.requiredText('OrderLineId'), modTypesIn(entry.raw)] as const);

/** Mod types look like `OrderLine::Cancel`; nothing else in the answer does. */
function modTypesIn(value: unknown): readonly string[] {
  const found = new Set<string>();
  const left: unknown[] = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (/^\w+(::[\w ]+)+$/.test(scalarOf(next))) found.add(scalarOf(next));
    if (typeof next !== 'object' || next === null) continue;
    for (const inner of Object.values(next)) left.push(inner);
  }
  return [...found].sort();
}
