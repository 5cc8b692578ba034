import { ConflictFault, type CrmChannel } from '@tandem/domain';
import type { DataSource, EntityManager } from 'typeorm';
import { FeedCursors, FeedCursorWriter, type HeldFeed } from '../platform/feed-cursors.js';

const HOLD = `
  INSERT INTO feed_cursors AS kept (org, channel, holder, held_until)
  VALUES ($1, $2, $3, clock_timestamp() + $4 * interval '1 millisecond')
  ON CONFLICT (org, channel) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
  WHERE kept.holder = excluded.holder OR kept.held_until < clock_timestamp()
  RETURNING position, coalesce(kept_at, since) AS "keptAt", xmax = 0 AS "isNew"`;

const RELEASE = 'UPDATE feed_cursors SET held_until = now() WHERE org = $1 AND channel = $2 AND holder = $3';

const ADVANCE = `
  UPDATE feed_cursors SET position = $4, kept_at = now()
  WHERE org = $1 AND channel = $2 AND holder = $3 RETURNING org`;

export class SqlFeedCursors extends FeedCursors {
  constructor(private readonly database: DataSource) {
    super();
  }

  async hold({ org, name }: CrmChannel, holder: string, forMs: number): Promise<HeldFeed | undefined> {
    const rows = await this.database.query<{ position: Buffer | null; keptAt: Date; isNew: boolean }[]>(HOLD, [
      org,
      name,
      holder,
      forMs,
    ]);
    const [row] = rows;
    if (!row) return undefined;
    const { position, keptAt, isNew } = row;
    return { cursor: isNew ? undefined : { position: position ?? Buffer.alloc(0), keptAt } };
  }

  async release({ org, name }: CrmChannel, holder: string): Promise<void> {
    await this.database.query(RELEASE, [org, name, holder]);
  }
}

export class SqlFeedCursorWriter extends FeedCursorWriter {
  constructor(private readonly manager: EntityManager) {
    super();
  }

  async advance({ org, name }: CrmChannel, holder: string, position: Uint8Array): Promise<void> {
    const [moved] = await this.manager.query<[unknown[], number]>(ADVANCE, [org, name, holder, Buffer.from(position)]);
    if (moved.length === 1) return;
    throw new ConflictFault('crm_events.channel_taken', 'Another replica reads this channel of the CRM now.', {
      context: { org, channel: name },
    });
  }
}
