import { PermanentFault, type OmsOrganization } from '@tandem/domain';
import type { ManhattanConnection } from './manhattan-connection.js';

/** The connections of this installation, one for each organization: no credentials ever serve another one's orders. */
export class ManhattanConnections {
  constructor(private readonly connections: ReadonlyMap<OmsOrganization, ManhattanConnection>) {}

  of(organization: OmsOrganization): ManhattanConnection {
    const connection = this.connections.get(organization);
    if (connection) return connection;
    const sentence = `No connection to the OMS organization ${organization} is configured.`;
    throw new PermanentFault('oms.unknown_organization', sentence, { context: { organization } });
  }

  async close(): Promise<void> {
    await Promise.all([...this.connections.values()].map((connection) => connection.close()));
  }
}
