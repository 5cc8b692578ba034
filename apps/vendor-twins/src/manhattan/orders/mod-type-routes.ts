import { success } from '../wire/envelope.js';
import { Refusal } from '../wire/refusal.js';
import type { VendorRoutes } from '../wire/vendor-routes.js';
import type { ModTypeRules } from './mod-type-rules.js';
import { permittedModTypes } from './modification-rules.js';
import type { OrderLedger } from './order-ledger.js';

/** `permittedModTypes` and `ModTypes` (§3.1): what a save may change now. */
export function addModTypeRoutes(routes: VendorRoutes, ledger: OrderLedger, rules: ModTypeRules): void {
  const read = (organization: string, orderId = '') => {
    const order = ledger.find(organization, orderId);
    if (!order) throw new Refusal(404, 'OrderId', `Order ${orderId} is not known`);
    return { orderId, ...permittedModTypes(rules, order) };
  };
  routes.add('GET', '/order/api/order/order/orderId/:orderId/permittedModTypes', ({ caller, params }) => {
    const { orderId, order, lines } = read(caller.organization, params.orderId);
    return success('order', {
      OrderId: orderId,
      PermittedModTypes: order.permitted,
      OrderLinePermittedModTypes: lines.map((line) => ({
        OrderLineId: line.orderLineId,
        PermittedModTypes: line.permitted,
      })),
    });
  });
  routes.add('GET', '/order/api/order/order/orderId/:orderId/ModTypes', ({ caller, params }) => {
    const { orderId, order, lines } = read(caller.organization, params.orderId);
    return success('order', {
      OrderId: orderId,
      EligibleModTypes: order.permitted,
      IneligibleModTypes: order.ineligible,
      OrderLine: lines.map((line) => ({
        OrderLineId: line.orderLineId,
        EligibleModTypes: line.permitted,
        IneligibleModTypes: line.ineligible,
      })),
    });
  });
}
