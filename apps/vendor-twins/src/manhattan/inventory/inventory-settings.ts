import type { Json, JsonObject } from '../wire/json.js';

/** What a tenant configures, and what nobody publishes (§6.3, §12), each with the sheet's default. */
const DEFAULTS = {
  /** Status texts; the one for limited stock appears in no sample (§6.1). */
  statusOut: 'OUT_OF_STOCK',
  statusLimited: 'LIMITED',
  statusIn: 'AVAILABLE',
  /** On-hand and future quantities beside the available one (§6.2). */
  extraFields: false,
  /** `sendEmptyAvailabilityOBPage` */
  sendEmptyPages: false,
  /** An alert also when the first future date changes. */
  alertOnFutureDate: false,
  /** `PublishAvailabilityChange` is configured. */
  changeEvents: false,
  /** The two pages of the documentation say 50 and 500 (§2.7, §13). */
  itemsPerStyle: 50,
  locationsPerCall: 100,
  /** Locations that take absolute quantities (§6.4): ids with commas, or `*`. */
  replaceAt: '*',
  /** Names of the wrapper in sync messages, which are not published. */
  discriminatorName: 'MessageType',
  startValue: 'StartSync',
  detailsValue: 'SyncDetails',
  endValue: 'EndSync',
  recordsName: 'AvailabilityDetails',
  /** The name under which an alert's record lies; empty for the bare record. */
  alertRecordName: '',
};

export type InventorySettings = Readonly<typeof DEFAULTS>;

export class InventoryConfig {
  private settings: InventorySettings = { ...DEFAULTS };

  get now(): InventorySettings {
    return this.settings;
  }

  /** Takes known settings of the right type; answers the names it did not take. */
  merge(wanted: JsonObject): string[] {
    const types = new Map<string, string>(Object.entries(DEFAULTS).map(([name, value]) => [name, typeof value]));
    const taken = Object.entries(wanted).filter(([name, value]: [string, Json]) => types.get(name) === typeof value);
    this.settings = { ...this.settings, ...Object.fromEntries(taken) };
    return Object.keys(wanted).filter((name) => !taken.some(([known]) => known === name));
  }

  reset(): void {
    this.settings = { ...DEFAULTS };
  }
}
