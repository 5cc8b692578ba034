import { fromUnits, sum } from '../wire/decimals.js';
import type { JsonObject } from '../wire/json.js';
import { vendorTime } from '../wire/vendor-time.js';
import type { Availability, StatusCode } from './availability.js';
import type { InventorySettings } from './inventory-settings.js';
import type { AvailabilityView } from './view.js';

export interface RowSurroundings {
  view: AvailabilityView;
  settings: InventorySettings;
  /** Milliseconds since the epoch; stamps what never changed. */
  now: number;
}

/** What answers and messages say of availability: `Quantity` is an object for the network and a number for a location (§6.2). */
export function availabilityRow(found: Availability, around: RowSurroundings): JsonObject {
  const rest = {
    TotalIncludingSubstituteItems: fromUnits(found.quantity),
    SubstituteItemsAvailable: false,
    SubstitutionDetails: null,
    ...(around.settings.extraFields ? extraFields(found) : {}),
  };
  if (found.locationId !== undefined)
    return {
      ...statusRow(found, around),
      Quantity: fromUnits(found.quantity),
      ...rest,
      IsInfiniteAvailability: found.infinite,
    };
  const kinds = Object.entries(found.byKind).filter(([, quantity]) => quantity !== 0);
  return {
    ...statusRow(found, around),
    TotalQuantity: fromUnits(found.quantity),
    Quantity: Object.fromEntries(kinds.map(([kind, quantity]) => [kind, fromUnits(quantity)])),
    NetworkProtectionQuantity: found.protectedQuantity === 0 ? {} : { Total: fromUnits(found.protectedQuantity) },
    ...rest,
    IsInfiniteAvailability: found.infinite ? true : null,
  };
}

/** What some tenants' templates add (§6.2). */
function extraFields({ onHand, future }: Availability): JsonObject {
  const [first] = future;
  return {
    OnHandQuantity: fromUnits(onHand),
    FutureQuantity: fromUnits(sum(future.map(({ quantity }) => quantity))),
    FirstAvailableFutureQuantity: first ? fromUnits(first.quantity) : null,
    FirstAvailableFutureDate: first?.eta ?? null,
  };
}

/** The status-only flavour. */
export function statusRow(found: Availability, { view, settings, now }: RowSurroundings): JsonObject {
  return {
    ItemId: found.itemId,
    ...(found.locationId === undefined ? {} : { LocationId: found.locationId }),
    Status: statusText(found.status, settings),
    StatusCode: found.status,
    NextAvailabilityDate: found.nextAvailability,
    ViewName: view.name,
    ViewId: view.id,
    TransactionDateTime: vendorTime(found.changedAt || now),
  };
}

/** As published: without its quantity where the view does not publish it (§6.3). */
export function publishedRow(found: Availability, around: RowSurroundings): JsonObject {
  if (around.view.publishesQuantity) return availabilityRow(found, around);
  return availabilityRow({ ...found, quantity: 0, byKind: { DistributionCenters: 0, Stores: 0 } }, around);
}

export function statusText(status: StatusCode, { statusOut, statusLimited, statusIn }: InventorySettings): string {
  return [statusOut, statusLimited, statusIn][status] ?? statusOut;
}
