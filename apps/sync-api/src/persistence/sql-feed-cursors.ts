import type { CrmChannel, CrmCursor } from '@tandem/domain';
import { assertOnDuty, databaseFault, type DutyToken } from '@tandem/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import { FeedCursors, FeedCursorWriter } from '../platform/feed-cursors.js';

/** What it reads is what stood there before: nothing, the first time. */
const OPEN = `
  WITH made AS (INSERT INTO feed_cursors (org, channel) VALUES ($1, $2) ON CONFLICT (org, channel) DO NOTHING)
  SELECT position, coalesce(kept_at, since) AS "keptAt" FROM feed_cursors WHERE org = $1 AND channel = $2`;

const ADVANCE = 'UPDATE feed_cursors SET position = $3, kept_at = now() WHERE org = $1 AND channel = $2';

export class SqlFeedCursors extends FeedCursors {
  constructor(private readonly database: DataSource) {
    super();
  }

  async open({ org, name }: CrmChannel): Promise<CrmCursor | undefined> {
    const [row] = await this.database
      .query<{ position: Buffer | null; keptAt: Date }[]>(OPEN, [org, name])
      .catch((error: unknown) => {
        throw databaseFault(error) ?? error;
      });
    return row && { position: row.position ?? Buffer.alloc(0), keptAt: row.keptAt };
  }
}

export class SqlFeedCursorWriter extends FeedCursorWriter {
  constructor(private readonly manager: EntityManager) {
    super();
  }

  async advance({ org, name }: CrmChannel, duty: DutyToken, position: Uint8Array): Promise<void> {
    await assertOnDuty(this.manager, duty);
    await this.manager.query(ADVANCE, [org, name, Buffer.from(position)]);
  }
}
