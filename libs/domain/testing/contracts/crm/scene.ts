import {
  crmRecordId,
  type CapturedOrder,
  type CrmRecordId,
  type RecordChange,
  type WriteOutcome,
} from '@tandem/domain';
import { aCapturedAddress, aCapturedLine, aCapturedOrder, aCapturedTender } from '../../builders/captured-order.js';
import { present } from '../checks.js';
import type { CrmChoices, CrmWorld, EnteredOrder, EntryOptions } from './crm-world.js';

type Changes = Partial<CapturedOrder>;

/** One line at 10.00, paid by card, under a number of its own; keys of tenders are unique in a CRM. */
export function draftOf(world: CrmWorld, changes: Changes = {}): CapturedOrder {
  const number = world.newKey();
  return aCapturedOrder({
    number,
    lines: [lineOf('1')],
    tenders: [aCapturedTender({ id: `${number}-T1` })],
    ...changes,
  });
}

/** A line sent to an address whose name is not split: the CRM keeps the whole name in one field. */
export const lineOf = (id: string, changes: Partial<CapturedOrder['lines'][number]> = {}) =>
  aCapturedLine({
    id,
    delivery: { method: 'Standard Ground', address: unsplit(), store: undefined },
    ...changes,
  });

export const unsplit = (changes: Parameters<typeof aCapturedAddress>[0] = {}) =>
  aCapturedAddress({ firstName: undefined, lastName: 'Mira Oakfield', ...changes });

/** The draft, entered, and as the adapter then reads it. */
export async function entered(
  world: CrmWorld,
  changes: Changes = {},
  options: EntryOptions & { readonly choices?: CrmChoices } = {},
): Promise<{ draft: CapturedOrder; refs: EnteredOrder; read: CapturedOrder }> {
  const draft = draftOf(world, changes);
  const refs = await world.desk.enterOrder(draft, options);
  return { draft, refs, read: await readOf(world, refs, options.choices) };
}

export const readOf = async (
  world: CrmWorld,
  { order }: Pick<EnteredOrder, 'order'>,
  choices?: CrmChoices,
): Promise<CapturedOrder> => present('the order', await world.ports(choices).orders.read(world.site, order));

/** Writes, and answers the outcome of each change in their order. */
export const written = (world: CrmWorld, ...changes: readonly RecordChange[]): Promise<readonly WriteOutcome[]> =>
  world.ports().projections.write(world.site.crmOrg, changes);

/** One word an outcome: `written`, or the code of its fault. */
export const wordOf = (outcome: WriteOutcome | undefined): string =>
  outcome?.kind === 'failed' ? outcome.fault.code : (outcome?.kind ?? 'nothing');

export const lineIdOf = ({ lines }: EnteredOrder, id: string): CrmRecordId =>
  present(`the id of line ${id}`, lines.get(id));

/** An id of the right shape that no record of the CRM has. */
export const nobody = (like: string): CrmRecordId => crmRecordId(`${like.slice(0, 3)}${'0'.repeat(11)}9AAA`);
