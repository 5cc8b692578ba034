import { textOf, type OrderEvidence } from '../golden/judge/evidence.js';
import type { Verdict } from '../golden/judge/verdict.js';
import type { Observation } from '../golden/observer.js';

/** What the table says of one order. */
export interface Row {
  readonly number: string;
  readonly site: string;
  readonly shape: string;
  readonly crmStatus: string;
  /** Units by status id of the OMS, as `2×3000 1×7000`. */
  readonly omsLadder: string;
  readonly parcels: string;
  readonly history: string;
  readonly agreement: Agreement;
}

export type Agreement = 'not there yet' | 'following' | 'agrees' | 'done, agrees' | 'effect twice';

export const rowsOf = ({ orders }: Observation): Row[] =>
  orders.map(({ evidence, verdict }) => ({
    number: evidence.expected.number,
    site: evidence.expected.site.id,
    shape: evidence.expected.title,
    crmStatus: textOf(evidence.crm.order, 'OMS_Status__c') || '–',
    omsLadder: ladderOf(evidence),
    parcels: String(evidence.crm.parcels.length),
    history: String(evidence.crm.history.length),
    agreement: agreementOf(evidence, verdict),
  }));

function ladderOf({ oms }: OrderEvidence): string {
  const units = new Map<string, number>();
  for (const line of oms.order?.OrderLine ?? []) {
    for (const { StatusId, Quantity } of line.QuantityDetail ?? []) {
      const id = String(Math.floor(Number(StatusId)));
      if (Number(Quantity) > 0) units.set(id, (units.get(id) ?? 0) + Number(Quantity));
    }
  }
  if (oms.order?.IsCancelled === true) return 'all 9000';
  return (
    [...units]
      .sort()
      .map(([id, quantity]) => `${quantity}×${id}`)
      .join(' ') || '–'
  );
}

function agreementOf({ oms }: OrderEvidence, { agrees, converged, duplicateEffects }: Verdict): Agreement {
  if (duplicateEffects.length > 0) return 'effect twice';
  if (converged) return 'done, agrees';
  if (oms.order === undefined) return 'not there yet';
  return agrees ? 'agrees' : 'following';
}
