import type { Units } from '../wire/decimals.js';
import type { VirtualClock } from '../wire/virtual-clock.js';

export const ON_HAND = 'On Hand Available';

/** Stock of one kind of an item at a place (§6.4). */
export interface Supply {
  organization: string;
  itemId: string;
  locationId: string;
  /** `On Hand Available`, `On Order`, `In Transit` or a tenant's own. */
  supplyType: string;
  quantity: Units;
  /** Reserved by orders and promises. */
  allocated: Units;
  /** When it will be there, as a vendor timestamp; null for what is there already. */
  eta: string | null;
  externalSequenceNumber: number | null;
  /** Milliseconds since the epoch. */
  changedAt: number;
}

export type SupplyKey = Pick<Supply, 'organization' | 'itemId' | 'locationId' | 'supplyType'>;
export type SupplyListener = (organization: string, itemId: string) => void;

/** Every stock record of every organization, and who wants to know of a change before and after it. */
export class SupplyStore {
  private readonly supplies = new Map<string, Map<string, Supply[]>>(); // by organization and item
  private readonly before: SupplyListener[] = [];
  private readonly after: SupplyListener[] = [];
  private lastChange = 0;

  constructor(private readonly clock: VirtualClock) {}

  onChange(before: SupplyListener, after: SupplyListener): void {
    this.before.push(before);
    this.after.push(after);
  }

  find({ organization, itemId, locationId, supplyType }: SupplyKey): Supply | undefined {
    const found = this.supplies.get(organization)?.get(itemId);
    return found?.find((supply) => supply.locationId === locationId && supply.supplyType === supplyType);
  }

  /** The records of an organization, of one item where it is named. */
  of(organization: string, itemId?: string): Supply[] {
    const items = this.supplies.get(organization);
    if (itemId !== undefined) return items?.get(itemId) ?? [];
    return [...(items?.values() ?? [])].flat();
  }

  /** Items that have a record, in the order in which they came. */
  itemsOf(organization: string): string[] {
    return [...(this.supplies.get(organization)?.keys() ?? [])];
  }

  /** Changes a record, which begins to exist with its first change: an unknown item or place is not refused (§10.24). */
  change(key: SupplyKey, change: (supply: Supply) => void): void {
    for (const listener of this.before) listener(key.organization, key.itemId);
    const supply = this.find(key) ?? this.begin(key);
    change(supply);
    // Two changes never carry one time, since consumers version by it (§6.3).
    this.lastChange = Math.max(this.clock.now(), this.lastChange + 1);
    supply.changedAt = this.lastChange;
    for (const listener of this.after) listener(key.organization, key.itemId);
  }

  /** A time at or after every change so far, and before every later one. */
  changeTime(): number {
    this.lastChange = Math.max(this.clock.now(), this.lastChange);
    return this.lastChange;
  }

  clear(): void {
    this.supplies.clear();
    this.lastChange = 0;
  }

  private begin({ organization, itemId, locationId, supplyType }: SupplyKey): Supply {
    const nothing = { quantity: 0, allocated: 0, eta: null, externalSequenceNumber: null, changedAt: 0 };
    const supply = { organization, itemId, locationId, supplyType, ...nothing };
    const items = this.supplies.get(organization) ?? new Map<string, Supply[]>();
    this.supplies.set(organization, items.set(itemId, [...(items.get(itemId) ?? []), supply]));
    return supply;
  }
}
