import type { Org } from '../org.js';
import type { Row, Scalar } from '../schema.js';

/** A record being written: rules may set further fields on it. */
export type Draft = Record<string, Scalar>;

/** What an object enforces and derives beyond its fields. Refusals are thrown; seeds only derive. */
export interface Rule {
  /** fills what follows from other fields */
  derive?(draft: Draft, org: Org): void;
  creating?(draft: Row, org: Org): void;
  /** `given` are the fields that the caller named, changed or not */
  updating?(before: Row, draft: Row, given: readonly string[], org: Org): void;
  deleting?(row: Row, org: Org): void;
}
