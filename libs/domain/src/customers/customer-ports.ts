import type { CrmEntity } from '../changes/crm-change-feed.js';
import type { CrmOrgName, CrmRecordId } from '../kernel/ids.js';
import type { SiteProfile } from '../sites/site-profile.js';
import type { AccountHead, CapturedAccount } from './captured-account.js';
import type { CustomerChange } from './customer-change.js';

/** A record of the CRM that says something about a customer. */
export interface CustomerRecord {
  readonly entity: Exclude<CrmEntity, 'order'>;
  readonly id: CrmRecordId;
}

/** Customers as the CRM holds them. */
export abstract class CrmCustomers {
  /**
   * The accounts that the records belong to, by the id that was asked. Records that are gone, and contacts without an account, are left
   * out. A fixed number of calls for up to 200 records. Reads only; whatever goes wrong is a SyncFault.
   */
  abstract owners(org: CrmOrgName, records: readonly CustomerRecord[]): Promise<ReadonlyMap<CrmRecordId, AccountHead>>;

  /** The accounts with their contacts and addresses, by the id that was asked; those that are gone are left out. As `owners`. */
  abstract read(org: CrmOrgName, accounts: readonly CrmRecordId[]): Promise<ReadonlyMap<CrmRecordId, CapturedAccount>>;
}

/** Customers as the OMS knows them. */
export abstract class OmsCustomers {
  /**
   * Saves what is given and leaves the rest, of a customer that it knows or of a new one. Safe to repeat: the key and the ids of the
   * addresses decide. Whatever goes wrong is a SyncFault.
   */
  abstract save(site: SiteProfile, change: CustomerChange): Promise<void>;
}
