import type { Features, SalesforceTwinOptions } from '../options.js';
import { Commit } from './commit.js';
import { buildSchema } from './build-schema.js';
import { canonicalId, mintId } from './ids.js';
import { Journal } from './journal.js';
import { fieldOf, type Field, type Row, type Scalar, type Schema, type SObject } from './schema.js';
import { Guard } from './rules/guard.js';
import { Store } from './store.js';
import { datetimeText, type ValueContext } from './values.js';

const noFeatures: Features = {
  multiCurrency: false,
  stateCountryPicklists: false,
  personAccounts: false,
  orderManagement: false,
};

/** One Salesforce org in memory: what it knows, what it holds, and what was written to it. */
export class Org implements ValueContext {
  readonly features: Features;
  readonly schema: Schema;
  readonly id: string;
  readonly now: () => Date;
  readonly commit = new Commit();
  readonly guard: Guard;
  store = this.newStore();
  journal = this.newJournal();
  private serials = new Map<string, number>();

  constructor(options: SalesforceTwinOptions) {
    this.features = { ...noFeatures, ...options.features };
    this.guard = new Guard(options.objectsFolder);
    this.schema = buildSchema(options.objectsFolder, this.features);
    this.id = canonicalId(options.organizationId ?? '') ?? mintId('00D', 1);
    this.now = options.now ?? (() => new Date());
  }

  /** Forgets every record and every write; what the org knows stays. */
  clear() {
    this.guard.clear();
    this.store = this.newStore();
    this.journal = this.newJournal();
    this.serials = new Map();
  }

  /** The next number of an object, for ids and autonumbers. Never given back, as in the vendor's. */
  next(series: string): number {
    const serial = (this.serials.get(series) ?? 0) + 1;
    this.serials.set(series, serial);
    return serial;
  }

  mint(object: SObject): string {
    return mintId(object.keyPrefix, this.next(object.name));
  }

  nowText(): string {
    return datetimeText(this.now());
  }

  picklist(field: Field): readonly string[] {
    if (!field.picklistRows) return field.picklist;
    const { object, field: column } = field.picklistRows;
    return this.rows(object).flatMap((row) => (row['IsActive'] === false ? [] : [String(row[column])]));
  }

  prefix(object: string): string | undefined {
    return this.schema.object(object)?.keyPrefix;
  }

  exists(object: string, id: string): boolean {
    const shape = this.schema.object(object);
    return shape !== undefined && this.store.live(shape, id) !== undefined;
  }

  /** The live record behind a reference, if any. */
  find(object: string, id: Scalar | undefined): Row | undefined {
    const shape = this.schema.object(object);
    return shape && typeof id === 'string' ? this.store.live(shape, id) : undefined;
  }

  /** Live records of an object; none if the org has no such object. */
  rows(object: string): Row[] {
    const shape = this.schema.object(object);
    return shape ? [...this.store.all(shape)].filter((row) => row['IsDeleted'] !== true) : [];
  }

  /** Live children that point at the parent by the named field. */
  childrenOf(object: string, by: string, parentId: Scalar | undefined): Row[] {
    const shape = this.schema.object(object);
    const field = shape && fieldOf(shape, by);
    if (!shape || !field || typeof parentId !== 'string') return [];
    return this.store
      .byKey(shape, field, parentId)
      .map((id) => this.store.live(shape, id))
      .filter((row) => row !== undefined);
  }

  private newStore() {
    return new Store(() => this.commit.ended());
  }

  private newJournal() {
    return new Journal((undo) => this.store.onRollback(undo));
  }
}
