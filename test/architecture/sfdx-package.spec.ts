import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { standardFields } from './standard-fields.js';

const root = 'libs/adapters-salesforce/sfdx/force-app/main/default';
const tag = (text: string, name: string) =>
  [...text.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map(([, value = '']) => value);

/** A right to a required field, to a parent or to a field of an event cannot be given: everyone has it. */
const isOpenToAll = (object: string, text: string) =>
  object.endsWith('__e') || text.includes('<required>true') || text.includes('MasterDetail');

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

  it('reads no standard field that nobody has looked up', () => {
    const selections = [...sources.matchAll(/\bselection\(\s*'(\w+)',\s*\[(.*?)\]/gs)];
    const read = selections.flatMap(([, object = '', list = '']) =>
      [...list.matchAll(/'([\w.]+)'/g)]
        .map(([, path = '']) => path.split('.'))
        .map((path) => ({
          of: path.at(-2) ?? object,
          field: path.at(-1) ?? '',
        })),
    );
    expect(selections.length).toBeGreaterThanOrEqual(6);
    expect(
      read.filter(({ of, field }) => !field.endsWith('__c') && standardFields[of]?.includes(field) !== true),
    ).toEqual([]);
  });
});
