import type { Caller } from '../wire/caller.js';
import { vendorTime } from '../wire/vendor-time.js';

export interface EffectiveWrite {
  sequence: number;
  at: string;
  entity: 'order' | 'customer';
  organization: string;
  /** Business key: OrderId or CustomerId. */
  key: string;
  kind: 'create' | 'update';
  /** Paths of what changed; for a creation the names of the top-level attributes. */
  changed: string[];
  by: Caller['by'];
  traceparent: string | null;
}

/** The twin's own record of what had an effect: duplicates in it are failures of the caller, whatever the caller's tables say. */
export class WriteRecord {
  private readonly writes: EffectiveWrite[] = [];
  private readonly outcomes: { key: string; outcome: 'repeat' | 'refused' }[] = [];

  effective(caller: Caller, write: Pick<EffectiveWrite, 'entity' | 'key' | 'kind' | 'changed'>): void {
    const { organization, by, traceparent } = caller;
    this.writes.push({
      sequence: this.writes.length + 1,
      at: vendorTime(Date.now()),
      ...write,
      organization,
      by,
      traceparent,
    });
  }

  /** A save that changed nothing. */
  repeated(key: string): void {
    this.outcomes.push({ key, outcome: 'repeat' });
  }

  refused(key: string): void {
    this.outcomes.push({ key, outcome: 'refused' });
  }

  /** Everything, or what concerns one business key; the counts are of api calls only. */
  report(key?: string) {
    const concerns = (entry: { key: string }) => key === undefined || entry.key === key;
    const effective = this.writes.filter(concerns);
    const outcomes = this.outcomes.filter(concerns);
    const count = (outcome: 'repeat' | 'refused') => outcomes.filter((entry) => entry.outcome === outcome).length;
    return {
      effective,
      counts: {
        effective: effective.filter(({ by }) => by === 'api').length,
        repeats: count('repeat'),
        refused: count('refused'),
      },
    };
  }

  clear(): void {
    this.writes.length = 0;
    this.outcomes.length = 0;
  }
}
