import type { FeedDelivery } from '@tandem/domain';

/** What the publish template of a tenant may leave out, or tell in the one of two shapes only. */
export type Omission =
  | 'moment'
  | 'currency'
  | 'order-cancelled'
  | 'line-cancelled'
  /** Lowest and highest rung, as plain ids and as objects around them. */
  | 'plain-rungs'
  | 'rungs-in-objects'
  /** Which units stand where. */
  | 'units'
  | 'plain-unit-status'
  | 'unit-status-in-object'
  | 'line-quantity'
  | 'line-reason'
  | 'parcel-item'
  | 'package'
  | 'payments'
  /** What is authorized and settled, as the tender itself has it. */
  | 'tender-amounts'
  | 'transactions'
  | 'transaction-answer'
  | 'transaction-state'
  | 'processed-amount'
  | 'payment-state'
  | 'invoices'
  | 'invoice-state'
  | 'return-kind';

export interface Retelling {
  readonly without?: readonly Omission[];
  /** As an entry of a consolidated message that was submitted then. */
  readonly submittedAt?: string;
  /** Every unit stands there, a status as some tenant spells it. */
  readonly rung?: string;
}

/** What a record of availability may leave out: its status as code or as text, its sum, its moment. */
export type StockOmission = 'code' | 'text' | 'total' | 'moment';

export interface Retold {
  readonly delivery: FeedDelivery;
  /** What the OMS calls what was left out. */
  readonly leftOut: readonly string[];
}
