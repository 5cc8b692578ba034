import { success } from '../wire/envelope.js';
import { rows } from '../wire/json.js';
import { Refusal } from '../wire/refusal.js';
import type { VendorRoutes } from '../wire/vendor-routes.js';
import type { OrderLedger } from '../orders/order-ledger.js';
import type { ReturnEvents } from './receive-returns.js';
import type { Returns } from './returns.js';

interface ReturnRouteParts {
  ledger: OrderLedger;
  returns: Returns;
  returnEvents: ReturnEvents;
}

const ORDER = '/order/api/order/order';

/** The endpoints of §5.2. Where the sheet gives a path without a method, GET and POST both do. */
export function addReturnRoutes(routes: VendorRoutes, { ledger, returns, returnEvents }: ReturnRouteParts): void {
  routes.add('POST', '/order/api/order/returnOrderEvent/receive', ({ caller, body }) => {
    returnEvents.receive(caller, body);
    return success('order', null);
  });
  routes.add('GET', `${ORDER}/returnTrackingNumber/:number`, ({ caller, params }) => {
    const number = params.number ?? '';
    const own = ledger.all().filter((order) => order.OrgId === caller.organization);
    const found = own.find((order) =>
      rows(order, 'ReturnTrackingDetail').some((row) => row.ReturnTrackingNumber === number),
    );
    if (!found) throw new Refusal(404, 'ReturnTrackingNumber', `No return has tracking number ${number}`);
    return success('order', found);
  });
  for (const method of ['GET', 'POST'] as const) {
    routes.add(method, `${ORDER}/:orderId/orderLine/:lineId/approve`, ({ caller, params }) => {
      returns.approve(caller, params.orderId ?? '', params.lineId ?? '');
      return success('order', ledger.find(caller.organization, params.orderId ?? '') ?? null);
    });
    routes.add(method, `${ORDER}/:orderId/process`, ({ caller, params }) => {
      returns.process(caller, params.orderId ?? '');
      return success('order', ledger.find(caller.organization, params.orderId ?? '') ?? null);
    });
    routes.add(method, `${ORDER}/orderId/:orderId/returnLabel/generate`, ({ caller, params }) =>
      success('order', returns.label(caller, params.orderId ?? '')),
    );
  }
}
