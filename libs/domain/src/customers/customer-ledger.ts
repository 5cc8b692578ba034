import type { CustomerKey } from '../kernel/ids.js';
import type { CustomerHistoryEntry, TrackedCustomer } from './tracked-customer.js';

/** What we know the OMS to hold of customers. Digests only: nobody can be read in it. */
export abstract class CustomerLedger {
  /** At every organization that knows them. */
  abstract findByKey(keys: readonly CustomerKey[]): Promise<readonly TrackedCustomer[]>;
}

/** The same ledger, written inside a transaction. */
export abstract class CustomerLedgerWriter {
  /** Keeps new and changed customers, their revision grown by one. Where another writer came first, a ConflictFault tells so. */
  abstract save(customers: readonly TrackedCustomer[]): Promise<void>;

  /** Adds to the history. An entry that is there already stays as it is. */
  abstract record(entries: readonly CustomerHistoryEntry[]): Promise<void>;
}
