import type { CrmRecord, CrmWrite } from '../../support/stack/crm-twin.js';
import type { LifeReport, OmsOrder, OmsWrite } from '../../support/stack/oms-shapes.js';
import type { GoldenCase } from '../golden-order.js';

/** All that both twins report of one order: what the judge decides by, and nothing else. */
export interface OrderEvidence {
  readonly expected: GoldenCase;
  readonly crmOrderId: string;
  /** Whether sync-api took the order on: 202, so that it must not be lost. */
  readonly accepted: boolean;
  readonly oms: {
    readonly order: OmsOrder | undefined;
    readonly life: LifeReport | undefined;
    /** Of the order and of its customer, oldest first. */
    readonly writes: readonly OmsWrite[];
  };
  readonly crm: {
    readonly order: CrmRecord | undefined;
    /** Lines that are goods, not charges. */
    readonly lines: readonly CrmRecord[];
    readonly tenders: readonly CrmRecord[];
    readonly returns: readonly CrmRecord[];
    readonly history: readonly CrmRecord[];
    readonly parcels: readonly CrmRecord[];
    readonly parcelLines: readonly CrmRecord[];
    /** Of every record of the order, oldest first. */
    readonly writes: readonly CrmWrite[];
  };
}

/** The text of a field; empty where it is not set. */
export const textOf = (record: CrmRecord | undefined, field: string): string => {
  const value = record?.[field];
  return value === null || value === undefined ? '' : String(value);
};

/** The number of a field; zero where it is not set. */
export const numberOf = (record: CrmRecord | undefined, field: string): number => Number(record?.[field] ?? 0);

/** How order and line are named in the CRM, where several sites share an org. */
export const orderKeyOf = ({ expected }: OrderEvidence): string => `${expected.site.id}:${expected.number}`;
