import type { SiteProfile } from '../sites/site-profile.js';
import type { RegisteredCustomer } from './customer.js';

/** Customers as the OMS knows them. */
export abstract class OmsCustomers {
  /** Creates or updates the customer and its addresses. Safe to repeat: the key decides. Whatever goes wrong is a SyncFault. */
  abstract save(site: SiteProfile, customer: RegisteredCustomer): Promise<void>;
}
