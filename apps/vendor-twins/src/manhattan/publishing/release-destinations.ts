import { isObject, rows, text, type Json, type JsonObject } from '../wire/json.js';

/** One row of `FulfillmentLocationConfig` (§4.5); the location `*` stands for all without a row of their own. */
interface ReleaseDestination {
  locationId: string;
  templateName: string;
  destinationId: string;
}

const TEMPLATES = ['ReleaseOutboundFullTemplate', 'BasicCustomer', 'BasicRetail'];

/** Which ship-from locations send their releases, and as what. No row, no message. */
export class ReleaseDestinations {
  private destinations: ReleaseDestination[] = [];

  of(locationId: string): ReleaseDestination | undefined {
    const known = (id: string) => this.destinations.find((row) => row.locationId === id);
    return known(locationId) ?? known('*');
  }

  /** Replaces all rows; false when they cannot be read, then nothing. */
  merge(wanted: Json): boolean {
    if (!Array.isArray(wanted) || !wanted.every(isObject)) return false;
    const read = rows({ wanted }, 'wanted').map((row) => ({
      locationId: text(row, 'LocationId') ?? '',
      templateName: text(row, 'ReleaseTemplateName') ?? 'ReleaseOutboundFullTemplate',
      destinationId: text(row, 'ReleaseDestinationId') ?? '',
    }));
    if (read.some((row) => row.locationId === '' || row.destinationId === '')) return false;
    if (read.some((row) => !TEMPLATES.includes(row.templateName))) return false;
    this.destinations = read;
    return true;
  }

  report(): JsonObject[] {
    return this.destinations.map(({ locationId, templateName, destinationId }) => ({
      LocationId: locationId,
      ReleaseTemplateName: templateName,
      ReleaseDestinationId: destinationId,
    }));
  }

  reset(): void {
    this.destinations = [];
  }
}
