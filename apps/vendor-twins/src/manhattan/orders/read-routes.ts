import type { TenantConfig } from '../control/tenant-config.js';
import { search } from '../entities/search.js';
import { success } from '../wire/envelope.js';
import type { JsonObject } from '../wire/json.js';
import { Refusal } from '../wire/refusal.js';
import type { VendorRoutes } from '../wire/vendor-routes.js';
import type { VirtualClock } from '../wire/virtual-clock.js';
import { isArchived } from './archiving.js';
import type { OrderLedger } from './order-ledger.js';
import { reasonRows } from './reasons.js';
import type { ResponseTemplates } from './response-templates.js';
import type { SearchIndex } from './search-index.js';

interface ReadRouteParts {
  ledger: OrderLedger;
  config: TenantConfig;
  clock: VirtualClock;
  index: SearchIndex;
  templates: ResponseTemplates;
}

const ORDER = '/order/api/order';

/** Reading (§2.2, §3.1): by id what is true, by search what has been indexed. */
export function addReadRoutes(routes: VendorRoutes, { ledger, config, clock, index, templates }: ReadRouteParts): void {
  const found = (entities: JsonObject[], body: JsonObject) => {
    const size = Math.min(Number(body.Size ?? 50), config.now.searchMaxSize);
    const present = entities.filter((entity) => !isArchived(entity, clock.now()));
    const { data, header } = search(present, { ...body, Size: size });
    return success('order', data, [], header);
  };
  const read = (organization: string, orderId = '') => {
    const order = ledger.find(organization, orderId);
    if (!order || isArchived(order, clock.now())) throw new Refusal(404, 'OrderId', `Order ${orderId} is not known`);
    return order;
  };
  routes.add('GET', `${ORDER}/order/orderId/:orderId`, ({ caller, params, query }) => {
    const order = read(caller.organization, params.orderId);
    return success('order', templates.apply(query.templateName, order));
  });
  routes.add('GET', `${ORDER}/order/orderId/:orderId/paymentStatus`, ({ caller, params }) => {
    const order = read(caller.organization, params.orderId);
    return success('order', { OrderId: order.OrderId ?? null, PaymentStatus: order.PaymentStatus ?? null });
  });
  routes.add('POST', `${ORDER}/order/search`, ({ caller, body }) => found(index.orders(caller.organization), body));
  routes.add('POST', `${ORDER}/order/searchOrderAcrossOrganizations`, ({ body }) => found(index.all(), body));
  routes.add('POST', `${ORDER}/reason/search`, ({ body }) => {
    if (!config.now.reasonSearchGrant) throw new Refusal(403, '403', 'The user has no grant to search reasons');
    return found(reasonRows(), body);
  });
  routes.add('POST', '/order/api/fwcore/responseTemplate/save', ({ body }) => {
    templates.save(body);
    return success('order', null);
  });
}
