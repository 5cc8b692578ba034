import type { SupplyStore } from '../supply/supply-store.js';
import type { SeededRandom } from '../wire/seeded-random.js';
import type { VirtualClock } from '../wire/virtual-clock.js';
import { locationAvailability, networkAvailability, type Availability } from './availability.js';
import { InventoryConfig } from './inventory-settings.js';
import type { AvailabilityView } from './view.js';

/** A style, by which products are asked for (§6.2). */
export interface Product {
  itemId: string;
  style: string;
  color: string;
  size: string;
}

/** The views and products of every organization, over the stock (§6.1). */
export class Inventory {
  readonly config = new InventoryConfig();
  private readonly views = new Map<string, AvailabilityView[]>(); // by organization
  private readonly products = new Map<string, Product[]>(); // by organization

  private readonly runs = new Map<string, number>(); // start of the last sync by view

  constructor(
    readonly store: SupplyStore,
    readonly clock: VirtualClock,
    private readonly random: SeededRandom,
  ) {}

  setViews(organization: string, views: AvailabilityView[]): void {
    this.views.set(organization, views);
  }

  setProducts(organization: string, products: Product[]): void {
    this.products.set(organization, products);
  }

  organizations(): string[] {
    return [...this.views.keys()];
  }

  viewsOf(organization: string): AvailabilityView[] {
    return this.views.get(organization) ?? [];
  }

  productsOf(organization: string): Product[] {
    return this.products.get(organization) ?? [];
  }

  /** One row for every item, eligible or not, in any order (§6.1). */
  network(organization: string, view: AvailabilityView, items: string[]): Availability[] {
    return this.shuffled(items.map((item) => networkAvailability(view, item, this.store.of(organization, item))));
  }

  /** Rows of what is eligible only, in any order (§6.1). */
  locations(organization: string, view: AvailabilityView, items: string[], places: string[]): Availability[] {
    const found = items.flatMap((item) => {
      const supplies = this.store.of(organization, item);
      return places.flatMap((place) => locationAvailability(view, item, place, supplies) ?? []);
    });
    return this.shuffled(found);
  }

  /** Notes that a sync of the view starts now, and answers when the one before it did: milliseconds since the epoch, or 0. */
  startRun(organization: string, viewId: string): number {
    const key = JSON.stringify([organization, viewId]);
    const previous = this.runs.get(key) ?? 0;
    this.runs.set(key, this.store.changeTime());
    return previous;
  }

  clear(): void {
    this.runs.clear();
    this.views.clear();
    this.products.clear();
    this.config.reset();
  }

  private shuffled<T>(list: T[]): T[] {
    const keyed = list.map((entry) => ({ entry, key: this.random.next() }));
    return keyed.sort((left, right) => left.key - right.key).map(({ entry }) => entry);
  }
}
