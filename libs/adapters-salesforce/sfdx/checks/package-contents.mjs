/** What the package brings, read from its files: for the checks that need no parser of Salesforce's own. */
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { standardFields } from './standard-fields.mjs';

const home = dirname(dirname(fileURLToPath(import.meta.url)));
/** The package, or the copy of it that is named instead: tests plant mistakes in one. */
export const source = process.env.TANDEM_SFDX_SOURCE ?? join(home, 'force-app', 'main', 'default');

export const files = (pattern) => globSync(pattern, { cwd: source }).sort();
export const textOf = (file) => readFileSync(join(source, file), 'utf8');
export const tagged = (text, tag) =>
  [...text.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, 'gs'))].map(([, value]) => value);

/** Custom fields by object, and the relationships that their names stand for. */
export function packagedFields() {
  const objects = new Map();
  for (const file of files('objects/*/fields/*.field-meta.xml')) {
    const object = file.split('/')[1];
    const text = textOf(file);
    const [name] = tagged(text, 'fullName');
    const [type] = tagged(text, 'type');
    const fields = objects.get(object) ?? new Map();
    // A right to these cannot be given: everyone has it.
    const isOpenToAll = /__(e|mdt)$/.test(object) || type === 'MasterDetail' || text.includes('<required>true');
    fields.set(name, { type, isOpenToAll, to: tagged(text, 'referenceTo')[0] });
    objects.set(object, fields);
  }
  return objects;
}

export const labels = () => new Set(tagged(textOf('labels/CustomLabels.labels-meta.xml'), 'fullName'));
export const customPermissions = () =>
  new Set(files('customPermissions/*.xml').map((file) => basename(file, '.customPermission-meta.xml')));

const packaged = packagedFields();

export const customNames = () => new Set([...packaged].flatMap(([object, fields]) => [object, ...fields.keys()]));

/** Why the field, given by its path from an object, cannot be used; undefined where it can. */
export function complaintAboutField(object, path) {
  const [step, ...rest] = path.split('.');
  if (rest.length === 0) return isField(object, step) ? undefined : `${object} has no field ${step}`;
  const to = relatedObject(object, step);
  return to === undefined ? `${object} has no relationship ${step}` : complaintAboutField(to, rest.join('.'));
}

const isField = (object, name) =>
  packaged.get(object)?.has(name) ||
  standardFields.everywhere.includes(name) ||
  standardFields[object]?.fields.includes(name);

function relatedObject(object, name) {
  if (name.endsWith('__r')) return packaged.get(object)?.get(name.replace(/__r$/, '__c'))?.to;
  return standardFields[object]?.relationships[name];
}

/** Prints what was found and ends the process: with 1 where there are complaints. */
export function conclude(summary, complaints) {
  for (const complaint of complaints) process.stdout.write(`${complaint}\n`);
  process.stdout.write(`${summary}, ${complaints.length} complaints\n`);
  process.exit(complaints.length === 0 ? 0 : 1);
}
