/** Compiles the panel as the platform does, for a page without a platform around it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import lwc from '@lwc/rollup-plugin';
import { rollup } from 'rollup';
import { source, tagged, textOf } from '../checks/package-contents.mjs';

const here = import.meta.dirname;

/** @returns one script that calls `answerOfApex(method, asked)` of the page. */
export async function compiledPanel() {
  const modules = readdirSync(join(source, 'lwc')).map((name) => ({
    name: `c/${name}`,
    path: join(source, 'lwc', name, `${name}.js`),
  }));
  const bundle = await rollup({
    input: join(here, 'main.js'),
    plugins: [platformModules(), lwc({ rootDir: here, modules: [...modules, { dir: join(here, 'stand-ins') }] })],
    onwarn: (warning) => {
      throw new Error(warning.message);
    },
  });
  const { output } = await bundle.generate({ format: 'iife', name: 'panel' });
  await bundle.close();
  return `globalThis.process = { env: { NODE_ENV: 'production' } };\n${output[0].code}`;
}

/** What the platform puts in the place of imports from `@salesforce/…`. */
function platformModules() {
  const texts = labelTexts();
  const contents = {
    label: (name) => JSON.stringify(texts.get(name.replace(/^c\./, ''))),
    // The agent of the preview may ask for everything.
    customPermission: () => 'true',
    i18n: (name) => JSON.stringify({ locale: 'en-US', timeZone: 'America/New_York' }[name]),
    apex: (name) => `(asked) => globalThis.answerOfApex('${name}', asked)`,
  };
  return {
    name: 'platform-modules',
    resolveId: (id) => (id.startsWith('@salesforce/') ? `\0${id}` : null),
    load(id) {
      const [, kind, name] = /^\0@salesforce\/(\w+)\/(.+)$/.exec(id) ?? [];
      return kind === undefined ? null : `export default ${contents[kind](name)};`;
    },
  };
}

function labelTexts() {
  const entries = tagged(textOf('labels/CustomLabels.labels-meta.xml'), 'labels').map((label) => [
    tagged(label, 'fullName')[0],
    tagged(label, 'value')[0].replace('&lt;', '<').replace('&amp;', '&'),
  ]);
  return new Map(entries);
}
