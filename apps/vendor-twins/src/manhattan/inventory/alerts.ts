import type { JsonObject } from '../wire/json.js';
import { networkAvailability, type Availability } from './availability.js';
import { publishedRow } from './availability-rows.js';
import type { Inventory } from './inventory.js';

/** Sends a message about stock on behalf of an organization. */
export type Announce = (organization: string, messageType: string, payload: JsonObject) => void;

/**
 * Tells of changes of network views (§6.3): an alert for a new record and when the status crosses a threshold, silence
 * between thresholds; where configured, every change as a change event.
 */
export function watchStock(inventory: Inventory, announce: Announce): void {
  const { store } = inventory;
  const earlier = new Map<string, Availability>(); // by view
  store.onChange(
    (organization, itemId) => {
      const supplies = store.of(organization, itemId);
      earlier.clear();
      for (const view of networkViews(inventory, organization))
        earlier.set(view.id, networkAvailability(view, itemId, supplies));
    },
    (organization, itemId) => {
      const settings = inventory.config.now;
      for (const view of networkViews(inventory, organization)) {
        const before = earlier.get(view.id);
        const after = networkAvailability(view, itemId, store.of(organization, itemId));
        if (!before || after.changedAt === before.changedAt) continue; // nothing of this view
        const row = publishedRow(after, { view, settings, now: inventory.clock.now() });
        const dateChanged = settings.alertOnFutureDate && after.nextAvailability !== before.nextAvailability;
        const isNew = before.changedAt === 0;
        if (isNew || after.status !== before.status || dateChanged)
          announce(organization, 'PublishAvailabilityAlertMSGType', wrapped(row, settings.alertRecordName));
        if (settings.changeEvents) announce(organization, 'PublishAvailabilityChangeMSGType', row);
      }
    },
  );
}

function networkViews(inventory: Inventory, organization: string) {
  return inventory.viewsOf(organization).filter(({ type, active }) => type === 'network' && active);
}

function wrapped(row: JsonObject, name: string): JsonObject {
  return name === '' ? row : { [name]: row };
}
