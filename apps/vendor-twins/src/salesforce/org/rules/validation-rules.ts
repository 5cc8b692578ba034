import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from '../json.js';
import { Refusal } from '../refusal.js';
import type { Row, Scalar } from '../schema.js';
import { readXml } from '../sfdx-xml.js';
import { readFormula, type Formula } from './formula-reader.js';

interface ValidationRule {
  object: string;
  formula: Formula;
  message: string;
  fields: readonly string[];
}

/** A record being written, for a formula: what it was, what it would be, and what its writer may. */
export interface Writing {
  before: Row | undefined;
  after: Row;
  permissions: ReadonlySet<string>;
}

/** The package's active validation rules. A formula that is not known here is told when the org starts, not when it matters. */
export class ValidationRules {
  private readonly rules: readonly ValidationRule[];

  /** Throws a TypeError for a formula that it cannot read or run. */
  constructor(objectsFolder: string) {
    this.rules = readdirSync(objectsFolder).flatMap((object) => {
      const folder = join(objectsFolder, object, 'validationRules');
      const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('-meta.xml')) : [];
      return files.flatMap((file) => readRule(object, join(folder, file)));
    });
    for (const { formula } of this.rules) refuseUnknown(formula);
  }

  /** Throws the Refusal of the first rule that the record breaks (§2.11). */
  check(object: string, writing: Writing) {
    const broken = this.rules.find((rule) => rule.object === object && valueOf(rule.formula, writing) === true);
    if (broken) throw new Refusal('FIELD_CUSTOM_VALIDATION_EXCEPTION', broken.message, broken.fields);
  }
}

function readRule(object: string, file: string): ValidationRule[] {
  const source = readXml(file, 'ValidationRule');
  if (text(source, 'active') !== 'true') return [];
  const field = text(source, 'errorDisplayField');
  return [
    {
      object,
      formula: readFormula(text(source, 'errorConditionFormula') ?? ''),
      message: text(source, 'errorMessage') ?? '',
      fields: field === undefined ? [] : [field],
    },
  ];
}

type Work = (args: readonly Formula[], writing: Writing) => Scalar;

const value = (args: readonly Formula[], index: number, writing: Writing): Scalar => {
  const arg = args[index];
  return arg ? valueOf(arg, writing) : null;
};
const named = (args: readonly Formula[]) => (args[0]?.kind === 'name' ? args[0].name : '');
/** On a new record the prior value is the present one. */
const prior: Work = (args, { before, after }) => (before ?? after)[named(args)] ?? null;
const compare = (holds: (left: number | string, right: number | string) => boolean): Work => {
  return (args, writing) => {
    const [left, right] = [value(args, 0, writing), value(args, 1, writing)];
    if (left === null || right === null) return null;
    return typeof left === 'number' ? holds(left, Number(right)) : holds(String(left), String(right));
  };
};

const functions: Readonly<Record<string, Work>> = {
  AND: (args, writing) => args.every((_arg, index) => value(args, index, writing) === true),
  OR: (args, writing) => args.some((_arg, index) => value(args, index, writing) === true),
  NOT: (args, writing) => value(args, 0, writing) !== true,
  ISNEW: (_args, { before }) => before === undefined,
  ISCHANGED: (args, writing) =>
    writing.before !== undefined && prior(args, writing) !== (writing.after[named(args)] ?? null),
  PRIORVALUE: prior,
  ISPICKVAL: (args, writing) => (value(args, 0, writing) ?? '') === value(args, 1, writing),
  ISBLANK: (args, writing) => value(args, 0, writing) === null,
  BLANKVALUE: (args, writing) => value(args, 0, writing) ?? value(args, 1, writing),
  TEXT: (args, writing) => String(value(args, 0, writing) ?? ''),
  '<': compare((left, right) => left < right),
  '>': compare((left, right) => left > right),
  '<=': compare((left, right) => left <= right),
  '>=': compare((left, right) => left >= right),
  '=': compare((left, right) => left === right),
  '<>': compare((left, right) => left !== right),
  '!=': compare((left, right) => left !== right),
};

function refuseUnknown(formula: Formula) {
  if (formula.kind !== 'call') return;
  if (!functions[formula.name]) throw new TypeError(`a validation rule calls ${formula.name}, which is not known here`);
  formula.args.forEach(refuseUnknown);
}

function valueOf(formula: Formula, writing: Writing): Scalar {
  if (formula.kind === 'literal') return formula.value;
  if (formula.kind === 'call') return functions[formula.name]?.(formula.args, writing) ?? null;
  const permission = /^\$Permission\.(\w+)$/.exec(formula.name)?.[1];
  return permission === undefined ? (writing.after[formula.name] ?? null) : writing.permissions.has(permission);
}
