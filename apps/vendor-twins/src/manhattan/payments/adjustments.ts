import type { TenantConfig } from '../control/tenant-config.js';
import { fromUnits, sum, units, type Units } from '../wire/decimals.js';
import { addRow, flag, referenceId, rows, text, type JsonObject } from '../wire/json.js';
import { twinItself } from '../wire/caller.js';
import { vendorTime } from '../wire/vendor-time.js';
import type { VirtualClock } from '../wire/virtual-clock.js';
import type { OrderLedger } from '../orders/order-ledger.js';
import { lineStatusRange, STATUS } from '../orders/status-ladder.js';
import { isProcessedOutside } from '../returns/refund.js';
import { giveBackExcess } from './excess.js';

/**
 * What an order costs less or more after everything of it has been invoiced, such as an appeasement, becomes an Adjustment
 * invoice a moment later (§5.3). Money that was settled too much goes back with it, unless somebody outside pays.
 */
export function adjustInvoices(ledger: OrderLedger, clock: VirtualClock, config: TenantConfig): void {
  ledger.onCommit(({ after, caller, silent }) => {
    if (silent || !config.now.adjustmentInvoices || uninvoiced(after) === 0) return;
    clock.later(0, () =>
      ledger.change(twinItself(caller.organization), text(after, 'OrderId') ?? '', (draft) =>
        adjust(draft, vendorTime(clock.now())),
      ),
    );
  });
}

function adjust(order: JsonObject, now: string): void {
  const due = uninvoiced(order);
  if (due === 0) return;
  const isPaidHere = due < 0 && !isProcessedOutside(order);
  const invoiceId = `INV-${text(order, 'OrderId') ?? ''}-${rows(order, 'Invoice').length + 1}`;
  if (isPaidHere) giveBackExcess(order, invoiceId, now);
  addRow(order, 'Invoice', {
    InvoiceId: invoiceId,
    InvoiceType: { InvoiceTypeId: 'Adjustment' },
    Status: { StatusId: isPaidHere ? 'Closed' : 'Open' },
    InvoiceTotal: fromUnits(due),
    AmountProcessed: isPaidHere ? fromUnits(due) : 0,
    FailedAmount: 0,
    TotalCharges: fromUnits(Math.max(0, due)),
    TotalDiscounts: fromUnits(Math.min(0, due)),
    TotalTaxes: 0,
    FulfillmentDate: now,
    CustomerId: text(order, 'CustomerId') ?? null,
    InvoiceLine: [],
  });
}

/** What the invoices of a completely shipped order lack to its total; 0 for every other order. */
function uninvoiced(order: JsonObject): Units {
  const lines = rows(order, 'OrderLine').filter((line) => !flag(line, 'IsCancelled'));
  const isShipped = (line: JsonObject) => !flag(line, 'IsReturn') && lineStatusRange(line).min >= STATUS.fulfilled;
  if (lines.length === 0 || !lines.every(isShipped)) return 0;
  const invoices = rows(order, 'Invoice').filter((invoice) => typeOf(invoice) !== 'Return');
  if (!invoices.some((invoice) => typeOf(invoice) === 'Shipment')) return 0;
  return units(order, 'OrderTotal') - sum(invoices.map((invoice) => units(invoice, 'InvoiceTotal')));
}

function typeOf(invoice: JsonObject): string | undefined {
  return referenceId(invoice, 'InvoiceType', 'InvoiceTypeId');
}
