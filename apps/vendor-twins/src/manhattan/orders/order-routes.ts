import type { TenantConfig } from '../control/tenant-config.js';
import type { LateCancels } from '../late-cancel/late-cancels.js';
import { search } from '../entities/search.js';
import type { FulfilmentEvents } from '../fulfilment/receive-events.js';
import { success } from '../wire/envelope.js';
import type { Caller } from '../wire/caller.js';
import { objectIn, rows, text, type JsonObject } from '../wire/json.js';
import { Refusal } from '../wire/refusal.js';
import type { VendorRoutes } from '../wire/vendor-routes.js';
import type { ResponseTemplates } from './response-templates.js';
import { problem, recordedSave, type RecordedSaveParts } from './recorded-save.js';

export interface OrderRouteParts extends RecordedSaveParts {
  events: FulfilmentEvents;
  lateCancels: LateCancels;
  config: TenantConfig;
  templates: ResponseTemplates;
}

/** The order component's endpoints of this cut (§3.1, §4.3). */
export function addOrderRoutes(routes: VendorRoutes, parts: OrderRouteParts): void {
  const { lateCancels, templates } = parts;
  routes.add(
    'POST',
    '/order/api/order/order/save',
    ({ caller, body, query }) => {
      const answer = recordedSave(parts, caller, body);
      const saved = objectIn(answer, 'data');
      return saved ? { ...answer, data: templates.apply(query.templateName, saved) } : answer;
    },
    true,
  );

  routes.add('POST', '/order/api/order/order/bulkImport', ({ caller, body }) => bulkImport(parts, caller, body), true);

  routes.add('POST', '/order/api/order/postReleaseCancellationTracker/search', ({ caller, body }) => {
    const { data, header } = search(lateCancels.trackers(caller.organization), body);
    return success('order', data, [], header);
  });

  addEventRoutes(routes, parts);
}

/** The warehouse's door, under either path (§4.1, §13). */
function addEventRoutes(routes: VendorRoutes, { events, config }: OrderRouteParts): void {
  for (const entity of ['orderevent', 'fulfillmentevent'])
    routes.add('POST', `/order/api/order/${entity}/receive`, ({ caller, body }) => {
      const { eventPaths } = config.now;
      if (eventPaths !== 'both' && eventPaths !== entity) throw new Refusal(404, '404', `No handler for ${entity}`);
      const refused = events.receive(caller, body);
      return success(
        'order',
        null,
        refused.map(({ code, description }) => problem(code, description)),
      );
    });
}

/** New orders only, each by itself; 200 with a count of the failures in the body (§2.1, §10.10). */
function bulkImport(parts: OrderRouteParts, caller: Caller, body: JsonObject): JsonObject {
  const wanted = rows(body, 'Data').length > 0 ? rows(body, 'Data') : rows(body, 'data');
  const refused = wanted.flatMap((payload) => {
    const orderId = text(payload, 'OrderId') ?? '';
    if (parts.ledger.find(caller.organization, orderId))
      return [problem('OrderId', `Order ${orderId} exists and is not updated by an import`)];
    try {
      recordedSave(parts, caller, payload);
      return [];
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return [problem(error.code, `${orderId}: ${error.description}`)];
    }
  });
  const data = { SuccessCount: wanted.length - refused.length, FailedCount: refused.length };
  return success('order', data, refused);
}
