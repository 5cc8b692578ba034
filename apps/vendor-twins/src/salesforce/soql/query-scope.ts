import type { Query } from '@jetstreamapp/soql-parser-js';
import type { Org } from '../org/org.js';
import { Refusal } from '../org/refusal.js';
import type { Row, SObject } from '../org/schema.js';

/** What the parts of a query are read and run in. */
export interface QueryScope {
  org: Org;
  version: string;
  /** deleted rows count too (queryAll) */
  withDeleted: boolean;
  /** `FROM Order o`: paths may start with it */
  alias?: string;
  /** runs a query inside the query: semi-joins, and child lists among the rows given */
  select: (query: Query, object: SObject, scope: QueryScope, among?: readonly Row[]) => Row[];
}

/** A WHERE clause or a part of it, read. */
export type Condition = (row: Row) => boolean;

/** What the vendor can and this twin cannot is said plainly, so that nobody takes it for the vendor's answer. */
export function notBuilt(what: string): Refusal {
  return new Refusal('TWIN_NOT_BUILT', `${what} is not part of the SOQL that this twin speaks`, [], 501);
}
