import { given, OmsReasons, type OmsReason, type ReasonUse, type SiteProfile } from '@tandem/domain';
import type { ManhattanConnections } from '../connection/manhattan-connections.js';
import { Fields } from '../feed/fields.js';
import { quoted } from '../query.js';

export interface ReasonOptions {
  /** `ReasonTypeId` by what a reason is for. Only that of cancels is published (§3.1); the others are guesses. */
  readonly types?: Partial<Readonly<Record<ReasonUse, string>>>;
  /** Reasons in one page; 100 where absent (§12). */
  readonly pageSize?: number;
}

const TYPES: Readonly<Record<ReasonUse, string>> = {
  cancel: 'Cancel',
  short: 'Short',
  return: 'Return',
  'hold-resolve': 'HoldResolve',
};
const INITIATORS: ReadonlyMap<string, 'customer' | 'system'> = new Map([
  ['customer', 'customer'],
  ['system', 'system'],
]);

/** Reasons of the OMS (§3.1, §3.6). The search needs a grant of its own. */
export class ManhattanReasons extends OmsReasons {
  constructor(
    private readonly connections: ManhattanConnections,
    private readonly options: ReasonOptions = {},
  ) {
    super();
  }

  override async reasons(site: SiteProfile, use: ReasonUse): Promise<readonly OmsReason[]> {
    const connection = this.connections.of(site.oms.organization);
    const { types, pageSize: Size = 100 } = this.options;
    const Query = `ReasonTypeId = ${quoted(types?.[use] ?? TYPES[use])}`;
    const found = new Map<string, OmsReason>();
    for (let Page = 0; ; Page += 1) {
      const { data } = await connection.call('POST', '/order/api/order/reason/search', { Query, Size, Page });
      const rows = reasonsOf(data);
      const before = found.size;
      for (const reason of rows) found.set(reason.id, reason);
      // A tenant may hand out smaller pages than were asked for: only one that tells nothing new is the last (§2.2).
      if (found.size === before) break;
    }
    return [...found.values()].sort((left, right) => left.id.localeCompare(right.id, 'en', { numeric: true }));
  }
}

/** Their attributes are known by name, but for those that say what they are called (§3.6). */
export const reasonsOf = (data: unknown): readonly OmsReason[] =>
  Fields.of({ data: data ?? [] }, 'reasons')
    .children('data')
    .map(reasonOf);

const reasonOf = (row: Fields): OmsReason => {
  const id = row.requiredText('ReasonId');
  return given({
    id,
    name: row.text('Description') ?? row.text('ReasonName') ?? id,
    initiatedBy: INITIATORS.get(row.text('CancellationInitiatedBy')?.toLowerCase() ?? ''),
    reallocates: row.flag('ReallocateOnShort'),
    forCustomers: row.flag('EligibleForSelfService'),
    forAgents: row.flag('EligibleForContactCenter'),
  });
};
