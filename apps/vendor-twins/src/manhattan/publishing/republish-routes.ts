import type { TenantConfig } from '../control/tenant-config.js';
import { success } from '../wire/envelope.js';
import { rows } from '../wire/json.js';
import { Refusal } from '../wire/refusal.js';
import type { VendorRoutes } from '../wire/vendor-routes.js';
import { linesByOrder } from '../fulfilment/fulfilment-routes.js';
import type { OrderLedger } from '../orders/order-ledger.js';
import { problem } from '../orders/recorded-save.js';
import { publishLines, publishRelease } from './order-publishing.js';
import type { Publisher } from './publisher.js';

interface RepublishParts {
  ledger: OrderLedger;
  publisher: Publisher;
  config: TenantConfig;
}

const ORDER = '/order/api/order/order';

/** Publishing by hand (§3.1, §4.1, §7.3): orders, lines, releases. */
export function addRepublishRoutes(routes: VendorRoutes, parts: RepublishParts): void {
  const { ledger, publisher } = parts;
  routes.add('POST', `${ORDER}/publish`, ({ caller, body }) => {
    const ids = Array.isArray(body.OrderIds) ? body.OrderIds.map(String) : [];
    if (ids.length === 0) throw new Refusal(400, 'OrderIds', 'OrderIds is required');
    const unknown = ids.filter((id) => !ledger.find(caller.organization, id));
    for (const id of ids) {
      const order = ledger.find(caller.organization, id);
      if (order) publisher.publish(caller, order, order);
    }
    return success(
      'order',
      null,
      unknown.map((id) => problem('OrderId', `Order ${id} is not known`)),
    );
  });
  routes.add('POST', `${ORDER}/orderLine/publish`, ({ caller, body }) => {
    for (const [orderId, lineIds] of linesByOrder(body)) {
      const order = ledger.find(caller.organization, orderId);
      if (!order) throw new Refusal(404, 'OrderId', `Order ${orderId} is not known`);
      const lines = rows(order, 'OrderLine').filter((line) => lineIds.includes(String(line.OrderLineId)));
      publishLines(publisher, { before: order, after: order, caller }, lines);
    }
    return success('order', null);
  });
  addExportRoutes(routes, parts);
}

function addExportRoutes(routes: VendorRoutes, { ledger, publisher, config }: RepublishParts): void {
  const exportOf = (organization: string, fits: (orderId: string, releaseId: string) => boolean) =>
    ledger
      .all()
      .filter((order) => order.OrgId === organization)
      .flatMap((order) => rows(order, 'Release').map((release) => ({ order, release })))
      .filter(({ order, release }) => fits(String(order.OrderId), String(release.ReleaseId)));
  for (const [path, isRelease] of [
    [`${ORDER}/release/:id/export`, true],
    [`${ORDER}/:id/release/export`, false],
  ] as const)
    routes.add('GET', path, ({ caller, params }) => {
      const id = params.id ?? '';
      const found = exportOf(caller.organization, (orderId, releaseId) => (isRelease ? releaseId : orderId) === id);
      if (found.length === 0) throw new Refusal(404, 'ReleaseId', `No release is known for ${id}`);
      for (const { order, release } of found) publishRelease(publisher, config, caller, order, release);
      return success('order', null);
    });
}
