import type { FastifyInstance } from 'fastify';
import { search } from '../entities/search.js';
import { fromUnits, toUnits } from '../wire/decimals.js';
import { success } from '../wire/envelope.js';
import { parsedObject, rows, text, type JsonObject } from '../wire/json.js';
import { invalid } from '../wire/refusal.js';
import { vendorTime } from '../wire/vendor-time.js';
import type { VendorRoutes } from '../wire/vendor-routes.js';
import { receiveSupplyEvents } from './supply-events.js';
import { ON_HAND, type Supply, type SupplyStore } from './supply-store.js';

interface SupplyParts {
  store: SupplyStore;
  /** Whether the location takes replacements (§6.4). */
  mayReplace: (locationId: string) => boolean;
}

/** The inventory component's supply (§6.4). */
export function addSupplyRoutes(routes: VendorRoutes, { store, mayReplace }: SupplyParts): void {
  routes.add('POST', '/inventory/api/inventory/supply/supplyEvent', ({ caller, body }) => {
    receiveSupplyEvents(store, caller.organization, body, mayReplace);
    return success('inventory', null);
  });
  routes.add('GET', '/inventory/api/inventory/supply', ({ caller, query }) => {
    const { query: Query = '', size = 20, page = 0 } = query;
    const { data, header } = search(store.of(caller.organization).map(record), { Query, Size: size, Page: page });
    return success('inventory', data, [], header);
  });
}

/** Stock as a test wants it: `PUT {"organization","supply":[{"itemId","locationId","quantity","supplyType?","eta?"}]}`. */
export function addSupplyControl(app: FastifyInstance, store: SupplyStore): void {
  app.get<{ Querystring: { organization?: string } }>('/control/inventory/supply', ({ query }) =>
    store.of(query.organization ?? '').map(record),
  );
  app.put('/control/inventory/supply', ({ body }) => {
    const wanted = parsedObject(body) ?? {};
    const organization = text(wanted, 'organization');
    if (organization === undefined) throw invalid('organization', 'organization is required');
    for (const row of rows(wanted, 'supply')) set(store, organization, row);
    return store.of(organization).map(record);
  });
}

function set(store: SupplyStore, organization: string, row: JsonObject): void {
  const [itemId, locationId] = [text(row, 'itemId'), text(row, 'locationId')];
  const quantity = Number(row.quantity);
  if (itemId === undefined || locationId === undefined || !Number.isFinite(quantity))
    throw invalid('supply', 'supply needs itemId, locationId and quantity');
  const key = { organization, itemId, locationId, supplyType: text(row, 'supplyType') ?? ON_HAND };
  store.change(key, (supply) => {
    supply.quantity = toUnits(quantity);
    supply.eta = text(row, 'eta') ?? null;
  });
}

function record(supply: Supply): JsonObject {
  return {
    OrgId: supply.organization,
    ItemId: supply.itemId,
    LocationId: supply.locationId,
    SupplyTypeId: { SupplyTypeId: supply.supplyType },
    Quantity: fromUnits(supply.quantity),
    UOM: 'U',
    ETA: supply.eta,
    ExternalSequenceNumber: supply.externalSequenceNumber,
    SupplyAllocation: { AllocatedQuantity: fromUnits(supply.allocated) },
    UpdatedTimestamp: vendorTime(supply.changedAt),
  };
}
