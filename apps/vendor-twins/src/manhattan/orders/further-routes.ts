import { search } from '../entities/search.js';
import type { Publisher } from '../publishing/publisher.js';
import { success } from '../wire/envelope.js';
import { objectIn, referenceId, rows, text, type JsonObject } from '../wire/json.js';
import { Refusal } from '../wire/refusal.js';
import type { VendorCall, VendorRoutes } from '../wire/vendor-routes.js';
import type { OrderLedger } from './order-ledger.js';

interface FurtherRouteParts {
  ledger: OrderLedger;
  publisher: Publisher;
}

const ORDER = '/order/api/order';
const SALES_POSTING = {
  messageType: 'PublishSalesPostingMSGType',
  queueName: 'queue.publishSalesPosting',
  component: 'order',
} as const;

/** The rest of §3.1, §4.1 and §5.2, of which the sheet gives little more than the path: what they answer is inferred. */
export function addFurtherRoutes(routes: VendorRoutes, parts: FurtherRouteParts): void {
  const { ledger } = parts;
  const known = ({ caller, params, body }: VendorCall): JsonObject => {
    const orderId = params.orderId ?? text(body, 'OrderId') ?? '';
    const order = ledger.find(caller.organization, orderId);
    if (!order) throw new Refusal(404, 'OrderId', `Order ${orderId} is not known`);
    return order;
  };
  routes.add('POST', `${ORDER}/order/getOrderValue`, (call) => {
    const { OrderId = null, OrderSubTotal = 0, OrderTotal = 0, CurrencyCode = null } = known(call);
    return success('order', { OrderId, OrderSubTotal, OrderTotal, CurrencyCode });
  });
  routes.add('GET', `${ORDER}/order/orderId/:orderId/documents`, (call) =>
    success('order', labelsOf(known(call)).map(document)),
  );
  routes.add('GET', '/docmanagement/api/documentmanagement/:documentId', ({ caller, params }) => {
    const own = ledger.all().filter((order) => order.OrgId === caller.organization);
    const found = own.flatMap(labelsOf).find((label) => label.ReturnLabelDocId === params.documentId);
    if (!found) throw new Refusal(404, 'DocumentId', `Document ${params.documentId ?? ''} is not known`);
    return success('docmanagement', document(found));
  });
  routes.add('GET', `${ORDER}/validationRule/orderId/:orderId/preview`, (call) => {
    known(call);
    return success('order', []);
  });
  for (const method of ['GET', 'POST'] as const) addByHand(routes, parts, method, known);
  addSearches(routes, ledger);
}

/** Where the sheet gives a path without a method, GET and POST both do. */
function addByHand(
  routes: VendorRoutes,
  { ledger, publisher }: FurtherRouteParts,
  method: 'GET' | 'POST',
  known: (call: VendorCall) => JsonObject,
): void {
  routes.add(method, `${ORDER}/order/orderId/:orderId/syncPayment`, (call) => success('order', known(call)));
  routes.add(method, `${ORDER}/order/publishSalesPosting/orderId/:orderId`, (call) => {
    const { OrderId = null, OrgId = null, Invoice = [] } = known(call);
    publisher.announce(call.caller, SALES_POSTING, { OrderId, OrgId, Invoice });
    return success('order', null);
  });
  // Nobody pays any more what is open: the invoices close with what was processed of them.
  routes.add(method, `${ORDER}/order/orderId/:orderId/writeOff`, (call) => {
    const orderId = String(known(call).OrderId);
    ledger.change(call.caller, orderId, (draft) => {
      for (const invoice of rows(draft, 'Invoice'))
        if (referenceId(invoice, 'Status', 'StatusId') === 'Open') invoice.Status = { StatusId: 'Closed' };
    });
    return success('order', ledger.find(call.caller.organization, orderId) ?? null);
  });
}

function addSearches(routes: VendorRoutes, ledger: OrderLedger): void {
  const add = (path: string, entities: (own: JsonObject[]) => JsonObject[]) =>
    routes.add('POST', path, ({ caller, body }) => {
      const own = ledger.all().filter((order) => order.OrgId === caller.organization);
      const { data, header } = search(entities(own), body);
      return success(path.split('/')[1] ?? '', data, [], header);
    });
  add(`${ORDER}/shipToAddress/search`, (own) => own.flatMap(addressesOf));
  // Nothing but addresses and pickup windows may change after release, and those change at once here (§3.7).
  add(`${ORDER}/postReleaseModificationTracker/search`, () => []);
  add('/inventory/api/inventory/reservationRequest/search', (own) => own.map(reservationOf));
  routes.add('GET', '/inventory/api/inventory/reservationRequest/requestId/:orderId', ({ caller, params }) => {
    const order = ledger.find(caller.organization, params.orderId ?? '');
    if (!order) throw new Refusal(404, 'RequestId', `Reservation ${params.orderId ?? ''} is not known`);
    return success('inventory', reservationOf(order));
  });
}

function labelsOf(order: JsonObject): JsonObject[] {
  return rows(order, 'ReturnLabel');
}

function document(label: JsonObject): JsonObject {
  return { DocumentId: label.ReturnLabelDocId ?? null, DocumentType: 'ReturnLabel', ContentType: 'application/pdf' };
}

function addressesOf(order: JsonObject): JsonObject[] {
  return rows(order, 'OrderLine').flatMap((line) => {
    const shipTo = objectIn(line, 'ShipToAddress');
    const { OrderId = null } = order;
    const { OrderLineId = null, AddressId = null } = line;
    return shipTo ? [{ ...shipTo, OrderId, OrderLineId, AddressId }] : [];
  });
}

/** What is reserved for an order (§4.2): its id is the request's, its lines' ids are the details'. */
function reservationOf(order: JsonObject): JsonObject {
  const { OrderId = null, OrgId = null } = order;
  return {
    RequestId: OrderId,
    OrgId,
    ReservationRequestDetail: rows(order, 'OrderLine').flatMap((line) => rows(line, 'Allocation')),
  };
}
