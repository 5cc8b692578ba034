import { readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { plainField } from './field-lines.js';
import { isJsonObject, text, type JsonObject } from './json.js';
import type { Field, FieldType, SObject } from './schema.js';
import { readXml } from './sfdx-xml.js';

/** What the package adds: fields on standard objects, and whole custom objects with their Name field. */
export interface PackagedObject {
  name: string;
  label: string;
  custom: boolean;
  /** of a platform event: when it is published (§3.2) */
  event?: NonNullable<SObject['event']>;
  fields: Field[];
}

const types: Readonly<Record<string, FieldType>> = {
  Text: 'string',
  TextArea: 'textarea',
  LongTextArea: 'textarea',
  Email: 'email',
  Phone: 'phone',
  Url: 'url',
  Picklist: 'picklist',
  Checkbox: 'boolean',
  Number: 'double',
  Percent: 'double',
  Currency: 'currency',
  Date: 'date',
  DateTime: 'datetime',
  Lookup: 'reference',
  MasterDetail: 'reference',
  AutoNumber: 'string',
  MultiselectPicklist: 'picklist',
  Html: 'textarea',
  Time: 'string',
  Summary: 'double',
};

/** Reads the `objects` folder of an SFDX package. Throws when a file describes what this reader does not know. */
export function readPackage(objectsFolder: string): PackagedObject[] {
  return readdirSync(objectsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.endsWith('__mdt'))
    .map((entry) => readObject(join(objectsFolder, entry.name), entry.name));
}

function readObject(folder: string, name: string): PackagedObject {
  const fieldsFolder = join(folder, 'fields');
  const fields = existsSync(fieldsFolder)
    ? readdirSync(fieldsFolder)
        .filter((file) => file.endsWith('.field-meta.xml'))
        .map((file) => readField(readXml(join(fieldsFolder, file), 'CustomField')))
    : [];
  if (name.endsWith('__e')) return readEvent(folder, name, fields);
  if (!name.endsWith('__c')) return { name, label: name, custom: false, fields };
  const definition = readXml(join(folder, `${name}.object-meta.xml`), 'CustomObject');
  return {
    name,
    label: text(definition, 'label') ?? name,
    custom: true,
    fields: [nameField(definition), ...fields],
  };
}

function readEvent(folder: string, name: string, fields: Field[]): PackagedObject {
  const definition = readXml(join(folder, `${name}.object-meta.xml`), 'CustomObject');
  const label = text(definition, 'label') ?? name;
  const behavior = text(definition, 'publishBehavior') ?? 'PublishAfterCommit';
  return { name, label, custom: true, event: { afterCommit: behavior === 'PublishAfterCommit' }, fields };
}

function nameField(definition: JsonObject): Field {
  const name = definition['nameField'];
  const auto = text(name, 'type') === 'AutoNumber';
  return {
    ...plainField('Name', text(name, 'label') ?? 'Name'),
    length: 80,
    createable: !auto,
    updateable: !auto,
    nillable: auto,
    idLookup: true,
    ...(auto ? { autoNumber: text(name, 'displayFormat') ?? '{0}' } : {}),
  };
}

function readField(source: JsonObject): Field {
  const name = text(source, 'fullName') ?? '';
  const kind = text(source, 'type') ?? '';
  const type = types[kind];
  if (type === undefined) throw new TypeError(`${name}: a field of type ${kind} is not known here`);
  const required = text(source, 'required') === 'true' || kind === 'MasterDetail' || type === 'boolean';
  // Formulas and roll-ups are the org's to compute; this one leaves them empty.
  const readOnly = kind === 'AutoNumber' || kind === 'Summary' || text(source, 'formula') !== undefined;
  return {
    ...plainField(name, text(source, 'label') ?? name),
    type,
    custom: true,
    length: Number(text(source, 'length') ?? (type === 'reference' ? 18 : 255)),
    precision: Number(text(source, 'precision') ?? 18),
    scale: Number(text(source, 'scale') ?? 0),
    createable: !readOnly,
    updateable: !readOnly && (kind !== 'MasterDetail' || text(source, 'reparentableMasterDetail') === 'true'),
    nillable: !required,
    unique: text(source, 'unique') === 'true',
    caseSensitive: text(source, 'caseSensitive') === 'true',
    externalId: text(source, 'externalId') === 'true',
    idLookup: text(source, 'externalId') === 'true',
    ...(kind === 'AutoNumber' ? { autoNumber: text(source, 'displayFormat') ?? '{0}' } : {}),
    ...(type === 'boolean' ? { initial: text(source, 'defaultValue') === 'true' } : {}),
    ...picklist(source),
    ...relationship(source, name, kind),
  };
}

function picklist(source: JsonObject): Pick<Field, 'restricted' | 'picklist'> {
  const set = source['valueSet'];
  const definition = isJsonObject(set) ? set['valueSetDefinition'] : undefined;
  const values = isJsonObject(definition) ? definition['value'] : undefined;
  return {
    restricted: text(set, 'restricted') === 'true',
    picklist: Array.isArray(values) ? values.flatMap((value: unknown) => text(value, 'fullName') ?? []) : [],
  };
}

function relationship(source: JsonObject, name: string, kind: string): Pick<Field, 'relationship'> {
  const to = text(source, 'referenceTo');
  if (to === undefined) return {};
  const children = text(source, 'relationshipName');
  return {
    relationship: {
      to,
      name: name.replace(/__c$/, '__r'),
      detail: kind === 'MasterDetail',
      ...(children ? { children: `${children}__r` } : {}),
    },
  };
}
