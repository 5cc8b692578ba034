/** ESLint rule `tandem/imports`: refuses what import-table.mjs does not allow, and says which row refuses it. */
import { isBuiltin } from 'node:module';
import { dirname, relative, resolve, sep } from 'node:path';
import { rows } from './import-table.mjs';

const isSpec = (file) => /[.-]spec\.ts$/.test(file);
const isBelow = (path, folder) => path === folder || path.startsWith(`${folder}/`);
const packageOf = (name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/');

function rowOf(path) {
  return rows
    .filter((row) => (row.filesOnly ? dirname(path) === row.folder : isBelow(path, row.folder)))
    .sort((a, b) => b.folder.length - a.folder.length)[0];
}

function widened(row, file) {
  if (!isSpec(file)) return row;
  const extra = row.inTests;
  const packages = Array.isArray(row.packages)
    ? [...row.packages, ...(extra.packages ?? [])]
    : { except: row.packages.except.filter((name) => !extra.packages?.includes(name)) };
  return {
    ...row,
    packages,
    node: row.node || extra.node === true,
    fronts: [...row.fronts, ...(extra.fronts ?? [])],
    reaches: [...row.reaches, ...(extra.reaches ?? [])],
  };
}

/** Why `file` (from the repository's root) may not import `specifier`; nothing when it may. */
function refusal(file, specifier) {
  const found = rowOf(file);
  if (found === undefined) return `${dirname(file)} has no row in scripts/lint/import-table.mjs.`;
  const row = widened(found, file);
  if (specifier.startsWith('.')) return refusedPath(row, file, specifier);
  if (isBuiltin(specifier)) return row.node ? undefined : `${row.folder} does without Node's own modules.`;
  if (specifier.startsWith('@tandem/')) return refusedFront(row, specifier);
  return refusedPackage(row, packageOf(specifier));
}

function refusedPath(row, file, specifier) {
  const target = relative('/', resolve('/', dirname(file), specifier))
    .split(sep)
    .join('/');
  if (specifier.startsWith('../../../'))
    return `${specifier} climbs three folders: move the file, or go by a front door.`;
  if (rowOf(target) === rowOf(file)) return undefined;
  if (row.reaches.some((folder) => isBelow(target, folder))) return undefined;
  return `${row.folder} may not reach into ${dirname(target)}.`;
}

function refusedFront(row, specifier) {
  if (row.fronts.includes(specifier)) return undefined;
  const known = rows.some(({ fronts }) => fronts.includes(specifier));
  return known ? `${row.folder} may not import ${specifier}.` : `${specifier} is not a front door of a library.`;
}

function refusedPackage({ folder, packages }, name) {
  const allowed = Array.isArray(packages) ? packages.includes(name) : !packages.except.includes(name);
  return allowed ? undefined : `${folder} may not use the package ${name}.`;
}

export const imports = {
  meta: { type: 'problem', schema: [], docs: { description: 'Keeps the import table of ARCHITECTURE.md' } },
  create(context) {
    const file = relative(context.cwd, context.filename).split(sep).join('/');
    const check = (source) => {
      if (typeof source?.value !== 'string') return;
      const message = refusal(file, source.value);
      if (message !== undefined) context.report({ node: source, message });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node) => check(node.source),
      TSExternalModuleReference: (node) => check(node.expression),
      'CallExpression[callee.name="require"]': (node) => check(node.arguments[0]),
    };
  },
};
