import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PermanentFault } from '@tandem/domain';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

interface Reading<Content> {
  /** The file beside the folder that editors hold the files against as well. */
  readonly schema: string;
  readonly what: string;
  /** Told apart by it: no two files may have the same. */
  readonly keyOf: (content: Content) => string;
}

/**
 * The YAML files of a folder by their key, each held against its schema. Throws a PermanentFault that names file, key and rule where one
 * is not right.
 */
export function readYamlFolder<Content>(
  folder: string,
  { schema, what, keyOf }: Reading<Content>,
): ReadonlyMap<string, Content> {
  const isRight = new Ajv2020({ allErrors: true, formats: { regex: isPattern } }).compile<Content>(
    readSchema(join(folder, '..', schema)),
  );
  const files = readdirSync(folder).filter((file) => /\.ya?ml$/.test(file));
  const contents = files.map((file) => {
    const content: unknown = parse(readFileSync(join(folder, file), 'utf8'));
    if (!isRight(content)) throw notRight(`${what} ${file}`, isRight.errors ?? []);
    return content;
  });
  const byKey = new Map(contents.map((content) => [keyOf(content), content]));
  if (byKey.size < contents.length)
    throw invalidConfiguration(`${what}: two files are of the same one. Keep one of them.`);
  return byKey;
}

function readSchema(path: string): Record<string, unknown> {
  const schema: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return Object.fromEntries(Object.entries(schema ?? {}));
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

export const invalidConfiguration = (sentence: string) => new PermanentFault('configuration.invalid', sentence);

const notRight = (what: string, errors: readonly ErrorObject[]) =>
  invalidConfiguration(
    `${what} is not right:\n` +
      errors.map((error) => `- ${error.instancePath || '/'} ${error.message ?? 'is wrong'}${detail(error)}`).join('\n'),
  );

const detail = ({ params }: ErrorObject) => {
  const name: unknown = params['additionalProperty'] ?? params['allowedValues'];
  return name === undefined ? '' : ` (${String(name)})`;
};
