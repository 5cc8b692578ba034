import { mintId } from '../org/ids.js';
import { Refusal } from '../org/refusal.js';

interface Open {
  total: number;
  records: readonly unknown[];
  size: number;
  at: number;
}

export interface Page {
  total: number;
  records: readonly unknown[];
  /** of the next page, when there is one */
  locator?: string;
}

const twoDays = 2 * 86_400_000;

/** Query results that are being read page by page. A locator lives two days (§2.6). */
export class QueryPages {
  private readonly open = new Map<string, Open>();
  private serial = 0;

  /** @param expired is asked at every further page: true when a test has ordered that its locator is too old */
  constructor(
    private readonly now: () => Date,
    private readonly expired: () => boolean,
  ) {}

  first(total: number, records: readonly unknown[], size: number): Page {
    if (records.length <= size) return { total, records };
    const id = mintId('01g', ++this.serial);
    this.open.set(id, { total, records, size, at: this.now().getTime() });
    return this.page(id, 0);
  }

  /** Throws a Refusal for a locator that is unknown or too old. */
  next(locator: string): Page {
    const [, id = '', start] = /^(\w{18})-(\d+)$/.exec(locator) ?? [];
    if (this.open.has(id) && this.expired()) this.open.delete(id);
    return this.page(id, Number(start));
  }

  private page(id: string, start: number): Page {
    const found = this.open.get(id);
    if (!found || this.now().getTime() - found.at > twoDays)
      throw new Refusal('INVALID_QUERY_LOCATOR', 'invalid query locator');
    const end = start + found.size;
    const records = found.records.slice(start, end);
    return { total: found.total, records, ...(end < found.records.length ? { locator: `${id}-${end}` } : {}) };
  }
}
