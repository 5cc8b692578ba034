import type { CustomerKey, OmsOrganization } from '../kernel/ids.js';
import {
  changesNothing,
  confirmedAfter,
  pathsOf,
  unsureOf,
  type CustomerChange,
  type Fingerprint,
} from './customer-change.js';

/** A customer at one organization of the OMS, as far as we know it. */
export interface TrackedCustomer {
  readonly organization: OmsOrganization;
  readonly key: CustomerKey;
  readonly confirmed: Fingerprint;
  /** Grows by one with each change that the OMS took. */
  readonly version: number;
  /** Guards against two writers. */
  readonly revision: number;
}

/** One change that the OMS took. */
export interface CustomerHistoryEntry {
  readonly organization: OmsOrganization;
  readonly key: CustomerKey;
  readonly version: number;
  /** Paths of the fields, never their values. */
  readonly fields: readonly string[];
  readonly sourceMessage: string;
}

export const untracked = (organization: OmsOrganization, key: CustomerKey): TrackedCustomer => ({
  organization,
  key,
  confirmed: {},
  version: 0,
  revision: 0,
});

/** Before the change is sent: we may die, or the answer be lost, once the OMS was told. */
export const beforeSaving = (tracked: TrackedCustomer, change: CustomerChange): TrackedCustomer => ({
  ...tracked,
  confirmed: unsureOf(tracked.confirmed, change),
});

export const afterSaving = (tracked: TrackedCustomer, change: CustomerChange): TrackedCustomer =>
  changesNothing(change)
    ? tracked
    : { ...tracked, confirmed: confirmedAfter(tracked.confirmed, change), version: tracked.version + 1 };

export const historyEntry = (
  saved: TrackedCustomer,
  change: CustomerChange,
  sourceMessage: string,
): CustomerHistoryEntry => ({
  organization: saved.organization,
  key: saved.key,
  version: saved.version,
  fields: pathsOf(change),
  sourceMessage,
});
