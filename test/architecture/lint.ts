import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { repositoryRoot } from './product-files.js';

export interface Refusal {
  readonly rule: string | null;
  readonly message: string;
  /** From 1. */
  readonly line: number;
}

/** Lints text as if it stood in that file of the repository (path from its root). */
export type Lint = (file: string, code: string) => Promise<readonly Refusal[]>;

/**
 * The repository's own rules, without those that need types: they would want a file that is really there, and every
 * planted one is not.
 */
export function lintedAs(): Lint {
  return by(
    new ESLint({
      cwd: repositoryRoot,
      overrideConfig: [
        tseslint.configs.disableTypeChecked,
        { languageOptions: { parserOptions: { projectService: false } } },
      ],
    }),
  );
}

/**
 * The repository's own rules, all of them, for a file that exists. In a process of its own: the compiler that answers
 * the questions about types keeps timers running, which would keep Jest from ending.
 */
export const typedLint: Lint = async (file, code) => {
  const cli = join(repositoryRoot, 'node_modules', 'eslint', 'bin', 'eslint.js');
  const args = [cli, '--stdin', '--stdin-filename', file, '--format', 'json'];
  const said = await new Promise<string>((resolve) => {
    const child = execFile(process.execPath, args, { cwd: repositoryRoot }, (_fault, stdout) => resolve(stdout));
    child.stdin?.end(code);
  });
  // A parsing edge: the format is that of the ESLint beside us.
  return refusalsIn(JSON.parse(said) as ESLint.LintResult[]);
};

function by(eslint: ESLint): Lint {
  return async (file, code) => refusalsIn(await eslint.lintText(code, { filePath: join(repositoryRoot, file) }));
}

function refusalsIn(results: readonly ESLint.LintResult[]): readonly Refusal[] {
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line }) => ({ rule: ruleId, message, line })),
  );
}
