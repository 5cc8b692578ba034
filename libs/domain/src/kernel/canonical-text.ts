/** Equal for values that say the same, in whichever order their fields stand: a database that keeps JSON gives them one of its own. */
export const canonicalText = (value: unknown): string | undefined => JSON.stringify(value, fieldsByName);

const fieldsByName = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
    : value;
