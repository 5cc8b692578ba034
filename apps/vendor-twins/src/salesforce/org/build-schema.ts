import type { Features } from '../options.js';
import { plainField, readFields } from './field-lines.js';
import { Schema, type Field, type SObject } from './schema.js';
import { readPackage, type PackagedObject } from './sfdx-package.js';
import { catalog, setup } from './standard/catalog.js';
import { customers } from './standard/customers.js';
import { orderMoney } from './standard/order-money.js';
import { orderManagement } from './standard/order-management.js';
import { orderManagementParcels } from './standard/order-management-parcels.js';
import { orders } from './standard/orders.js';

const written = { ...customers, ...orders, ...orderMoney, ...catalog };
const licensed = { ...orderManagement, ...orderManagementParcels };
/** Made by the org itself, from an order (§4.3). */
const notCreateable = new Set(['OrderSummary', 'OrderItemSummary', 'OrderDeliveryGroupSummary']);

/** The org's objects: the standard ones under its features, and what the package adds to them (§4). */
export function buildSchema(objectsFolder: string, features: Features): Schema {
  const packaged = readPackage(objectsFolder);
  const extras = (name: string) => packaged.find((object) => object.name === name)?.fields ?? [];
  const standard = [
    ...Object.entries({ ...written, ...(features.orderManagement ? licensed : {}) }).map(([name, table]) =>
      sobject(name, table.prefix, [...readFields(table.fields, features), ...extras(name)], true),
    ),
    ...Object.entries(setup).map(([name, table]) =>
      sobject(name, table.prefix, readFields(table.fields, features), false),
    ),
  ].filter((object) => features.multiCurrency || object.name !== 'CurrencyType');
  const isKnown = (name: string) => name in licensed || standard.some((object) => object.name === name);
  const unknown = packaged.find((object) => !object.custom && !isKnown(object.name));
  if (unknown) throw new TypeError(`the package adds fields to ${unknown.name}, which this twin does not know`);
  const events = packaged
    .filter((object) => object.event)
    .map((object, index) => eventObject(object, `e${(index + 1).toString(36).padStart(2, '0')}`));
  const custom = packaged
    .filter((object) => object.custom && !object.event)
    .map((object, index) => customObject(object.name, object.label, index, object.fields, features));
  return new Schema([...standard, ...custom, ...events]);
}

/** A platform event has no record: what it has beside its own fields are the publisher and the time (§3.2). */
function eventObject({ name, label, event, fields }: PackagedObject, keyPrefix: string): SObject {
  return {
    name,
    label,
    keyPrefix,
    custom: true,
    writable: true,
    ...(event ? { event } : {}),
    fields: new Map(fields.map((field) => [field.name.toLowerCase(), field])),
  };
}

/** Prefixes of custom objects are the org's own invention (§2.10). */
function customObject(name: string, label: string, index: number, fields: Field[], features: Features): SObject {
  const detail = fields.some((field) => field.relationship?.detail);
  const currency = readFields(
    `CurrencyIsoCode picklist(3)@CurrencyType.IsoCode ${detail ? '-' : 'CUNR'} #multiCurrency`,
    features,
  );
  const owner = detail ? [] : readFields('OwnerId reference->User CUN', features);
  const prefix = `a${index.toString(36).padStart(2, '0')}`;
  return { ...sobject(name, prefix, [...fields, ...owner, ...currency], true), label, custom: true };
}

function sobject(name: string, keyPrefix: string, fields: readonly Field[], writable: boolean): SObject {
  const id: Field = { ...plainField('Id', `${name} ID`), type: 'id', length: 18, idLookup: true };
  const named = fields.map((field) => (field.name === 'Name' ? { ...field, label: `${name} Name` } : field));
  return {
    name,
    label: name,
    keyPrefix,
    custom: false,
    writable,
    ...(notCreateable.has(name) ? { notCreateable: true } : {}),
    fields: new Map([id, ...named, ...systemFields()].map((field) => [field.name.toLowerCase(), field])),
  };
}

/** Every object has these, read-only (§4). */
function systemFields(): Field[] {
  return readFields(
    `IsDeleted boolean -
     CreatedDate datetime -
     CreatedById reference->User -
     LastModifiedDate datetime -
     LastModifiedById reference->User -
     SystemModstamp datetime -`,
    { multiCurrency: false, stateCountryPicklists: false, personAccounts: false, orderManagement: false },
  );
}
