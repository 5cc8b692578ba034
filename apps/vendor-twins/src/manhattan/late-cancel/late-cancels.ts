import type { TenantConfig } from '../control/tenant-config.js';
import { toUnits, units } from '../wire/decimals.js';
import { rows, text, type JsonObject } from '../wire/json.js';
import { twinItself } from '../wire/caller.js';
import { vendorTime } from '../wire/vendor-time.js';
import type { VirtualClock } from '../wire/virtual-clock.js';
import { lineById } from '../fulfilment/selection.js';
import type { OrderChange, OrderLedger } from '../orders/order-ledger.js';
import { cancelReleased, type CancellationRequestStatus } from './request.js';

const RETRY_MS = 30 * 60_000;
const DEADLINE_MS = 24 * 3_600_000;

interface Request {
  organization: string;
  orderId: string;
  lineId: string;
  deadline: number;
  /** What the tracker search shows of it. */
  tracker: JsonObject;
}

/**
 * Cancels after release (§3.6): each is asked of the fulfilment system, again every 30 minutes while it answers that it
 * cannot say yet, and fails after 24 hours.
 */
export class LateCancels {
  private readonly requests: Request[] = [];

  constructor(
    private readonly ledger: OrderLedger,
    private readonly config: TenantConfig,
    private readonly clock: VirtualClock,
  ) {
    ledger.onCommit((change) => this.orderChanged(change));
  }

  /** Rows of `postReleaseCancellationTracker`. */
  trackers(organization: string): JsonObject[] {
    return this.requests.filter((request) => request.organization === organization).map(({ tracker }) => tracker);
  }

  clear(): void {
    this.requests.length = 0;
  }

  private orderChanged({ before, after, caller }: OrderChange): void {
    for (const line of rows(after, 'OrderLine')) {
      const old = before && lineById(before, text(line, 'OrderLineId'));
      if (line.CancellationRequestStatus !== 'Requested' || old?.CancellationRequestStatus === 'Requested') continue;
      const request = this.track(caller.organization, after, line);
      this.requests.push(request);
      this.clock.later(0, () => this.ask(request));
    }
  }

  private track(organization: string, order: JsonObject, line: JsonObject): Request {
    const [orderId, lineId] = [text(order, 'OrderId') ?? '', text(line, 'OrderLineId') ?? ''];
    const now = this.clock.now();
    const tracker: JsonObject = {
      PostReleaseCancellationTrackerId: `${orderId}-${lineId}-${this.requests.length + 1}`,
      OrderId: orderId,
      OrderLineId: lineId,
      OrgId: organization,
      Quantity: line.Quantity ?? null,
      CancelReason: line.CancelReason ?? null,
      CancellationRequestStatus: 'Requested',
      FulfillmentResponseCode: null,
      AttemptCount: 0,
      CreatedTimestamp: vendorTime(now),
      UpdatedTimestamp: vendorTime(now),
    };
    return { organization, orderId, lineId, deadline: now + DEADLINE_MS, tracker };
  }

  private ask(request: Request): void {
    const now = this.clock.now();
    if (now >= request.deadline) return this.end(request, () => 'Failure');
    const answer = this.config.now.lateCancelAnswer;
    Object.assign(request.tracker, {
      AttemptCount: Number(request.tracker.AttemptCount) + 1,
      FulfillmentResponseCode: answer === 'partial' ? '200' : answer,
      UpdatedTimestamp: vendorTime(now),
    });
    switch (answer) {
      case '200':
      case 'partial': {
        const keep = answer === 'partial' ? toUnits(1) : 0;
        return this.end(request, (draft, at) => cancelReleased(draft, request.lineId, keep, at));
      }
      case '250':
      case '500':
        this.clock.later(Math.min(RETRY_MS, request.deadline - now), () => this.ask(request));
        return;
      case '300':
      case '404':
        return this.end(request, () => 'Failure');
    }
  }

  private end(request: Request, decide: (draft: JsonObject, now: string) => CancellationRequestStatus): void {
    this.ledger.change(twinItself(request.organization), request.orderId, (draft, now) => {
      const outcome = decide(draft, now);
      const line = lineById(draft, request.lineId);
      if (line) line.CancellationRequestStatus = outcome;
      if (line && units(line, 'Quantity') > 0) line.CancelReason = null;
      Object.assign(request.tracker, { CancellationRequestStatus: outcome, UpdatedTimestamp: now });
    });
  }
}
