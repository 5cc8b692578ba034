import type { FeedDelivery } from '@tandem/domain';
import type { MessageArchive } from '@tandem/messaging';
import type { DataSource } from 'typeorm';
import { Archive } from '../platform/archive.js';

export class SqlArchive extends Archive {
  constructor(
    private readonly database: DataSource,
    private readonly archive: MessageArchive,
  ) {
    super();
  }

  async read(ids: readonly string[]): Promise<ReadonlyMap<string, FeedDelivery>> {
    const found = await this.archive.read(this.database.manager, [...new Set(ids)]);
    return new Map(found.map(({ id, headers, body }) => [id, { headers: texts(headers), body }]));
  }
}

const texts = (headers: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
