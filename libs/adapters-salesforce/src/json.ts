/** Reads JSON that nobody vouches for: what is not there, or is of another type, is undefined. */
export function valueAt(json: unknown, key: string): unknown {
  return isObject(json) && Object.hasOwn(json, key) ? json[key] : undefined;
}

export function textAt(json: unknown, key: string): string | undefined {
  const value = valueAt(json, key);
  return typeof value === 'string' ? value : undefined;
}

export function listAt(json: unknown, key: string): readonly unknown[] {
  const value = valueAt(json, key);
  return Array.isArray(value) ? value : [];
}

export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null;
