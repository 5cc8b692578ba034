import type { OrgLack } from '@tandem/domain';
import { CUSTOMER_SELECTIONS } from './mapping/account-fields.js';
import { ORDER_SELECTIONS, READ_OBJECT_OF, type Selection } from './mapping/order-fields.js';
import { SHAPES, type Shapes } from './mapping/projected-fields.js';
import type { OrgSchema } from './org-schema.js';

/** All that is read from an org. */
export const SELECTIONS: readonly Selection[] = [...ORDER_SELECTIONS, ...CUSTOMER_SELECTIONS];

/** All that we read or write and the org does not have, or hides from the user that we work as. Each once. */
export function lacksOf(schema: OrgSchema, shapes: Shapes = SHAPES): readonly OrgLack[] {
  const lacks = [...unreadable(schema), ...unwritable(schema, shapes)];
  return [...new Map(lacks.map((lack) => [`${lack.need} ${lack.subject}`, lack])).values()];
}

function unreadable(schema: OrgSchema): readonly OrgLack[] {
  const wanted = SELECTIONS.flatMap(({ object, fields, optional }) =>
    fields.filter((path) => !(path in optional)).map((path) => subjectOf(object, path)),
  );
  return wanted
    .filter((subject) => subject !== undefined && !schema.has(subject))
    .map((subject) => lackOf(schema, subject ?? '', 'read', 'stops'));
}

/** `Account.Name` of an order is a field of the account; undefined where the object is not described. */
export function subjectOf(object: string, path: string): string | undefined {
  const [field = '', relationship] = path.split('.').toReversed();
  const holder = relationship === undefined ? object : READ_OBJECT_OF[relationship];
  return holder && `${holder}.${field}`;
}

function unwritable(schema: OrgSchema, shapes: Shapes): readonly OrgLack[] {
  return Object.values(shapes).flatMap(({ object, externalId, fields }) => {
    if (!schema.has(object)) return [lackOf(schema, object, 'write', 'stops')];
    const keys = externalId === undefined || schema.has(`${object}.${externalId}`) ? [] : [`${object}.${externalId}`];
    const held = Object.values<string>(fields).filter((name) => schema.get(`${object}.${name}`)?.updateable !== true);
    return [
      ...keys.map((subject) => lackOf(schema, subject, 'write', 'stops')),
      ...held.map((name) => lackOf(schema, `${object}.${name}`, 'write', 'withheld')),
    ];
  });
}

function lackOf(schema: OrgSchema, subject: string, need: OrgLack['need'], effect: OrgLack['effect']): OrgLack {
  return { subject, need, effect, remedy: remedyOf(subject, schema.has(subject)) };
}

function remedyOf(subject: string, isThere: boolean): string {
  const [object = '', field] = subject.split('.');
  const isOurs = (field ?? object).endsWith('__c');
  if (isOurs && isThere) return 'Assign the permission set OMS_Integration of the package to the integration user.';
  if (isOurs) {
    return 'Install the package of this version, and assign its permission set OMS_Integration to the integration user.';
  }
  return `Give the integration user a permission set with access to ${subject}: it is not the package's to give.`;
}
