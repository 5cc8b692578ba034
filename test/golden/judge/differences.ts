/** A sentence when two values differ, nothing when they agree. */
export function differs(what: string, shown: string | number, held: string | number): string[] {
  return shown === held ? [] : [`${what} is ${quoted(shown)}, not ${quoted(held)}.`];
}

/** Sentences on what is missing from a set, and on what is too much in it; repeats count. */
export function setsDiffer(what: string, shown: readonly string[], held: readonly string[]): string[] {
  return [
    ...without(held, shown).map((item) => `${what} ${quoted(item)} is missing.`),
    ...without(shown, held).map((item) => `${what} ${quoted(item)} is too much.`),
  ];
}

function without(items: readonly string[], taken: readonly string[]): string[] {
  const rest = [...taken];
  return items.filter((item) => {
    const found = rest.indexOf(item);
    if (found >= 0) rest.splice(found, 1);
    return found < 0;
  });
}

const quoted = (value: string | number) => (value === '' ? 'nothing' : `“${value}”`);
