import type { Cents } from './cents.js';

/** A site as a judge knows it, written down independently of `config/sites`. */
export interface GoldenSite {
  readonly id: 'aurora-us' | 'boreal-eu';
  /** In order numbers. */
  readonly short: string;
  readonly organization: 'AURORA' | 'BOREAL';
  readonly currency: 'USD' | 'EUR';
  readonly country: 'US' | 'DE';
  readonly pricesIncludeTax: boolean;
  readonly taxName: string;
  readonly taxRate: number;
  /** The tax on an amount as priced: on top of it, or held in it. */
  readonly taxOf: (price: Cents) => Cents;
  readonly stores: readonly [string];
  readonly nodes: readonly [string, string];
  readonly carrier: string;
}

const aurora: GoldenSite = {
  id: 'aurora-us',
  short: 'AU',
  organization: 'AURORA',
  currency: 'USD',
  country: 'US',
  pricesIncludeTax: false,
  taxName: 'Sales tax',
  taxRate: 0.06,
  taxOf: (price) => Math.round((price * 6) / 100),
  stores: ['AUR-101'],
  nodes: ['AUR-DC-EAST', 'AUR-DC-WEST'],
  carrier: 'NORTHPOST',
};

const boreal: GoldenSite = {
  id: 'boreal-eu',
  short: 'BO',
  organization: 'BOREAL',
  currency: 'EUR',
  country: 'DE',
  pricesIncludeTax: true,
  taxName: 'VAT',
  taxRate: 0.19,
  taxOf: (price) => Math.round((price * 19) / 119),
  stores: ['BOR-201'],
  nodes: ['BOR-DC-NORD', 'BOR-DC-SUED'],
  carrier: 'EILPAKET',
};

export const goldenSites: readonly GoldenSite[] = [aurora, boreal];
