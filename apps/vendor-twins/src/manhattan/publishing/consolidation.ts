import type { Caller } from '../wire/caller.js';
import type { JsonObject } from '../wire/json.js';

/** Grouping by order within an interval, with the sample's upper bound per message (§2.7, §7.3). */
const MAX_SIZE = 50;

interface Group {
  caller: Caller;
  orders: JsonObject[];
  timer: NodeJS.Timeout;
}

export class Consolidation {
  private readonly groups = new Map<string, Group>();

  constructor(private readonly flush: (caller: Caller, orders: JsonObject[]) => void) {}

  /** Snapshots that wait for the end of their interval. */
  get waiting(): number {
    return [...this.groups.values()].reduce((total, { orders }) => total + orders.length, 0);
  }

  add(caller: Caller, orderId: string, order: JsonObject, intervalMs: number): void {
    const key = JSON.stringify([caller.organization, orderId]);
    const group = this.groups.get(key) ?? this.begin(key, caller, intervalMs);
    group.orders.push(order);
    if (group.orders.length >= MAX_SIZE) this.release(key);
  }

  clear(): void {
    for (const { timer } of this.groups.values()) clearTimeout(timer);
    this.groups.clear();
  }

  private begin(key: string, caller: Caller, intervalMs: number): Group {
    const timer = setTimeout(() => this.release(key), intervalMs);
    const group = { caller, orders: [], timer };
    this.groups.set(key, group);
    return group;
  }

  private release(key: string): void {
    const group = this.groups.get(key);
    if (!group) return;
    clearTimeout(group.timer);
    this.groups.delete(key);
    this.flush(group.caller, group.orders);
  }
}
