/** So many at a time, the last ones fewer: bounds what is held in memory, or asked for together. */
export async function* inParts<T>(all: Iterable<T> | AsyncIterable<T>, size: number): AsyncGenerator<readonly T[]> {
  let part: T[] = [];
  for await (const one of all) {
    part.push(one);
    if (part.length < size) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}
