export interface WritingSettings {
  /** Under load a record waits so long for company, in milliseconds. */
  readonly gatherMs: number;
  /** So many orders that change within a second are load. */
  readonly loadFrom: number;
  /** Calls begin so many milliseconds apart where there is no load; the first one is never waited for. */
  readonly paceMs: number;
  /** Batches on their way at once. No two of them hold the same record. */
  readonly atOnce: number;
  /** So many records of one object are written by a job of the Bulk API (§2.7), which takes a handful of calls and its time. */
  readonly bulkFrom: number;
}

export const WRITING: WritingSettings = { gatherMs: 2_000, loadFrom: 80, paceMs: 100, atOnce: 4, bulkFrom: 2_000 };
