import type { CrmOrderId, OmsOrganization, OrderNumber, SiteId } from '../kernel/ids.js';
import type { Instant } from '../kernel/instant.js';
import type { TrackedOrder } from './tracked-order.js';

/** The orders that we keep track of. */
export abstract class OrderLedger {
  abstract find(site: SiteId, number: OrderNumber): Promise<TrackedOrder | undefined>;

  /** Several at once; those that are not kept are left out. */
  abstract findAll(
    orders: readonly { readonly site: SiteId; readonly number: OrderNumber }[],
  ): Promise<readonly TrackedOrder[]>;

  /** By the organization and number that the OMS names them with; those that are not kept are left out. */
  abstract findByOms(
    orders: readonly { readonly organization: OmsOrganization; readonly number: OrderNumber }[],
  ): Promise<readonly TrackedOrder[]>;

  /** By the id of the order in the CRM; two orgs may use the same one. */
  abstract findByCrm(id: CrmOrderId): Promise<readonly TrackedOrder[]>;

  /** Orders that the OMS holds and last changed, or took, within a window by its clock; both ends included. */
  abstract numbersBetween(site: SiteId, from: Instant, to: Instant): Promise<readonly OrderNumber[]>;
}

/** The same ledger, written inside a transaction. */
export abstract class OrderLedgerWriter {
  /**
   * Keeps new and changed orders, with their history, in one statement each. Where another writer came first, nothing is kept and a
   * ConflictFault tells so. An order that is already kept is not taken on again: a new one under its number is a ConflictFault too.
   */
  abstract save(orders: readonly TrackedOrder[]): Promise<void>;

  /**
   * Notes before a write to the CRM that `acknowledged` is all that is sure from now on. Committed before the write, so that an answer
   * that is lost, with us or on its way, leaves no record believed to be what it no longer is. A ConflictFault where another replica
   * has shown a later version meanwhile: a lane that passed to it while we stood still.
   */
  abstract doubt(orders: readonly TrackedOrder[]): Promise<void>;

  /** Notes what the CRM acknowledged, without touching what it should show. A ConflictFault as for `doubt`. */
  abstract acknowledge(orders: readonly TrackedOrder[]): Promise<void>;
}
