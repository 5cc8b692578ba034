import { ModTypeRules } from '../orders/mod-type-rules.js';
import { ReleaseDestinations } from '../publishing/release-destinations.js';
import type { Json, JsonObject } from '../wire/json.js';
import { TABLE } from './switch-table.js';
import { DEFAULTS, type TenantSwitches } from './tenant-switches.js';

/** The tenant's configuration: one table of switches, readable and settable over the control API. */
export class TenantConfig {
  readonly modTypes = new ModTypeRules();
  readonly releaseDestinations = new ReleaseDestinations();
  private switches: TenantSwitches = { ...DEFAULTS };

  get now(): Readonly<TenantSwitches> {
    return this.switches;
  }

  /** Takes the known switches with values that they may have; answers the names it did not take. */
  merge(wanted: JsonObject): string[] {
    const taken = Object.entries(wanted).filter(([name, value]) => accepts(name, value));
    const tables = Object.entries(wanted).filter(([name, value]) => this.mergeTable(name, value));
    this.switches = { ...this.switches, ...Object.fromEntries(taken) };
    return Object.keys(wanted).filter((name) => ![...taken, ...tables].some(([known]) => known === name));
  }

  private mergeTable(name: string, value: Json): boolean {
    if (name === 'modTypes') return this.modTypes.merge(value);
    return name === 'releaseDestinations' && this.releaseDestinations.merge(value);
  }

  /** Every switch with its value, its default, its choices and where the fact sheet speaks of it. */
  report(): JsonObject {
    const switches = Object.fromEntries(
      Object.entries(TABLE).map(([name, { section, about, oneOf }]) => [
        name,
        {
          value: valueOf(this.switches, name),
          default: valueOf(DEFAULTS, name),
          oneOf: oneOf ? [...oneOf] : null,
          section,
          about,
        },
      ]),
    );
    return {
      ...switches,
      modTypes: { section: '§3.7', about: 'Rules by order type', ...this.modTypes.report() },
      releaseDestinations: {
        section: '§4.5',
        about: 'FulfillmentLocationConfig by ship-from location; no row, no release message',
        value: this.releaseDestinations.report(),
      },
    };
  }

  reset(): void {
    this.modTypes.reset();
    this.releaseDestinations.reset();
    this.switches = { ...DEFAULTS };
  }
}

function accepts(name: string, value: Json): boolean {
  const described = Object.entries(TABLE).find(([known]) => known === name)?.[1];
  if (!described) return false;
  return described.oneOf ? described.oneOf.includes(value) : typeof value === typeof valueOf(DEFAULTS, name);
}

function valueOf(switches: TenantSwitches, name: string): Json {
  const values: JsonObject = { ...switches };
  return values[name] ?? null;
}
