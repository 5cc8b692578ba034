import type { Features } from '../options.js';
import type { Field, FieldType } from './schema.js';

/** Defaults of a field; what a line says overrides them. */
export function plainField(name: string, label: string): Field {
  return {
    name,
    label,
    type: 'string',
    custom: false,
    length: 0,
    precision: 0,
    scale: 0,
    createable: false,
    updateable: false,
    nillable: false,
    unique: false,
    caseSensitive: false,
    externalId: false,
    idLookup: false,
    restricted: false,
    picklist: [],
  };
}

const lengths: Partial<Record<FieldType, number>> = {
  id: 18,
  reference: 18,
  picklist: 255,
  email: 80,
  phone: 40,
  url: 255,
};
const numbers: Partial<Record<FieldType, { precision: number; scale: number }>> = {
  int: { precision: 9, scale: 0 },
  double: { precision: 18, scale: 4 },
  currency: { precision: 18, scale: 2 },
};

const shape =
  /^(?<name>\w+) (?<type>[a-z]+)(?:\((?<length>\d+)\))?(?:\[(?<values>[^\]]*)\])?(?:@(?<rows>\w+)\.(?<rowField>\w+))?(?:(?<arrow>->|=>)(?<to>\w+)(?:\/(?<children>\w+))?)?(?: (?<flags>[CUNLAR-]+))?(?: #(?<feature>\w+))?$/;

/**
 * Reads a table of fields, one a line: `Name type(length) FLAGS #feature`, with the flags of §4 (C U N L A R, `-` for none).
 * `picklist[A|B]` lists values, `picklist@OrderStatus.ApiName` takes them from a setup object, `reference->Account/Orders`
 * is a lookup with its child relationship, `reference=>Order/OrderItems` one whose children go with the parent. A line
 * with a feature that is off is left out, because then the field does not exist (§4.6).
 */
export function readFields(lines: string, features: Features): Field[] {
  return lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap((line) => expandAddress(line))
    .flatMap((line) => readLine(line, features));
}

/** `@address Billing CUN` is a block of eight fields with the lengths of §4.1. */
function expandAddress(line: string): string[] {
  const block = /^@address (\w+) (\w+)$/.exec(line);
  if (!block) return [line];
  const [, prefix, flags] = block;
  return [
    'Street textarea(255)',
    'City string(40)',
    'State string(80)',
    'PostalCode string(20)',
    'Country string(80)',
    'Latitude double',
    'Longitude double',
    'StateCode picklist(10)',
    'CountryCode picklist(10)',
  ].map((part) => `${prefix}${part} ${flags}${part.includes('Code pick') ? ' #stateCountryPicklists' : ''}`);
}

function readLine(line: string, features: Features): Field[] {
  const parts = shape.exec(line)?.groups;
  const type = parts?.['type'];
  if (!parts?.['name'] || !isFieldType(type)) throw new TypeError(`not a field line: ${line}`);
  const feature = parts['feature'];
  if (feature !== undefined && !isOn(features, feature)) return [];
  const flags = parts['flags'] ?? '-';
  const name = parts['name'];
  return [
    {
      ...plainField(name, labelOf(name)),
      type,
      length: Number(parts['length'] ?? lengths[type] ?? 0),
      ...numbers[type],
      createable: flags.includes('C'),
      updateable: flags.includes('U'),
      nillable: flags.includes('N') || !flags.includes('C'),
      idLookup: flags.includes('L'),
      ...(flags.includes('A') ? { autoNumber: '{00000000}' } : {}),
      restricted: flags.includes('R'),
      picklist: parts['values']?.split('|') ?? [],
      ...(parts['rows'] && parts['rowField']
        ? { picklistRows: { object: parts['rows'], field: parts['rowField'] } }
        : {}),
      ...(type === 'boolean' ? { initial: false } : {}),
      ...relationship(name, parts),
    },
  ];
}

function relationship(name: string, parts: Record<string, string | undefined>): Pick<Field, 'relationship'> {
  const { to, children, arrow } = parts;
  if (!to) return {};
  return {
    relationship: { to, name: name.replace(/Id$/, ''), detail: arrow === '=>', ...(children ? { children } : {}) },
  };
}

function labelOf(name: string): string {
  return name
    .replace(/Id$/, ' ID')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace('  ', ' ');
}

const types = new Set<string>([
  'id',
  'string',
  'textarea',
  'email',
  'phone',
  'url',
  'picklist',
  'boolean',
  'int',
  'double',
  'currency',
  'date',
  'datetime',
  'reference',
]);

function isFieldType(type: string | undefined): type is FieldType {
  return type !== undefined && types.has(type);
}

function isOn(features: Features, feature: string): boolean {
  return Object.entries(features).some(([name, on]) => name === feature && on === true);
}
