import { CUSTOMER_SELECTIONS } from './mapping/account-fields.js';
import { ORDER_SELECTIONS, type Selection } from './mapping/order-fields.js';
import { SHAPES } from './mapping/projected-fields.js';
import { subjectOf } from './org-lacks.js';

/** A field of the org, and whose word counts there. */
export interface OwnedField {
  readonly object: string;
  readonly field: string;
  readonly master: 'CRM' | 'OMS';
  /** What of it travels, and when. */
  readonly travels: string;
}

/** Every field that travels, each once: what we read is the CRM's to say, what we write is the OMS's. */
export function fieldOwnership(): readonly OwnedField[] {
  const all = [
    ...read(ORDER_SELECTIONS, 'read when an order is submitted or edited, or an agent asks'),
    ...read(CUSTOMER_SELECTIONS, 'read when a customer changes or is needed'),
    ...written(),
  ];
  const byField = Map.groupBy(all, (one) => `${nameOf(one)} ${one.master}`);
  return [...byField.values()]
    .flatMap(([first, ...others]) => (first ? [{ ...first, travels: together([first, ...others]) }] : []))
    .sort((left, right) => compare(nameOf(left), nameOf(right)));
}

const together = (ways: readonly OwnedField[]): string => [...new Set(ways.map(({ travels }) => travels))].join('; ');

const nameOf = ({ object, field }: OwnedField) => `${object} ${field}`;
const compare = (left: string, right: string) => (left < right ? -1 : Number(left > right));

/** Record ids are nobody's word. */
const read = (selections: readonly Selection[], travels: string): readonly OwnedField[] =>
  selections.flatMap(({ object, fields }) =>
    fields.flatMap((path): readonly OwnedField[] => {
      const [holder, field] = (subjectOf(object, path) ?? '').split('.');
      return !holder || !field || /Id$/.test(field) ? [] : [{ object: holder, field, master: 'CRM', travels }];
    }),
  );

const written = (): readonly OwnedField[] =>
  Object.entries(SHAPES).flatMap(([kind, { object, externalId, guarded, fields }]) => [
    ...Object.entries<string>(fields).map(([name, field]) => owned(object, field, `shown: ${kind}, ${name}`)),
    ...(externalId !== undefined && kind !== 'tender' ? [owned(object, externalId, `shown: ${kind}, its key`)] : []),
    ...(guarded ? [owned(object, 'OMS_Version__c', 'shown: which state it is of; an older one is refused')] : []),
  ]);

const owned = (object: string, field: string, travels: string): OwnedField => ({
  ...{ object, field, travels },
  master: 'OMS',
});

/** docs/field-ownership.md, as Markdown. */
export function describeFieldOwnership(): string {
  const byObject = Map.groupBy(fieldOwnership(), ({ object }) => object);
  const sections = [...byObject].map(([object, fields]) =>
    [
      `## \`${object}\``,
      '',
      '| field | master | how it travels |',
      '| --- | --- | --- |',
      ...fields.map(({ field, master, travels }) => `| \`${field}\` | ${master} | ${travels} |`),
      '',
    ].join('\n'),
  );
  return [
    '# Who owns which field',
    '',
    'Generated from the mapping of `@tandem/adapters-salesforce`; do not edit.',
    '',
    'Each field has one master. What the CRM masters is read and never written. What the OMS masters is written as it differs from what the',
    'CRM last acknowledged, and never read as an order or an edit. An event that our own write causes carries our name as its origin and',
    'ends at the door.',
    '',
    ...sections,
  ].join('\n');
}
