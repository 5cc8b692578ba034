import type { JsonObject } from '../wire/json.js';
import { isEligible, locationAvailability, networkAvailability, type Availability } from './availability.js';
import { publishedRow } from './availability-rows.js';
import type { Inventory } from './inventory.js';
import type { AvailabilityView } from './view.js';

export interface SyncOrder {
  kind: 'full' | 'delta';
  /** Records per page. */
  chunk: number;
  /** "Without zero records". */
  withoutZero: boolean;
  /** Pages that get lost on the way, by number: the receiver may not wait for them. */
  skipPages: number[];
  /** Milliseconds since the epoch: a delta has what changed later. */
  since: number;
}

/** A page before it is looked at whether anything of it is sent. */
interface Page {
  records: Availability[];
  counts: JsonObject;
}

/**
 * The messages of one sync of a view (§6.3). Full: Start, Details, End; delta (location views): Details alone. Pages are
 * counted before records are left out, so that a page may become empty and is then not sent.
 */
export function syncMessages(
  inventory: Inventory,
  organization: string,
  view: AvailabilityView,
  order: SyncOrder,
  transactionNumber: string,
): JsonObject[] {
  const settings = inventory.config.now;
  const pages = pagesOf(inventory, organization, view, order);
  const frame = (value: string, counts: JsonObject): JsonObject => ({
    [settings.discriminatorName]: value,
    TransactionNumber: transactionNumber,
    ViewName: view.name,
    ViewId: view.id,
    ConfigName: `${view.name} ${order.kind}`,
    ...counts,
  });
  const details = pages.flatMap(({ records, counts }, number): JsonObject[] => {
    const sent = records.filter((found) => !found.infinite && !(order.withoutZero && found.quantity === 0));
    if (order.skipPages.includes(number) || (sent.length === 0 && !settings.sendEmptyPages)) return [];
    const around = { view, settings, now: inventory.clock.now() };
    const excluded = records.filter(({ infinite }) => infinite).length;
    const page = frame(settings.detailsValue, {
      ...counts,
      CurrentCount: counts.CurrentCount ?? sent.length,
      ExcludedInfiniteSupplyCount: excluded,
      [settings.recordsName]: sent.map((found) => publishedRow(found, around)),
    });
    return [page];
  });
  if (order.kind === 'delta') return details;
  const { TotalCount = 0, TotalPages = 0 } = pages[0]?.counts ?? {};
  const totals = { TotalCount, TotalPages };
  return [frame(settings.startValue, totals), ...details, frame(settings.endValue, totals)];
}

function pagesOf(inventory: Inventory, organization: string, view: AvailabilityView, order: SyncOrder): Page[] {
  const items = inventory.store.itemsOf(organization);
  return view.type === 'network'
    ? networkPages(inventory, organization, view, items, order)
    : locationPages(inventory, organization, view, items, order);
}

function networkPages(
  { store }: Inventory,
  organization: string,
  view: AvailabilityView,
  items: string[],
  { chunk }: SyncOrder,
): Page[] {
  const all = items
    .filter((item) => isEligible(view, item, store.of(organization, item)))
    .map((item) => networkAvailability(view, item, store.of(organization, item)));
  const pages = chunks(all, chunk);
  return pages.map((records, number) => ({
    records,
    counts: { CurrentPage: number, TotalCount: all.length, TotalPages: pages.length },
  }));
}

/** Here the page counts are of locations, and items are counted apart. */
function locationPages(
  { store }: Inventory,
  organization: string,
  view: AvailabilityView,
  items: string[],
  { kind, chunk, since }: SyncOrder,
): Page[] {
  let syncCount = 0;
  return view.locations.flatMap(({ id }, number) => {
    const all = items
      .flatMap((item) => recordAt(view, item, id, store.of(organization, item)))
      .filter(({ changedAt }) => kind === 'full' || changedAt > since);
    const pages = chunks(all, chunk);
    return pages.map((records) => {
      syncCount += 1;
      return {
        records,
        counts: {
          CurrentPage: number,
          CurrentCount: 1,
          TotalCount: view.locations.length,
          TotalPages: view.locations.length,
          Locations: [id],
          ItemCountForLocation: all.length,
          CurrentItemCount: records.length,
          TotalItemPages: pages.length,
          SyncCount: syncCount,
        },
      };
    });
  });
}

/** Items with stock at the place; one that left the view is told as out of stock (§6.3). */
function recordAt(view: AvailabilityView, itemId: string, locationId: string, all: Parameters<typeof isEligible>[2]) {
  const here = all.filter((supply) => supply.locationId === locationId);
  if (here.length === 0) return [];
  const found = locationAvailability(view, itemId, locationId, here);
  if (found) return [found];
  const left = locationAvailability({ ...view, items: null }, itemId, locationId, here);
  return left ? [{ ...left, status: 0 as const, quantity: 0, infinite: false }] : [];
}

function chunks<T>(list: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, page) => list.slice(page * size, (page + 1) * size));
}
