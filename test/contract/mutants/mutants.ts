/** One small misreading of the fact sheet, made in the built text of one file. */
export interface Mutant {
  readonly kind: 'status id' | 'sign' | 'field name';
  readonly file: string;
  readonly line: number;
  /** Offsets in the text of the file. */
  readonly start: number;
  readonly end: number;
  readonly was: string;
  readonly becomes: string;
}

interface Operator {
  readonly kind: Mutant['kind'];
  readonly pattern: RegExp;
  readonly becomes: (was: string) => string;
}

const operators: readonly Operator[] = [
  { kind: 'status id', pattern: /(?<=['"])\d{4,5}(?=['"])/g, becomes: (was) => String(Number(was) + 1) },
  { kind: 'sign', pattern: /\bnegated(?=\()/g, becomes: () => '' },
  { kind: 'field name', pattern: /(?<=['"])[A-Z][A-Za-z]{3,}(?=['"])/g, becomes: (was) => `${was}X` },
  { kind: 'field name', pattern: /(?<=^\s+)[A-Z][A-Za-z]{3,}(?=:)/gm, becomes: (was) => `${was}X` },
];

/** Every mutant of a file, in the order of its text; what is imported or said in a comment is none. */
export function mutantsOf(file: string, text: string): readonly Mutant[] {
  const quiet = text.replace(/^import .*$|\/\*[^]*?\*\/|\/\/.*$/gm, (said) => said.replace(/[^\n]/g, ' '));
  const found = operators.flatMap(({ kind, pattern, becomes }) =>
    [...quiet.matchAll(pattern)].map(({ 0: was, index }) => ({
      kind,
      file,
      line: quiet.slice(0, index).split('\n').length,
      start: index,
      end: index + was.length,
      was,
      becomes: becomes(was),
    })),
  );
  return found.sort((left, right) => left.start - right.start);
}

/** So many of them, evenly spread over all files and kinds; `from` shifts the choice. */
export function spread(mutants: readonly Mutant[], most: number, from: number): readonly Mutant[] {
  if (mutants.length <= most) return mutants;
  const step = mutants.length / most;
  return Array.from({ length: most }, (_, index) => mutants[(Math.floor(index * step) + from) % mutants.length]).filter(
    (mutant) => mutant !== undefined,
  );
}
