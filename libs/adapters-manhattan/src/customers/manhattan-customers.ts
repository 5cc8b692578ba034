import { OmsCustomers, type CustomerChange, type SiteProfile } from '@tandem/domain';
import type { ManhattanConnections } from '../connection/manhattan-connections.js';
import { customerSave } from './customer-save.js';

/** Customers of the OMS, by its REST API (§8). */
export class ManhattanCustomers extends OmsCustomers {
  constructor(private readonly connections: ManhattanConnections) {
    super();
  }

  override async save(site: SiteProfile, change: CustomerChange): Promise<void> {
    const connection = this.connections.of(site.oms.organization);
    await connection.call('POST', '/customer/api/customer/customer/save', customerSave(change));
  }
}
