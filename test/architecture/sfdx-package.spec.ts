import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = 'libs/adapters-salesforce/sfdx/force-app/main/default';
const tag = (text: string, name: string) =>
  [...text.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map(([, value = '']) => value);

/** A right to a required field, to a parent or to a field of an event or a setting cannot be given: everyone has it. */
const isOpenToAll = (object: string, text: string) =>
  /__(e|mdt)$/.test(object) || text.includes('<required>true') || text.includes('MasterDetail');

const fields = globSync(`${root}/objects/*/fields/*.field-meta.xml`).map((file) => {
  const text = readFileSync(file, 'utf8');
  const object = file.split('/').at(-3) ?? '';
  return { name: `${object}.${tag(text, 'fullName')[0] ?? ''}`, openToAll: isOpenToAll(object, text) };
});
const sets = globSync(`${root}/permissionsets/*.xml`).map((file) => ({
  name: basename(file, '.permissionset-meta.xml'),
  text: readFileSync(file, 'utf8'),
}));

describe('The package for the org', () => {
  it('lets the integration user read and write every field that it brings', () => {
    const integration = sets.find(({ name }) => name === 'OMS_Integration')?.text ?? '';
    const given = new Set(tag(integration, 'field'));
    expect(fields.length).toBeGreaterThan(100);
    expect(fields.filter(({ name, openToAll }) => !openToAll && !given.has(name))).toEqual([]);
  });

  it.each(sets)('gives rights only to what exists, in $name', ({ text }) => {
    const grantable = new Set(fields.filter(({ openToAll }) => !openToAll).map(({ name }) => name));
    const classes = new Set(globSync(`${root}/classes/*.cls`).map((file) => basename(file, '.cls')));
    expect(tag(text, 'field').filter((name) => !grantable.has(name))).toEqual([]);
    expect(tag(text, 'apexClass').filter((name) => !classes.has(name))).toEqual([]);
  });

  it('shows agents neither tokens nor authorizations of payment', () => {
    const view = sets.find(({ name }) => name === 'OMS_Agent_View')?.text ?? '';
    expect(tag(view, 'field').filter((name) => /Token|Authorization_Id/.test(name))).toEqual([]);
  });
});

describe('The adapter', () => {
  const sources = globSync('libs/adapters-salesforce/src/**/*.ts')
    .filter((file) => !file.endsWith('spec.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const names = new Set(fields.flatMap(({ name }) => name.split('.')));
  const toChildren = globSync(`${root}/objects/*/fields/*.xml`).flatMap((file) =>
    tag(readFileSync(file, 'utf8'), 'relationshipName').map((name) => `${name}__r`),
  );
  // A relationship to the parent bears the name of the field that it stands for.
  const isPackaged = (name: string) => names.has(name.replace(/__r$/, '__c')) || toChildren.includes(name);

  it('names no custom field, object or event that the package does not bring', () => {
    const named = [...new Set(sources.match(/\b[A-Za-z]\w*__[cer]\b/g))];
    expect(named.length).toBeGreaterThan(80);
    expect(named.filter((name) => !isPackaged(name))).toEqual([]);
  });
});

describe('The paper on the package', () => {
  const paper = readFileSync('docs/salesforce-package.md', 'utf8');
  const commands = [...paper.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block = '']) => block.trim().split('\n'));

  it('tells of every permission set, and of no other', () => {
    const rows = [...paper.matchAll(/^\| `(OMS_\w+)`/gm)].map(([, name]) => name);
    expect(rows.sort()).toEqual(sets.map(({ name }) => name).sort());
  });

  it('has commands that name only what is there', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    const folder = commands.find((line) => line.startsWith('cd '))?.slice(3) ?? '';
    const given = (option: string) =>
      commands.flatMap((line) => new RegExp(`--${option} (\\S+)`).exec(line)?.slice(1) ?? []);
    expect(given('source-dir').map((path) => globSync(`${folder}/${path}`).length)).toEqual([1]);
    expect(given('name').filter((name) => !sets.some((set) => set.name === name))).toEqual([]);
    const ran = commands.flatMap((line) => /npm (?:run )?([\w-]+)/.exec(line)?.[1] ?? []);
    expect(ran.length).toBeGreaterThan(1);
    expect(ran.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it('names only classes, objects, events and fields of the package', () => {
    const classes = globSync(`${root}/classes/*.cls`).map((file) => basename(file, '.cls'));
    const objects = globSync(`${root}/objects/*`).map((folder) => basename(folder));
    const named = [...paper.matchAll(/`(\w+__[ce]|Order[A-Z]\w+)`/g)].map(([, name = '']) => name);
    const brought = new Set([...classes, ...objects, ...fields.map(({ name }) => name.split('.')[1])]);
    expect(named.filter((name) => !brought.has(name))).toEqual([]);
  });
});
