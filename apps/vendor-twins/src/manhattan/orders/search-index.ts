import type { TenantConfig } from '../control/tenant-config.js';
import { EntityStore } from '../entities/entity-store.js';
import { text, type JsonObject } from '../wire/json.js';
import type { VirtualClock } from '../wire/virtual-clock.js';
import type { OrderLedger } from './order-ledger.js';

/** What order search sees: fed asynchronously, so that a search may not find what a read by id shows (§2.2, §10.11). */
export class SearchIndex {
  private readonly indexed = new EntityStore();

  constructor(ledger: OrderLedger, config: TenantConfig, clock: VirtualClock) {
    ledger.onCommit(({ after }) => {
      const { searchIndexDelayMs } = config.now;
      if (searchIndexDelayMs === 0) this.put(after);
      else clock.later(searchIndexDelayMs, () => this.put(after));
    });
  }

  /** The orders of an organization as they were indexed last. */
  orders(organization: string): JsonObject[] {
    return this.indexed.all().filter((order) => order.OrgId === organization);
  }

  all(): JsonObject[] {
    return this.indexed.all();
  }

  clear(): void {
    this.indexed.clear();
  }

  private put(order: JsonObject): void {
    this.indexed.put(text(order, 'OrgId') ?? '', text(order, 'OrderId') ?? '', order);
  }
}
