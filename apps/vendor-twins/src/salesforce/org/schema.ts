export type Scalar = string | number | boolean | null;

/** A stored record by canonical field names. An absent field is null. */
export type Row = Readonly<Record<string, Scalar>>;

export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'email'
  | 'phone'
  | 'url'
  | 'picklist'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'date'
  | 'datetime'
  | 'reference';

/** Where a reference points, and how either end of it is named in SOQL and in nested JSON. */
export interface Relationship {
  to: string;
  /** from child to parent: `Account`, `Order__r` */
  name: string;
  /** from parent to children: `OrderItems`, `OMS_Shipments__r` */
  children?: string;
  /** the child goes with its parent and cannot be moved (master-detail, order lines) */
  detail: boolean;
}

export interface Field {
  name: string;
  label: string;
  type: FieldType;
  custom: boolean;
  /** characters; 0 for what has no length */
  length: number;
  /** digits in all, and of those behind the point; numbers only */
  precision: number;
  scale: number;
  createable: boolean;
  updateable: boolean;
  nillable: boolean;
  unique: boolean;
  caseSensitive: boolean;
  externalId: boolean;
  /** usable as an upsert key (§4: L) */
  idLookup: boolean;
  /** display format such as `S-{00000000}` */
  autoNumber?: string;
  restricted: boolean;
  picklist: readonly string[];
  /** a picklist whose values are rows of a setup object, as Order.Status and CurrencyIsoCode are */
  picklistRows?: { object: string; field: string };
  initial?: Scalar;
  relationship?: Relationship;
}

export interface SObject {
  name: string;
  label: string;
  keyPrefix: string;
  custom: boolean;
  /** setup objects such as OrderStatus can be queried, not written */
  writable: boolean;
  /** its records are made by the org itself, and only changed by the API */
  notCreateable?: boolean;
  /** a platform event: published, never stored (§3.2) */
  event?: { afterCommit: boolean };
  /** by lower-case name: the vendor ignores the case of field names */
  fields: Map<string, Field>;
}

/** What the org knows of objects and fields. */
export class Schema {
  private readonly byName: ReadonlyMap<string, SObject>;
  private readonly byPrefix: ReadonlyMap<string, SObject>;

  constructor(readonly objects: readonly SObject[]) {
    this.byName = new Map(objects.map((object) => [object.name.toLowerCase(), object]));
    this.byPrefix = new Map(objects.map((object) => [object.keyPrefix, object]));
  }

  object(name: string): SObject | undefined {
    return this.byName.get(name.toLowerCase());
  }

  objectOfId(id: string): SObject | undefined {
    return this.byPrefix.get(id.slice(0, 3));
  }

  /** The child object and its field behind a parent's child relationship name. */
  children(parent: SObject, relationship: string): { object: SObject; field: Field } | undefined {
    const wanted = relationship.toLowerCase();
    for (const object of this.objects)
      for (const field of object.fields.values())
        if (field.relationship?.to === parent.name && field.relationship.children?.toLowerCase() === wanted)
          return { object, field };
    return undefined;
  }
}

export function fieldOf(object: SObject, name: string): Field | undefined {
  return object.fields.get(name.toLowerCase());
}

/** The reference field behind a parent relationship name, e.g. `Account` → AccountId. */
export function relationOf(object: SObject, name: string): Field | undefined {
  const wanted = name.toLowerCase();
  for (const field of object.fields.values()) if (field.relationship?.name.toLowerCase() === wanted) return field;
  return undefined;
}

/** Fields whose value finds records: kept in an index. */
export function isKey(field: Field): boolean {
  return field.unique || field.externalId || field.idLookup;
}
