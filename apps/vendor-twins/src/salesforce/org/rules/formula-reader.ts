/** A formula, read: `AND(a, b < 1)` is a call of `AND` on a field and a comparison, itself a call of `<`. */
export type Formula =
  | { kind: 'literal'; value: string | number | boolean }
  /** a field, or `$Permission.X` */
  | { kind: 'name'; name: string }
  | { kind: 'call'; name: string; args: readonly Formula[] };

const token = /\s*(?:("(?:[^"\\]|\\.)*")|(\d+(?:\.\d+)?)|(\$?[A-Za-z_][\w.]*)|(<=|>=|<>|!=|&&|\|\||[-+*/()=<>,!&]))/y;
const comparisons = new Set(['<', '>', '<=', '>=', '=', '<>', '!=']);

/** Reads the part of the formula language that validation rules here need. Throws a TypeError for anything else. */
export function readFormula(source: string): Formula {
  const tokens = tokensOf(source);
  let at = 0;
  const take = (expected?: string) => {
    const taken = tokens[at++];
    if (taken === undefined || (expected !== undefined && taken !== expected)) throw unreadable(source);
    return taken;
  };
  const comparison = (): Formula => {
    const left = primary();
    if (!comparisons.has(tokens[at] ?? '')) return left;
    return { kind: 'call', name: take(), args: [left, primary()] };
  };
  const primary = (): Formula => {
    const first = take();
    if (first.startsWith('"')) return { kind: 'literal', value: first.slice(1, -1).replace(/\\(.)/g, '$1') };
    if (/^\d/.test(first)) return { kind: 'literal', value: Number(first) };
    if (first === '(') {
      const inner = comparison();
      take(')');
      return inner;
    }
    if (!/^[$A-Za-z_]/.test(first)) throw unreadable(source);
    if (tokens[at] === '(') return { kind: 'call', name: first.toUpperCase(), args: args() };
    if (/^(?:true|false)$/i.test(first)) return { kind: 'literal', value: first.toLowerCase() === 'true' };
    return { kind: 'name', name: first };
  };
  const args = (): Formula[] => {
    const read: Formula[] = [];
    for (take('('); tokens[at] !== ')'; read.push(comparison())) if (read.length > 0) take(',');
    take(')');
    return read;
  };
  const formula = comparison();
  if (at < tokens.length) throw unreadable(source);
  return formula;
}

function tokensOf(source: string): string[] {
  const tokens: string[] = [];
  const text = source.trim();
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const found = token.exec(text)?.[0].trim();
    if (found === undefined) throw unreadable(source);
    tokens.push(found);
  }
  return tokens;
}

function unreadable(source: string): TypeError {
  return new TypeError(`a formula that cannot be read here: ${source}`);
}
