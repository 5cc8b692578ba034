import { Defect, type CrmOrgName } from '@tandem/domain';
import { OrgSchemas, type OrgSchema } from './org-schema.js';
import type { SalesforceConnection } from './salesforce-connection.js';

/** The connections of this installation, one an org, and what each org has. Fixed for the life of the process. */
export class SalesforceOrgs {
  readonly schemas = new OrgSchemas();
  private readonly connections: ReadonlyMap<CrmOrgName, SalesforceConnection>;

  constructor(connections: readonly SalesforceConnection[]) {
    this.connections = new Map(connections.map((connection) => [connection.org, connection]));
  }

  of(org: CrmOrgName): SalesforceConnection {
    const connection = this.connections.get(org);
    if (!connection) throw new Defect(`No connection is configured for CRM org ${org}.`);
    return connection;
  }

  names(): readonly CrmOrgName[] {
    return [...this.connections.keys()];
  }

  /** Throws a SyncFault where the org cannot be asked. */
  schemaOf(org: CrmOrgName): Promise<OrgSchema> {
    return this.schemas.of(this.of(org));
  }
}
