import { isJsonObject } from '../org/json.js';
import { Refusal } from '../org/refusal.js';

const reference = /@\{(\w+)((?:\[\d+\]|\.\w+)+)\}/g;

/** Reference ids that a subrequest's url and body name. */
export function referencesIn(part: unknown): string[] {
  if (part === undefined) return [];
  return [...JSON.stringify(part).matchAll(reference)].map(([, id]) => id ?? '');
}

/** The part with every `@{ref.id}` replaced by what the earlier answer holds; names are case-sensitive (§2.4). */
export function resolveReferences(part: unknown, answers: ReadonlyMap<string, unknown>): unknown {
  if (typeof part === 'string') return resolveText(part, answers);
  if (Array.isArray(part)) return part.map((member: unknown) => resolveReferences(member, answers));
  if (!isJsonObject(part)) return part;
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, resolveReferences(value, answers)]));
}

export function resolveText(part: string, answers: ReadonlyMap<string, unknown>): string {
  return part.replace(reference, (_all, id: string, steps: string) => {
    let value: unknown = answers.get(id);
    for (const [, index, name] of steps.matchAll(/\[(\d+)\]|\.(\w+)/g)) value = step(value, index, name);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw new Refusal(
      'PROCESSING_HALTED',
      `Invalid reference specified. No value for ${id}${steps} found in ${id}. Invalid reference specified.`,
    );
  });
}

function step(value: unknown, index: string | undefined, name: string | undefined): unknown {
  if (index !== undefined) return Array.isArray(value) ? value[Number(index)] : undefined;
  return isJsonObject(value) && name !== undefined ? value[name] : undefined;
}
