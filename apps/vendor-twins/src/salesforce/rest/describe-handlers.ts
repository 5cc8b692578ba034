import { mintId } from '../org/ids.js';
import type { Field, SObject } from '../org/schema.js';
import type { Api, Handler } from './api-call.js';
import { objectAt } from './row-handlers.js';

export const describeGlobal: Handler = (call, api) => ({
  status: 200,
  body: {
    encoding: 'UTF-8',
    maxBatchSize: 200,
    sobjects: api.org.schema.objects.map((object) => ({
      ...traits(object),
      urls: { sobject: `/services/data/${call.version}/sobjects/${object.name}` },
    })),
  },
});

export const describeObject: Handler = (_call, api, path) => {
  const object = objectAt(api, path);
  return {
    status: 200,
    body: {
      ...traits(object),
      fields: [...object.fields.values()].map((field) => describeField(api, field)),
      childRelationships: childRelationships(api, object),
      recordTypeInfos: recordTypes(api, object),
    },
  };
};

function traits(object: SObject) {
  return {
    name: object.name,
    label: object.label,
    keyPrefix: object.keyPrefix,
    custom: object.custom,
    queryable: true,
    createable: object.writable && !object.notCreateable,
    updateable: object.writable,
    deletable: object.writable,
  };
}

/** Every object has the master type; person accounts bring one of their own (§4.6). */
function recordTypes(api: Api, object: SObject) {
  const type = (developerName: string, name: string, recordTypeId: string) => {
    const master = developerName === 'Master';
    return {
      active: true,
      available: true,
      defaultRecordTypeMapping: master,
      developerName,
      master,
      name,
      recordTypeId,
    };
  };
  const person = object.name === 'Account' && api.org.features.personAccounts;
  return [
    ...(person ? [type('PersonAccount', 'Person Account', mintId('012', 1))] : []),
    type('Master', 'Master', '012000000000000AAA'),
  ];
}

/** Booleans are described as not nillable, and as defaulted on create. */
function describeField(api: Api, field: Field) {
  const numeric = field.type === 'double' || field.type === 'currency';
  return {
    name: field.name,
    label: field.label,
    type: field.type,
    length: numeric ? 0 : field.length,
    precision: numeric ? field.precision : 0,
    scale: numeric ? field.scale : 0,
    digits: field.type === 'int' ? field.precision : 0,
    custom: field.custom,
    nillable: field.type === 'boolean' ? false : field.nillable,
    createable: field.createable,
    updateable: field.updateable,
    defaultedOnCreate: field.initial !== undefined || field.autoNumber !== undefined || field.type === 'id',
    autoNumber: field.autoNumber !== undefined,
    unique: field.unique,
    caseSensitive: field.caseSensitive,
    externalId: field.externalId,
    idLookup: field.idLookup || field.type === 'id',
    restrictedPicklist: field.restricted,
    picklistValues: api.org
      .picklist(field)
      .map((value) => ({ value, label: value, active: true, defaultValue: false })),
    referenceTo: field.relationship ? [field.relationship.to] : [],
    relationshipName: field.relationship?.name ?? null,
    cascadeDelete: field.relationship?.detail ?? false,
  };
}

function childRelationships(api: Api, parent: SObject) {
  return api.org.schema.objects.flatMap((object) =>
    [...object.fields.values()].flatMap(({ name, relationship }) =>
      relationship?.to === parent.name
        ? [
            {
              childSObject: object.name,
              field: name,
              relationshipName: relationship.children ?? null,
              cascadeDelete: relationship.detail,
            },
          ]
        : [],
    ),
  );
}
