import {
  CrmProjections,
  type CrmModel,
  type CrmOrgName,
  type RecordChange,
  type SyncFault,
  type WriteOutcome,
} from '@tandem/domain';
import { fitted, fittedWrite } from './mapping/fitted-change.js';
import { orderOf, SUMMARY_SHAPES, summaryWrites } from './mapping/order-management-fields.js';
import { recordWrite, SHAPES } from './mapping/projected-fields.js';
import { OrderSummaries } from './order-summaries.js';
import type { OrgSchema } from './org-schema.js';
import { unreadableAnswer } from './salesforce-faults.js';
import type { SalesforceOrgs } from './salesforce-orgs.js';
import { CoalescingWriter } from './writing/coalescing-writer.js';
import type { Outcomes, RecordWrite } from './writing/record-write.js';
import { sendWrites } from './writing/send-writes.js';

export class SalesforceProjections extends CrmProjections {
  private readonly summaries = new Map<CrmOrgName, OrderSummaries>();
  private readonly writers = new Map<CrmOrgName, CoalescingWriter>();

  constructor(private readonly orgs: SalesforceOrgs) {
    super();
  }

  override async write(
    org: CrmOrgName,
    changes: readonly RecordChange[],
    model: CrmModel = 'core',
  ): Promise<readonly WriteOutcome[]> {
    const schema = await this.orgs.schemaOf(org);
    // Put into the org's terms before it meets others: what cannot be is the fault of its own handler alone.
    const planned = await (model === 'core' ? inCore(changes, schema) : this.inSummaries(org, changes, schema));
    const outcomes = await this.writerOf(org).write(planned.flatMap(({ writes }) => writes));
    if ([...outcomes.values()].some(isOutdated)) this.orgs.schemas.forget(this.orgs.of(org));
    return planned.map((one) => outcomeOf(one, outcomes));
  }

  private async inSummaries(org: CrmOrgName, changes: readonly RecordChange[], schema: OrgSchema) {
    const summaries = this.summaries.get(org) ?? new OrderSummaries(this.orgs.of(org));
    this.summaries.set(org, summaries);
    const known = await summaries.behind(changes);
    return changes.map((change): Planned => {
      const fault = known.faults.get(orderOf(change) ?? '');
      if (fault) return { writes: [], withheld: [], fault };
      const fit = fitted(change, schema, SUMMARY_SHAPES);
      const writes = isEmpty(fit.change) ? [] : summaryWrites(fit.change, known);
      return { writes: writes.map((write) => fittedWrite(write, schema)), withheld: fit.withheld };
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

/** What one change becomes in the org. */
interface Planned {
  readonly writes: readonly RecordWrite[];
  readonly withheld: readonly string[];
  readonly fault?: SyncFault;
}

const inCore = (changes: readonly RecordChange[], schema: OrgSchema): readonly Planned[] =>
  changes.map((change) => {
    const fit = fitted(change, schema, SHAPES);
    return { writes: isEmpty(fit.change) ? [] : [recordWrite(fit.change)], withheld: fit.withheld };
  });

/** Nothing of it has a place in the org. */
const isEmpty = ({ isNew, fields }: RecordChange) => !isNew && Object.keys(fields).length === 0;

function outcomeOf({ writes, withheld, fault }: Planned, outcomes: Outcomes): WriteOutcome {
  if (fault) return { kind: 'failed', fault };
  const unread: WriteOutcome = { kind: 'failed', fault: unreadableAnswer('a write') };
  const own = writes.map(({ name }) => outcomes.get(name) ?? unread);
  const failed = own.find(({ kind }) => kind === 'failed');
  return failed ?? (withheld.length > 0 ? { kind: 'written', withheld } : { kind: 'written' });
}
