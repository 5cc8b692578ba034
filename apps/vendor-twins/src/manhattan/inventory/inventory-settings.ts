import type { Json, JsonObject } from '../wire/json.js';

/** What a tenant configures, and what nobody publishes (§6.3, §12), each with the sheet's default. */
export const INVENTORY_DEFAULTS = {
  statusOut: 'OUT_OF_STOCK',
  statusLimited: 'LIMITED',
  statusIn: 'AVAILABLE',
  extraFields: false,
  sendEmptyPages: false,
  alertOnFutureDate: false,
  changeEvents: false,
  itemsPerStyle: 50,
  locationsPerCall: 100,
  replaceAt: '*',
  discriminatorName: 'MessageType',
  startValue: 'StartSync',
  detailsValue: 'SyncDetails',
  endValue: 'EndSync',
  recordsName: 'AvailabilityDetails',
  alertRecordName: '',
};

/** What each is, in words for people. */
export const INVENTORY_TABLE: Record<keyof typeof INVENTORY_DEFAULTS, { section: string; about: string }> = {
  statusOut: { section: '§6.1', about: 'Status text of stock code 0' },
  statusLimited: { section: '§6.1, §12', about: 'Status text of stock code 1, which appears in no sample' },
  statusIn: { section: '§6.1', about: 'Status text of stock code 2' },
  extraFields: { section: '§6.2, §12', about: 'Quantities on hand and to come beside the available one' },
  sendEmptyPages: { section: '§6.3', about: 'sendEmptyAvailabilityOBPage: sync pages without rows are sent too' },
  alertOnFutureDate: { section: '§6.3', about: 'An alert also when the first future date changes' },
  changeEvents: { section: '§6.3', about: 'PublishAvailabilityChange is configured' },
  itemsPerStyle: { section: '§2.7, §13', about: 'Most items of a style in one call; another page says 500' },
  locationsPerCall: { section: '§2.7', about: 'Most locations in one call' },
  replaceAt: { section: '§6.4', about: 'Locations that take absolute quantities, with commas, or * for all' },
  discriminatorName: { section: '§6.3, §12', about: 'Attribute that tells Start, Details and End of a sync apart' },
  startValue: { section: '§6.3, §12', about: 'Its value at the start' },
  detailsValue: { section: '§6.3, §12', about: 'Its value on a page' },
  endValue: { section: '§6.3, §12', about: 'Its value at the end' },
  recordsName: { section: '§6.3, §12', about: 'Name of the list of records on a page' },
  alertRecordName: {
    section: '§6.3, §12',
    about: "Name under which an alert's record lies; empty for the bare record",
  },
};

export type InventorySettings = Readonly<typeof INVENTORY_DEFAULTS>;

export class InventoryConfig {
  private settings: InventorySettings = { ...INVENTORY_DEFAULTS };

  get now(): InventorySettings {
    return this.settings;
  }

  /** Takes known settings of the right type; answers the names it did not take. */
  merge(wanted: JsonObject): string[] {
    const types = new Map<string, string>(
      Object.entries(INVENTORY_DEFAULTS).map(([name, value]) => [name, typeof value]),
    );
    const taken = Object.entries(wanted).filter(([name, value]: [string, Json]) => types.get(name) === typeof value);
    this.settings = { ...this.settings, ...Object.fromEntries(taken) };
    return Object.keys(wanted).filter((name) => !taken.some(([known]) => known === name));
  }

  reset(): void {
    this.settings = { ...INVENTORY_DEFAULTS };
  }
}
