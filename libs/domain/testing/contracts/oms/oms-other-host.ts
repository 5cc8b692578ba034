import type { LineId, OrderNumber } from '@tandem/domain';

/** Another host of the same OMS, such as the call centre. */
export interface OtherHost {
  addNote(number: OrderNumber, text: string): Promise<void>;
  /** A versioned save that changes nothing but the version. */
  claimVersion(number: OrderNumber, version: number): Promise<void>;
  applyHold(number: OrderNumber, type: string): Promise<void>;
  /** Until when a pick-up waits; a moment in UTC. */
  keepUntil(number: OrderNumber, line: LineId, moment: string): Promise<void>;
  /** When the customer is promised to have it; a moment in UTC. */
  promise(number: OrderNumber, line: LineId, moment: string): Promise<void>;
  /** A tender as another host books it. */
  book(number: OrderNumber, tender: BookedTender): Promise<void>;
  cancel(number: OrderNumber, reason: string): Promise<void>;
  /** What the OMS answers to a save of exactly this, with its own words. */
  saveRaw(record: Readonly<Record<string, unknown>>): Promise<RawAnswer>;
}

/** Amounts are in major units. */
export interface BookedTender {
  readonly id: string;
  readonly type: string;
  readonly amount: number;
  readonly authorized?: number;
  readonly settled?: number;
  readonly voided?: true;
  readonly transactions?: readonly {
    readonly type: 'Authorization' | 'Authorization Reversal' | 'Settlement' | 'Refund';
    readonly requested: number;
    readonly processed?: number;
    readonly answer?: 'Success' | 'Failure';
  }[];
}

export interface RawAnswer {
  readonly status: number;
  readonly success: boolean;
  readonly sentences: readonly string[];
  readonly codes: readonly string[];
  readonly resource: string | undefined;
  readonly traceId: string | undefined;
}
