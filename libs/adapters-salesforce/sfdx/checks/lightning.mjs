/** Looks up what the Lightning components name: fields, labels, custom permissions, Apex methods, events. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { conclude, customNames, customPermissions, files, labels, source, textOf } from './package-contents.mjs';

const names = customNames();
const known = { labels: labels(), permissions: customPermissions() };
const modules = files('lwc/*/*.js');
const used = new Set();

const complaints = modules.flatMap((file) => {
  const text = textOf(file);
  const complain = (pattern, isThere, sentence) =>
    [...text.matchAll(pattern)]
      .filter((found) => !isThere(...found.slice(1)))
      .map(([, name]) => `${basename(file)}: ${sentence} ${name}`);
  for (const [, label] of text.matchAll(/@salesforce\/label\/c\.(\w+)/g)) used.add(label);
  return [
    ...complain(/\b(\w+__[ce])\b/g, (name) => names.has(name), 'the package has no'),
    ...complain(/@salesforce\/label\/c\.(\w+)/g, (name) => known.labels.has(name), 'there is no label'),
    ...complain(
      /@salesforce\/customPermission\/(\w+)/g,
      (name) => known.permissions.has(name),
      'there is no custom permission',
    ),
    ...complain(/@salesforce\/apex\/([\w.]+)/g, isApexMethod, 'there is no Apex method'),
    ...complain(/from 'c\/(\w+)'/g, (name) => existsSync(join(source, 'lwc', name)), 'there is no component'),
    ...complain(/\blabels\.(\w+)/g, isPanelLabel, 'there is no panel label'),
  ];
});
const pages = files('lwc/*/*.html').flatMap((file) =>
  [...textOf(file).matchAll(/\{labels\.(\w+)\}/g)]
    .filter(([, name]) => !isPanelLabel(name))
    .map(([, name]) => `${file}: there is no panel label ${name}`),
);
const apex = files('classes/*.cls').map(textOf).join('\n');
const idle = [...known.labels].filter(
  (label) => !used.has(label) && !new RegExp(`System\\.Label\\.${label}\\b`).test(apex),
);

conclude(`${modules.length} modules of Lightning components, ${known.labels.size} labels`, [
  ...complaints,
  ...pages,
  ...idle.map((label) => `the label ${label} is used nowhere`),
]);

function isApexMethod(name) {
  const [owner, method] = name.split('.');
  const file = `classes/${owner}.cls`;
  return (
    existsSync(join(source, file)) &&
    new RegExp(`@AuraEnabled\\s+public static [\\w.<>]+ ${method}\\(`).test(textOf(file))
  );
}

function isPanelLabel(name) {
  return new RegExp(`^\\s+${name},$`, 'm').test(textOf('lwc/omsLabels/omsLabels.js'));
}
