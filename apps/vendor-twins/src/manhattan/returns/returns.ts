import type { TenantConfig } from '../control/tenant-config.js';
import { addRow, flag, rows, text, type JsonObject } from '../wire/json.js';
import { twinItself, type Caller } from '../wire/caller.js';
import { Refusal } from '../wire/refusal.js';
import type { VirtualClock } from '../wire/virtual-clock.js';
import { isApplied } from '../orders/derive.js';
import { isOpen, transactions } from '../orders/payment-status.js';
import type { OrderChange, OrderLedger } from '../orders/order-ledger.js';
import { moveUnits, unitsIn } from '../orders/quantities.js';
import { STATUS } from '../orders/status-ladder.js';
import { completeReturn, returnLinesOf } from './complete-return.js';
import { announcedUnits, cancelOlderReturns } from './pending-returns.js';
import { applyParentEffects, isReturn } from './parent-effects.js';
import { executeRefunds, isProcessedOutside, openReturnInvoices } from './refund.js';
import type { ReturnSurroundings } from './return-lines.js';

/** Return orders after their save (§5): effects on the parent, lines that expect no goods, approval, refunds. */
export class Returns {
  constructor(
    private readonly ledger: OrderLedger,
    private readonly config: TenantConfig,
    private readonly clock: VirtualClock,
  ) {
    ledger.onCommit((change) => {
      if (isReturn(change.after)) this.orderChanged(change);
    });
  }

  surroundings(organization: string): ReturnSurroundings {
    return {
      orderById: (orderId) => this.ledger.find(organization, orderId),
      reopenable: (parentOrderId, parentLineId) => {
        if (this.config.now.pendingReturns === 'keep') return 0;
        const own = this.ledger.all().filter((order) => order.OrgId === organization);
        return announcedUnits(own, parentOrderId, parentLineId);
      },
      switches: this.config.now,
      now: this.clock.now(),
    };
  }

  /** `…/process`: what has been received is returned. @throws Refusal 400 while a hold is applied */
  process(caller: Caller, orderId: string): void {
    this.ledger.change(caller, orderId, (draft, now) => {
      const hold = rows(draft, 'OrderHold').find((row) => isApplied(row) && row.HoldTypeId !== 'ReturnItemsPending');
      if (hold) throw new Refusal(400, 'OrderHold', `Hold ${text(hold, 'HoldTypeId') ?? ''} is applied`);
      this.complete(caller, draft, now, STATUS.received);
    });
  }

  /** `…/orderLine/{line}/approve`: 13000 goes on to 18000. @throws Refusal 400 when nothing waits for approval */
  approve(caller: Caller, orderId: string, lineId: string): void {
    this.ledger.change(caller, orderId, (draft, now) => {
      const line = returnLinesOf(draft).find((row) => row.OrderLineId === lineId);
      const quantity = line ? unitsIn(line, [STATUS.pendingApproval]) : 0;
      if (!line || quantity === 0)
        throw new Refusal(400, 'OrderLineId', `Return line ${lineId} does not wait for approval`);
      completeReturn(draft, [{ line, quantity }], now, this.surroundings(caller.organization));
    });
  }

  /** A return label with its document and tracking number (§5.2). */
  label(caller: Caller, orderId: string): JsonObject {
    const label: JsonObject = { ReturnLabelDocId: `LABEL-${orderId}`, ReturnTrackingNumber: `RTN-${orderId}` };
    this.ledger.change(caller, orderId, (draft) => {
      if (rows(draft, 'ReturnLabel').length > 0) return;
      addRow(draft, 'ReturnLabel', label);
      const { ReturnTrackingNumber = null } = label;
      addRow(draft, 'ReturnTrackingDetail', { ReturnTrackingNumber, CarrierCode: 'CARRIER-1' });
    });
    return label;
  }

  private orderChanged(change: OrderChange): void {
    const { pendingReturns } = this.config.now;
    if (!change.before && pendingReturns !== 'keep')
      cancelOlderReturns(this.ledger, change.caller, change.after, pendingReturns);
    applyParentEffects(this.ledger, this.config, change);
    const { after, caller } = change;
    const orderId = text(after, 'OrderId') ?? '';
    const soon = (edit: (draft: JsonObject, now: string) => void) =>
      this.clock.later(0, () => this.ledger.change(twinItself(caller.organization), orderId, edit));
    if (flag(after, 'IsConfirmed') && withoutReceipt(after).length > 0) soon(waitForApproval);
    if (this.config.now.returnAutoApprove && has(after, STATUS.pendingApproval))
      soon((draft, now) => this.complete(caller, draft, now, STATUS.pendingApproval));
    if (this.refundsNow(after)) soon((draft, now) => void executeRefunds(draft, now));
  }

  private complete(caller: Caller, draft: JsonObject, now: string, from: number): void {
    const parts = returnLinesOf(draft).map((line) => ({ line, quantity: unitsIn(line, [from]) }));
    const wanted = parts.filter(({ quantity }) => quantity > 0);
    if (wanted.length > 0) completeReturn(draft, wanted, now, this.surroundings(caller.organization));
  }

  private refundsNow(order: JsonObject): boolean {
    const { refunds } = this.config.now;
    if (refunds === 'manual' || (refunds === 'internal-only' && isProcessedOutside(order))) return false;
    return openReturnInvoices(order).length > 0 || transactions(order, 'Refund').some(isOpen);
  }
}

/** Lines that need no goods wait for approval once they are confirmed (§5.1). */
function waitForApproval(draft: JsonObject): void {
  for (const line of withoutReceipt(draft))
    moveUnits(line, [STATUS.pendingReturn], STATUS.pendingApproval, unitsIn(line, [STATUS.pendingReturn]));
}

function withoutReceipt(order: JsonObject): JsonObject[] {
  return returnLinesOf(order).filter(
    (line) => line.IsReceiptExpected === false && unitsIn(line, [STATUS.pendingReturn]) > 0,
  );
}

function has(order: JsonObject, status: number): boolean {
  return returnLinesOf(order).some((line) => unitsIn(line, [status]) > 0);
}
