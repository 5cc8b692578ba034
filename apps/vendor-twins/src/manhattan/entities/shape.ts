/**
 * What a save may set on one entity. Attributes outside the shape are ignored on input (§2.5): they are unknown, or the
 * vendor computes them.
 */
export interface Shape {
  /** Business key (§2.5); without one every send adds a row. */
  key: string[];
  /** A row without the key is one row of its own, not a new one each time (payment groups). */
  keyMayBeAbsent?: boolean;
  attributes: Record<string, Attribute>;
}

export type Attribute =
  | { type: 'text' | 'amount' | 'number' | 'flag' | 'open' }
  | { type: 'reference'; idName: string }
  | { type: 'object'; shape: Shape }
  | { type: 'children'; shape: Shape };

/** Names of one type, written as one string. */
export function all(type: 'text' | 'amount' | 'number' | 'flag' | 'open', names: string): Record<string, Attribute> {
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, { type }]));
}

/** References `{ "<name>": { "<idName>": "…" } }`, each written as `Name` (id name is `NameId`) or `Name:IdName`. */
export function references(names: string): Record<string, Attribute> {
  return Object.fromEntries(
    names.split(/\s+/).map((entry) => {
      const [name = '', idName = `${name}Id`] = entry.split(':');
      return [name, { type: 'reference', idName }];
    }),
  );
}

export function object(shape: Shape): Attribute {
  return { type: 'object', shape };
}

export function children(shape: Shape): Attribute {
  return { type: 'children', shape };
}
