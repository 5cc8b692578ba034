import type { CrmTwin, SeedRecord } from '../support/stack/crm-twin.js';
import { major, type Cents } from './cents.js';
import { goldenSites } from './sites.js';

/** What is sold; `shipping` is the product that carries the shipping charge. Prices are the same figures in each currency. */
export const products = {
  kettle: { sku: 'KTL-0017', name: 'Enamel kettle 1.7 l', price: 4_990 },
  lamp: { sku: 'LMP-2040', name: 'Desk lamp, brass', price: 2_490 },
  mug: { sku: 'MUG-0350', name: 'Stoneware mug', price: 1_295 },
  blanket: { sku: 'BLK-1400', name: 'Wool blanket 140 x 200', price: 8_900 },
  tray: { sku: 'TRY-0042', name: 'Oak tray', price: 2_490 },
  candle: { sku: 'CND-0009', name: 'Beeswax candle', price: 2_490 },
  shipping: { sku: 'SHIPPING', name: 'Shipping', price: 595 },
} satisfies Record<string, { sku: string; name: string; price: Cents }>;

export type ProductName = keyof typeof products;

/** Names of the records that every order refers to; the ids are the CRM's. */
export interface Catalogue {
  readonly idOf: (name: string) => string;
}

export const entryName = (product: ProductName, currency: string): string => `entry-${product}-${currency}`;

/** Makes the org what it is where our package is installed, with products, prices, delivery methods and the guests' accounts: once for all orders of a run. */
export async function seedCatalogue(crm: CrmTwin): Promise<Catalogue> {
  await crm.enforceRules();
  const ids = await crm.seed([...sold(), ...prices(), ...around()]);
  return {
    idOf: (name) => {
      const id = ids[name];
      if (id === undefined) throw new Error(`The catalogue has no ${name}.`);
      return id;
    },
  };
}

const record = (type: string, referenceId: string, fields: Record<string, unknown>): SeedRecord => ({
  attributes: { type, referenceId },
  ...fields,
});

const sold = (): SeedRecord[] =>
  Object.entries(products).map(([name, { sku, name: title }]) =>
    record('Product2', name, { Name: title, ProductCode: sku, StockKeepingUnit: sku, IsActive: true }),
  );

function prices(): SeedRecord[] {
  const book = record('Pricebook2', 'book', { Name: 'Web prices', IsActive: true });
  const entries = goldenSites.flatMap(({ currency, priceFactor }) =>
    Object.entries(products).map(([name, { price }]) =>
      record('PricebookEntry', `entry-${name}-${currency}`, {
        Pricebook2Id: '@book',
        Product2Id: `@${name}`,
        UnitPrice: major(price * priceFactor),
        IsActive: true,
        CurrencyIsoCode: currency,
      }),
    ),
  );
  return [book, ...entries];
}

/** A guest has no account of his own: all guests of a site share one. */
function around(): SeedRecord[] {
  return [
    ...['Standard Ground', 'Store Pickup', 'Ship to Store'].map((name) =>
      record('OrderDeliveryMethod', `method-${name}`, { Name: name, IsActive: true }),
    ),
    record('SalesChannel', 'web', { SalesChannelName: 'Web', Type: 'Online' }),
    ...goldenSites.map(({ id, currency }) =>
      record('Account', `guests-${id}`, { Name: `Guests of ${id}`, CurrencyIsoCode: currency }),
    ),
  ];
}
