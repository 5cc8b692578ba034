import { CrmProjections, recordName, type CrmOrgName, type RecordChange, type WriteOutcome } from '@tandem/domain';
import { fitted } from './mapping/fitted-change.js';
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
    const schema = await this.orgs.schemaOf(org);
    // Put into the org's terms before it meets others: what cannot be is the fault of its own handler alone.
    const fits = changes.map((change) => fitted(change, schema));
    const sent = fits
      .map(({ change }) => change)
      .filter(({ isNew, fields }) => isNew || Object.keys(fields).length > 0);
    const outcomes = await this.writerOf(org).write(sent.map(recordWrite));
    if ([...outcomes.values()].some(isOutdated)) this.orgs.schemas.forget(this.orgs.of(org));
    return fits.map(({ change, withheld }): WriteOutcome => {
      if (!sent.includes(change)) return { kind: 'written', withheld };
      const outcome = outcomes.get(recordName(change.address)) ?? {
        kind: 'failed',
        fault: unreadableAnswer('a write'),
      };
      return outcome.kind === 'written' && withheld.length > 0 ? { kind: 'written', withheld } : outcome;
    });
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

/** Codes by which the org takes back what it described. */
const OUTDATED: ReadonlySet<string> = new Set(['crm.field_unknown', 'crm.field_not_writable', 'crm.object_unknown']);

const isOutdated = (outcome: WriteOutcome) => outcome.kind === 'failed' && OUTDATED.has(outcome.fault.code);
