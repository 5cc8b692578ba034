import { CrmProjections, recordName, type CrmOrgName, type RecordChange, type WriteOutcome } from '@tandem/domain';
import { recordWrite } from './mapping/projected-fields.js';
import { unreadableAnswer } from './salesforce-faults.js';
import type { SalesforceOrgs } from './salesforce-orgs.js';
import { CoalescingWriter } from './writing/coalescing-writer.js';
import { sendWrites } from './writing/send-writes.js';

export class SalesforceProjections extends CrmProjections {
  private readonly writers = new Map<CrmOrgName, CoalescingWriter>();

  constructor(private readonly orgs: SalesforceOrgs) {
    super();
  }

  override async write(org: CrmOrgName, changes: readonly RecordChange[]): Promise<readonly WriteOutcome[]> {
    // Put into the org's terms before it meets others: what cannot be is the fault of its own handler alone.
    const outcomes = await this.writerOf(org).write(changes.map(recordWrite));
    return changes.map(
      ({ address }) => outcomes.get(recordName(address)) ?? { kind: 'failed', fault: unreadableAnswer('a write') },
    );
  }

  private writerOf(org: CrmOrgName): CoalescingWriter {
    const known = this.writers.get(org);
    if (known) return known;
    const connection = this.orgs.of(org);
    const writer = new CoalescingWriter((writes) => sendWrites(connection, writes), connection.writing);
    this.writers.set(org, writer);
    return writer;
  }
}
