import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Child {
  /** What it said first. */
  readonly greeting: unknown;
  /** Asks it to end, and resolves with what it says then. */
  end(): Promise<unknown>;
}

/**
 * A part of a bench in a process of its own: it greets when it is ready, and when it is asked to end says its last word.
 * @param file beside this one, without its ending.
 * @param flags of Node.
 * @throws where it ends unasked.
 */
export async function newChild(file: string, args: readonly string[], flags: readonly string[] = []): Promise<Child> {
  const process = fork(fileURLToPath(new URL(`./${file}.js`, import.meta.url)), args, { execArgv: [...flags] });
  const gone = new Promise<never>((_, reject) => {
    process.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it was asked to.`)));
  });
  gone.catch(() => undefined);
  const word = () =>
    Promise.race([new Promise<unknown>((resolve) => process.once('message', (said) => resolve(said))), gone]);
  const greeting = await word();
  const end = async () => {
    const last = word();
    process.send('end');
    return last.finally(() => process.kill('SIGKILL'));
  };
  return { greeting, end };
}

/** The other end: greets, and says its last word when it is asked to. Ends with the process that has started it. */
export function beChild(greeting: object, lastWord: () => Promise<object>): void {
  process.once('disconnect', () => process.exit());
  process.once('message', () => {
    lastWord().then(
      (word) => process.send?.(word),
      () => process.exit(1),
    );
  });
  process.send?.(greeting);
}
