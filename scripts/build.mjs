/**
 * Turns the TypeScript of every workspace into its `dist/`, file by file, and only where a source is newer than its
 * output. Types are not looked at here: that is the work of `npm run check`.
 */
import { copyFile, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const skippedFolders = new Set(['dist', 'node_modules', 'fixtures', 'sfdx', 'coverage', 'peers']);
const isSpec = (file) => /[.-]spec\.ts$/.test(file);
const isSource = (file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !isSpec(file);
const isAsset = (file) => /\.(json|sql|html|proto)$/.test(file) && basename(file) !== 'package.json';

/** Builds what is stale and removes what has lost its source. Answers how many files were written. */
export async function build() {
  const rules = await newest([join(root, '.swcrc'), fileURLToPath(import.meta.url)]);
  const written = await Promise.all((await workspaces()).map((workspace) => buildWorkspace(workspace, rules)));
  return written.reduce((sum, count) => sum + count, 0);
}

async function workspaces() {
  const nested = await Promise.all(
    ['libs', 'apps'].map(async (folder) => {
      const names = await readdir(join(root, folder), { withFileTypes: true });
      // The console is a browser application with a build of its own.
      return names.filter((n) => n.isDirectory() && n.name !== 'console').map((n) => join(root, folder, n.name));
    }),
  );
  return [...nested.flat(), join(root, 'test')];
}

async function buildWorkspace(workspace, rules) {
  const dist = join(workspace, 'dist');
  const tops = basename(workspace) === 'test' ? [''] : ['src', 'testing'];
  const files = (await Promise.all(tops.map((top) => filesBelow(join(workspace, top))))).flat();
  const wanted = files.filter((file) => isSource(file) || isAsset(file));
  const outputOf = (file) => join(dist, relative(workspace, file)).replace(/\.ts$/, '.js');
  await removeOrphans(dist, new Set(wanted.map(outputOf)));
  const fresh = await Promise.all(wanted.map((file) => refresh(file, outputOf(file), rules)));
  return fresh.filter(Boolean).length;
}

async function refresh(file, output, rules) {
  const [built, source] = await Promise.all([modified(output), modified(file)]);
  if (built >= Math.max(source, rules)) return false;
  await mkdir(dirname(output), { recursive: true });
  if (!isSource(file)) {
    await copyFile(file, output);
    return true;
  }
  const { transform } = await import('@swc/core');
  const { code, map } = await transform(await readFile(file, 'utf8'), {
    cwd: root,
    filename: file,
    configFile: join(root, '.swcrc'),
    sourceFileName: relative(dirname(output), file).split(sep).join('/'),
  });
  await replace(`${output}.map`, map ?? '{}');
  await replace(output, `${code}\n//# sourceMappingURL=${basename(output)}.map\n`);
  return true;
}

/** Readers in other processes see the old file or the new one, never half of one. */
async function replace(file, text) {
  const draft = `${file}.${process.pid}.draft`;
  await writeFile(draft, text);
  await rename(draft, file);
}

async function removeOrphans(dist, outputs) {
  const orphans = (await filesBelow(dist)).filter((file) => !outputs.has(file.replace(/\.map$/, '')));
  await Promise.all(orphans.filter((file) => !file.endsWith('.draft')).map((file) => rm(file, { force: true })));
}

async function filesBelow(folder) {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const nested = entries.map((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : filesBelow(path);
    return [path];
  });
  return (await Promise.all(nested)).flat();
}

async function newest(files) {
  return Math.max(...(await Promise.all(files.map(modified))));
}

async function modified(file) {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = Date.now();
  const count = await build();
  process.stderr.write(`${count} files built in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}
