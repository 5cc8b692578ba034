import type { EntityManager } from 'typeorm';

export interface InboxEntry {
  /** What makes two foreign messages the same, within their source. */
  readonly dedupeKey: string;
  readonly archiveId: string;
}

export interface Claimed<E> {
  /** Seen for the first time; in the order given. */
  readonly fresh: readonly E[];
  readonly duplicates: readonly E[];
}

/** Foreign messages that were already received. */
export class Inbox {
  /**
   * Tells the new entries from the repeated ones, also within the batch (the first one counts), and remembers them with the caller's
   * transaction. A repeat that arrives while the first is not yet committed waits for it.
   */
  async claim<E extends InboxEntry>(tx: EntityManager, source: string, entries: readonly E[]): Promise<Claimed<E>> {
    const firsts = new Map(entries.toReversed().map((entry) => [entry.dedupeKey, entry]));
    // Sorted, so that two receivers of the same keys wait for each other and never in a circle.
    const sorted = [...firsts.values()].sort((a, b) => (a.dedupeKey < b.dedupeKey ? -1 : 1));
    const rows = await tx.query<{ dedupe_key: string }[]>(
      `INSERT INTO inbox (source, dedupe_key, archive_id)
       SELECT $1, dedupe_key, archive_id FROM unnest($2::text[], $3::bigint[]) AS e (dedupe_key, archive_id)
       ON CONFLICT DO NOTHING RETURNING dedupe_key`,
      [source, sorted.map((entry) => entry.dedupeKey), sorted.map((entry) => entry.archiveId)],
    );
    const claimed = new Set(rows.map((row) => row.dedupe_key));
    const isFresh = (entry: E) => claimed.has(entry.dedupeKey) && firsts.get(entry.dedupeKey) === entry;
    return { fresh: entries.filter(isFresh), duplicates: entries.filter((entry) => !isFresh(entry)) };
  }
}
