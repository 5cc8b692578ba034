import type { TenantConfig } from '../control/tenant-config.js';
import { twinItself, type Caller } from '../wire/caller.js';
import { fromUnits, sum, units } from '../wire/decimals.js';
import { flag, rows, text, type JsonObject } from '../wire/json.js';
import { invalid } from '../wire/refusal.js';
import type { VirtualClock } from '../wire/virtual-clock.js';
import type { OrderChange, OrderLedger } from '../orders/order-ledger.js';
import { isProcessedOutside } from '../returns/refund.js';
import { excessOf, giveBackExcess } from './excess.js';

/**
 * What a cancel does to money (§3.6, §10.6): of a whole order it gives everything back; of a part the request is only saved,
 * until somebody executes it. Orders that are paid outside are left alone.
 */
export class PaymentRequests {
  private readonly requests: JsonObject[] = [];

  constructor(
    private readonly ledger: OrderLedger,
    private readonly config: TenantConfig,
    private readonly clock: VirtualClock,
  ) {
    ledger.onCommit((change) => this.orderChanged(change));
  }

  /** Rows of `paymentRequest`. */
  all(organization: string): JsonObject[] {
    return this.requests.filter((request) => request.OrgId === organization);
  }

  /** `paymentRequest/save {PaymentRequestId, OrderId, ExecutionMode}`. @throws Refusal 400, or 404 for an unknown order */
  save(caller: Caller, body: JsonObject): JsonObject {
    const orderId = text(body, 'OrderId');
    if (orderId === undefined) throw invalid('OrderId', 'OrderId is required');
    const mode = (['SaveOnly', 'CalculateAndExecute'] as const).find((known) => known === body.ExecutionMode);
    if (!mode) throw invalid('ExecutionMode', 'ExecutionMode is SaveOnly or CalculateAndExecute');
    const known = this.all(caller.organization).find((row) => row.PaymentRequestId === body.PaymentRequestId);
    const request = known ?? this.add(caller.organization, orderId, text(body, 'PaymentRequestId'));
    request.ExecutionMode = mode;
    if (mode === 'CalculateAndExecute') this.execute(caller, request);
    return request;
  }

  clear(): void {
    this.requests.length = 0;
  }

  private orderChanged({ before, after, caller }: OrderChange): void {
    if (!before || isProcessedOutside(after) || units(after, 'OrderTotal') >= units(before, 'OrderTotal')) return;
    const { authorized, settled } = excessOf(after);
    const isCancel = cancels(after) > cancels(before);
    if (!isCancel || Math.max(authorized, settled) === 0) return;
    const request = this.add(caller.organization, text(after, 'OrderId') ?? '');
    request.RequestedAmount = fromUnits(Math.max(authorized, settled));
    if (!flag(after, 'IsCancelled') && this.config.now.partialCancelPayment === 'save-only') return;
    request.ExecutionMode = 'CalculateAndExecute';
    this.clock.later(0, () => this.execute(twinItself(caller.organization), request));
  }

  private add(organization: string, orderId: string, id = `PR-${orderId}-${this.requests.length + 1}`): JsonObject {
    const request: JsonObject = {
      PaymentRequestId: id,
      OrderId: orderId,
      OrgId: organization,
      ExecutionMode: 'SaveOnly',
      Status: 'Open',
      RequestedAmount: 0,
    };
    this.requests.push(request);
    return request;
  }

  private execute(caller: Caller, request: JsonObject): void {
    const id = text(request, 'PaymentRequestId') ?? '';
    this.ledger.change(caller, text(request, 'OrderId') ?? '', (draft, now) => giveBackExcess(draft, id, now));
    request.Status = 'Closed';
  }
}

/** How often units of the order have been cancelled. */
function cancels(order: JsonObject): number {
  return sum(rows(order, 'OrderLine').map((line) => rows(line, 'OrderLineCancelHistory').length));
}
