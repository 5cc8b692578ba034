export interface Mutation {
  /** Which place of all that the sample has, counted through. */
  readonly at: number;
  readonly how: 'replace' | 'remove' | 'wrap';
  readonly by: unknown;
}

/** What nobody expects where it stands. */
export const ODD_VALUES: readonly unknown[] = [
  ...[null, '', 0, -1, 1.5, true, [], {}, [null], [[]]],
  ...['x', '0x10', '1e3', ' 7 ', 'NaN', '9000', '2000.100', '__proto__', 'a'.repeat(5000)],
  ...['90071992547409.91', 9e15, 1e308, '2026-13-45T99:99:99'],
];

/** The content with one change after the other; what is left is JSON. */
export const mutated = (content: unknown, mutations: readonly Mutation[]): unknown =>
  mutations.reduce<unknown>(mutate, structuredClone(content));

function mutate(content: unknown, { at, how, by: shared }: Mutation): unknown {
  // The next change must not reach into the list of odd values.
  const by = structuredClone(shared);
  const places = placesOf(content);
  const place = places[at % Math.max(places.length, 1)];
  if (!place) return by;
  const [holder, key] = place;
  if (how === 'remove') Reflect.deleteProperty(holder, key);
  else Reflect.set(holder, key, how === 'wrap' ? [Reflect.get(holder, key)] : by);
  // What was taken out of a list leaves a hole that JSON tells as null.
  return JSON.parse(JSON.stringify(content)) as unknown;
}

const placesOf = (content: unknown): readonly (readonly [object, string])[] =>
  typeof content !== 'object' || content === null
    ? []
    : Object.entries(content).flatMap(([key, value]) => [[content, key] as const, ...placesOf(value)]);
