import { Defect, type CrmOrgName } from '@tandem/domain';
import type { SalesforceConnection } from './salesforce-connection.js';

/** The connections of this installation, one an org. Fixed for the life of the process. */
export class SalesforceOrgs {
  private readonly connections: ReadonlyMap<CrmOrgName, SalesforceConnection>;

  constructor(connections: readonly SalesforceConnection[]) {
    this.connections = new Map(connections.map((connection) => [connection.org, connection]));
  }

  of(org: CrmOrgName): SalesforceConnection {
    const connection = this.connections.get(org);
    if (!connection) throw new Defect(`No connection is configured for CRM org ${org}.`);
    return connection;
  }
}
