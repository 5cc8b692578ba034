import {
  addQuantities,
  given,
  locationId,
  sku,
  type Availability,
  type Instant,
  type StockStatus,
} from '@tandem/domain';
import { unreadable, type Fields } from '../feed/fields.js';
import { isRecord } from '../json.js';
import { unmapped } from '../unmapped.js';

/** What a tenant has settled for one view of its availability (§6.1, §12). */
export interface AvailabilityView {
  /** `ViewDefinitionId`, sent along with the name where given. */
  readonly definitionId?: string;
  /** Which of the live questions is asked; `quantity` where absent (§6.2). */
  readonly asks?: 'quantity' | 'status';
  /**
   * Whether its feed tells quantities. Where it tells the status alone, 0 stands beside "in stock" (§6.3); where nothing is
   * said here, just that is taken for the sign of it.
   */
  readonly publishesQuantity?: boolean;
  /**
   * What sync details of locations are that do not say it: nothing in them tells a delta from a page of a full sync, of which start and end
   * are told apart from its pages (§6.3). A page of a full sync where absent.
   */
  readonly locationDetails?: 'full' | 'delta';
}

/** Views by their name. */
export type AvailabilityViews = Readonly<Record<string, AvailabilityView>>;

/** The text for limited stock appears in no sample (§6.1): it counts only where the code is missing. */
const TEXTS: Readonly<Record<string, StockStatus>> = { AVAILABLE: 'in-stock', OUT_OF_STOCK: 'out-of-stock' };
const CODES: Readonly<Record<string, StockStatus>> = { '0': 'out-of-stock', '1': 'limited', '2': 'in-stock' };

/** What stands around a record and holds for it where it does not say otherwise. */
export interface RecordSurroundings {
  readonly view?: string | undefined;
  readonly location?: string | undefined;
  readonly at?: Instant | undefined;
}

export interface RecordReading {
  readonly views: AvailabilityViews;
  /** `Status` of limited stock, should the code be missing (§12). */
  readonly limitedStatus: string | undefined;
  /** A published zero may stand for "not told"; an answered one is a zero. */
  readonly published: boolean;
}

/** One record of availability, as answers (§6.2) and the feed (§6.3) both tell it. */
export function availabilityOf(row: Fields, around: RecordSurroundings, reading: RecordReading): Availability {
  const at = row.moment('TransactionDateTime') ?? around.at;
  if (at === undefined) throw unreadable(row.pathOf('TransactionDateTime'), 'value.missing');
  const view = viewOf(row, around);
  if (view === undefined) throw unreadable(row.pathOf('ViewName'), 'value.missing');
  const location = locationOf(row, around);
  const status = statusOf(row, reading.limitedStatus);
  return given({
    sku: sku(row.requiredText('ItemId')),
    location: location === undefined ? undefined : locationId(location),
    view,
    status,
    quantity: quantityOf(row, status, reading.views[view] ?? {}, reading.published),
    nextAvailable: row.moment('NextAvailabilityDate'),
    at,
  });
}

export const viewOf = (row: Fields, around: RecordSurroundings): string | undefined =>
  row.text('ViewName') ?? around.view;

export const locationOf = (row: Fields, around: RecordSurroundings): string | undefined =>
  row.text('LocationId') ?? around.location;

/** By its code; a text may be the tenant's own (§6.1). */
function statusOf(row: Fields, limited: string | undefined): StockStatus {
  const code = row.text('StatusCode');
  const text = row.text('Status');
  if (code === undefined && text === undefined) throw unreadable(row.pathOf('StatusCode'), 'value.missing');
  const isCode = code !== undefined && /^[012](\.0+)?$/.test(code);
  if (isCode) return CODES[String(Number(code))] ?? 'out-of-stock';
  if (code === undefined && text !== undefined) {
    if (text === limited) return 'limited';
    const known = Object.hasOwn(TEXTS, text) ? TEXTS[text] : undefined;
    if (known) return known;
  }
  const field = row.pathOf(code === undefined ? 'Status' : 'StatusCode');
  const sentence = `${field} has a status of stock that we do not know.`;
  const remedy = 'Compare the statuses of the view at the OMS with those that we know.';
  throw unmapped(field, code ?? text ?? '', { sentence, remedy });
}

function quantityOf(row: Fields, status: StockStatus, view: AvailabilityView, published: boolean): number | null {
  if (published && view.publishesQuantity === false) return null;
  if (row.flag('IsInfiniteAvailability')) return Infinity;
  const told = toldQuantity(row);
  if (told === undefined) return null;
  const isSilent = told === 0 && status !== 'out-of-stock' && view.publishesQuantity === undefined;
  return published && isSilent ? null : told;
}

/** `Quantity` is a number of one location, and an object by kinds of location of the whole network (§6.2). */
function toldQuantity(row: Fields): number | undefined {
  const total = row.quantity('TotalQuantity');
  if (total !== undefined) return total;
  if (!isRecord(row.raw['Quantity'])) return row.quantity('Quantity');
  const kinds = row.child('Quantity');
  const parts = Object.keys(kinds?.raw ?? {}).flatMap((kind) => kinds?.quantity(kind) ?? []);
  return parts.length === 0 ? undefined : addQuantities(parts);
}
