import type { Cents } from './cents.js';

/** A site as a judge knows it, written down independently of `config/sites`. */
export interface GoldenSite {
  readonly id: 'aurora-us' | 'boreal-eu' | 'aurora-jp';
  /** In order numbers. */
  readonly short: string;
  readonly organization: 'AURORA' | 'BOREAL';
  readonly currency: 'USD' | 'EUR' | 'JPY';
  readonly country: 'US' | 'DE' | 'JP';
  readonly pricesIncludeTax: boolean;
  readonly taxName: string;
  readonly taxRate: number;
  /** The tax on an amount as priced: on top of it, or held in it. */
  readonly taxOf: (price: Cents) => Cents;
  /** What a price of the catalogue is multiplied by: yen have no fraction. */
  readonly priceFactor: number;
  readonly stores: readonly [string];
  readonly nodes: readonly [string, string];
  readonly carrier: string;
  /** What the people of the site read instead of our words. */
  readonly labels: Readonly<Record<string, string>>;
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
  priceFactor: 1,
  stores: ['AUR-101'],
  nodes: ['AUR-DC-EAST', 'AUR-DC-WEST'],
  carrier: 'NORTHPOST',
  labels: {
    shipped: 'Shipped',
    delivered: 'Delivered',
    returned: 'Returned',
    cancelled: 'Cancelled',
    'partially-returned': 'Partly returned',
  },
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
  priceFactor: 1,
  stores: ['BOR-201'],
  nodes: ['BOR-DC-NORD', 'BOR-DC-SUED'],
  carrier: 'EILPAKET',
  labels: {
    shipped: 'Versendet',
    delivered: 'Zugestellt',
    returned: 'Zurückgesendet',
    cancelled: 'Storniert',
    'partially-returned': 'Teilweise zurückgesendet',
  },
};

/** Another storefront of the same brand and the same OMS organization. */
const nihon: GoldenSite = {
  id: 'aurora-jp',
  short: 'JP',
  organization: 'AURORA',
  currency: 'JPY',
  country: 'JP',
  pricesIncludeTax: true,
  taxName: 'Consumption tax',
  taxRate: 0.1,
  // Hundredths, rounded to the whole yen.
  taxOf: (price) => Math.round(price / 1_100) * 100,
  priceFactor: 100,
  stores: ['AUR-301'],
  nodes: ['AUR-DC-EAST', 'AUR-DC-WEST'],
  carrier: 'HAYABUSA',
  labels: { shipped: '発送済み', delivered: '配達済み', returned: '返品済み', cancelled: 'キャンセル' },
};

export const goldenSites: readonly GoldenSite[] = [aurora, boreal, nihon];
