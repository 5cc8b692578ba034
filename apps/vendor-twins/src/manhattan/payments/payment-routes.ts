import { search } from '../entities/search.js';
import { success } from '../wire/envelope.js';
import { fromUnits, toUnits, units } from '../wire/decimals.js';
import { referenceId, rows, text, type JsonObject } from '../wire/json.js';
import { invalid } from '../wire/refusal.js';
import type { VendorRoutes } from '../wire/vendor-routes.js';
import type { OrderLedger } from '../orders/order-ledger.js';
import { executeRefunds } from '../returns/refund.js';
import { giveBackExcess, settleInvoice } from './excess.js';
import type { PaymentRequests } from './payment-requests.js';

interface PaymentRouteParts {
  ledger: OrderLedger;
  requests: PaymentRequests;
}

const PAYMENT = '/payment/api/payment';

/** Money by hand (§3.1, §3.6, §5.2): payment requests, refunds, invoices that somebody outside has processed. */
export function addPaymentRoutes(routes: VendorRoutes, { ledger, requests }: PaymentRouteParts): void {
  routes.add('POST', `${PAYMENT}/paymentRequest/save`, ({ caller, body }) =>
    success('payment', { ...requests.save(caller, body) }),
  );
  routes.add('POST', `${PAYMENT}/paymentRequest/search`, ({ caller, body }) => {
    const { data, header } = search(requests.all(caller.organization), body);
    return success('payment', data, [], header);
  });
  for (const method of ['GET', 'POST'] as const) {
    routes.add(method, `${PAYMENT}/paymentHeader/orderId/:orderId/processRefund`, ({ caller, params }) => {
      ledger.change(caller, params.orderId ?? '', (draft, now) => {
        executeRefunds(draft, now);
      });
      return success('payment', null);
    });
    routes.add(method, '/order/api/order/order/orderId/:orderId/invoiceProcessedAmount', ({ caller, params, body }) => {
      ledger.change(caller, params.orderId ?? '', (draft, now) => closeInvoices(draft, body, now));
      return success('order', null);
    });
  }
}

/** All open invoices, or the one that `InvoiceId` names, with `ProcessedAmount` or all of it; the body is inferred. */
function closeInvoices(order: JsonObject, body: JsonObject, now: string): void {
  const invoiceId = text(body, 'InvoiceId');
  const open = rows(order, 'Invoice').filter(
    (row) =>
      referenceId(row, 'Status', 'StatusId') === 'Open' && (invoiceId === undefined || row.InvoiceId === invoiceId),
  );
  if (open.length === 0) throw invalid('InvoiceId', 'No such invoice is open');
  for (const invoice of open) {
    const sent = body.ProcessedAmount ?? null;
    const amount = sent === null ? units(invoice, 'InvoiceTotal') : toUnits(Number(sent));
    invoice.AmountProcessed = fromUnits(amount);
    if (amount !== units(invoice, 'InvoiceTotal')) continue;
    invoice.Status = { StatusId: 'Closed' };
    if (referenceId(invoice, 'InvoiceType', 'InvoiceTypeId') === 'Return') executeRefunds(order, now);
    else if (units(invoice, 'InvoiceTotal') < 0) giveBackExcess(order, String(invoice.InvoiceId), now);
    else settleInvoice(order, invoice, now);
  }
}
