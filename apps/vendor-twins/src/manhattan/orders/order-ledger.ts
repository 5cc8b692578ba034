import type { TenantConfig } from '../control/tenant-config.js';
import type { WriteRecord } from '../control/write-record.js';
import { changedPaths } from '../entities/changed-paths.js';
import { EntityStore } from '../entities/entity-store.js';
import type { Caller } from '../wire/caller.js';
import { text, type JsonObject } from '../wire/json.js';
import { Refusal } from '../wire/refusal.js';
import { laterThan, vendorTime } from '../wire/vendor-time.js';
import type { VirtualClock } from '../wire/virtual-clock.js';
import { stampArchiveDate } from './archiving.js';
import { derive } from './derive.js';

export interface OrderChange {
  before: JsonObject | undefined;
  after: JsonObject;
  caller: Caller;
  silent: boolean;
}

/** Somebody who must know of every committed transaction: the publisher, the life of the order. */
type OrderListener = (change: OrderChange) => void;

/** The stored orders. A transaction works on a draft; only `commit` makes it true. */
export class OrderLedger {
  private readonly orders = new EntityStore();
  private readonly listeners: OrderListener[] = [];
  private primaryKeys = 0;

  constructor(
    private readonly record: WriteRecord,
    private readonly clock: VirtualClock,
    private readonly config: TenantConfig,
  ) {}

  onCommit(listener: OrderListener): void {
    this.listeners.push(listener);
  }

  find(organization: string, orderId: string): JsonObject | undefined {
    return this.orders.find(organization, orderId);
  }

  all(): JsonObject[] {
    return this.orders.all();
  }

  clear(): void {
    this.orders.clear();
  }

  /**
   * Derives, compares and stores. Answers false when nothing changed: then nothing is stamped, recorded or published.
   * `silent` keeps an import from being published (§3.4).
   */
  commit(caller: Caller, before: JsonObject | undefined, draft: JsonObject, silent = false): boolean {
    const now = laterThan(before && text(before, 'UpdatedTimestamp'), this.clock.now());
    derive(draft, now);
    const changed = before ? changedPaths(before, draft) : Object.keys(draft);
    if (changed.length === 0) return this.keep(caller.organization, draft);
    if (!before) this.stampCreation(draft, caller, now);
    stampArchiveDate(draft, now, this.config.now.archiveDays);
    draft.UpdatedBy = caller.user;
    draft.UpdatedTimestamp = now;
    const orderId = text(draft, 'OrderId') ?? '';
    this.orders.put(caller.organization, orderId, draft);
    this.record.effective(caller, { entity: 'order', key: orderId, kind: before ? 'update' : 'create', changed });
    for (const listener of this.listeners) listener({ before, after: draft, caller, silent });
    return true;
  }

  /**
   * One transaction on a stored order. @throws Refusal 404 for an unknown order, or what `edit` refuses: then nothing
   * has changed
   */
  change(caller: Caller, orderId: string, edit: (draft: JsonObject, now: string) => void): boolean {
    const stored = this.find(caller.organization, orderId);
    if (!stored) throw new Refusal(404, 'OrderId', `Order ${orderId} is not known`);
    const draft = structuredClone(stored);
    edit(draft, vendorTime(this.clock.now()));
    return this.commit(caller, stored, draft);
  }

  /** A repeat may still carry a higher version, which holds from now on (§2.6) though nothing else changed. */
  private keep(organization: string, draft: JsonObject): false {
    this.orders.put(organization, text(draft, 'OrderId') ?? '', draft);
    return false;
  }

  private stampCreation(draft: JsonObject, caller: Caller, now: string): void {
    this.primaryKeys += 1;
    draft.PK = `${Date.now()}${String(this.primaryKeys).padStart(6, '0')}`;
    draft.OrgId = caller.organization;
    draft.CreatedBy = caller.user;
    draft.CreatedTimestamp = now;
    draft.Messages = null;
    draft.ChangeLog = null;
    draft.Process = null;
  }
}
