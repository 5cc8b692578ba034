/**
 * Resolves the source to a manifest with the library that Salesforce's own CLI deploys with, and turns it into the
 * format that an org takes. Complains about every file that no component claims.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { globSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ComponentSet, MetadataConverter } from '@salesforce/source-deploy-retrieve';
import { conclude, source } from './package-contents.mjs';

/** Tests and linter settings stay at home: they are not deployed. */
const isDeployed = (file) => !file.includes('__tests__');

const set = ComponentSet.fromSource(source);
const components = set.getSourceComponents().toArray();
const claimed = new Set(
  components.flatMap((component) => [
    ...(component.xml ? [component.xml] : []),
    ...(component.content ? component.walkContent() : []),
    ...component.getChildren().map(({ xml }) => xml),
  ]),
);
const files = globSync('**/*.*', { cwd: source }).map((file) => join(source, file));
const unclaimed = files.filter((file) => isDeployed(file) && !claimed.has(file));

const manifest = await set.getPackageXml();
if (process.argv[2]) await writeFile(process.argv[2], manifest);
const folder = await mkdtemp(join(tmpdir(), 'tandem-package-'));
try {
  await new MetadataConverter().convert(set, 'metadata', {
    type: 'directory',
    outputDirectory: folder,
    genUniqueDir: false,
  });
  const converted = globSync('**/*.*', { cwd: folder }).length;
  const types = [...manifest.matchAll(/<name>(\w+)<\/name>/g)].map(([, name]) => name);
  conclude(
    `${components.length} components of ${types.length} types (${types.join(', ')}) in ${converted} files`,
    unclaimed.map((file) => `${file.slice(source.length + 1)} belongs to no component`),
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
