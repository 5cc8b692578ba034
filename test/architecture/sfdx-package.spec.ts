import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from '@jest/globals';

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
