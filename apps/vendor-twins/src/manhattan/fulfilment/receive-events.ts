import { ExternalMessages } from '../control/external-messages.js';
import type { TenantConfig } from '../control/tenant-config.js';
import type { Caller } from '../wire/caller.js';
import { fromUnits, toUnits } from '../wire/decimals.js';
import { rows, text, type JsonObject } from '../wire/json.js';
import { invalid, Refusal } from '../wire/refusal.js';
import { vendorTime } from '../wire/vendor-time.js';
import type { VirtualClock } from '../wire/virtual-clock.js';
import type { OrderLedger } from '../orders/order-ledger.js';
import { reallocatesOnShort } from '../orders/reasons.js';
import { applyStep } from './life-steps.js';
import { applyOrderEvent, orderOfEvent, type ShortFollowUp } from './order-events.js';

/** The inbound door of the warehouse (§4.3). Repeated external message ids are accepted and do nothing (§12). */
export class FulfilmentEvents {
  private readonly messages: ExternalMessages;

  constructor(
    private readonly ledger: OrderLedger,
    private readonly clock: VirtualClock,
    private readonly config: TenantConfig,
  ) {
    this.messages = new ExternalMessages(config);
  }

  /**
   * One refused event rolls the whole list back, or is left out of it (§12, §13): those are answered.
   * @throws Refusal
   */
  receive(api: Caller, message: JsonObject): Refusal[] {
    // Warehouse events are the life of the order, not writes of the integration under test.
    const caller: Caller = { ...api, by: 'life' };
    const events = this.messages.fresh(rows(message, 'OrderEvent'));
    const refused: Refusal[] = [];
    if (this.config.now.eventLists === 'partial' && rows(message, 'OrderEvent').length > 1) {
      for (const event of events) this.attempt(caller, event, refused);
      return refused;
    }
    if (rows(message, 'OrderEvent').length === 0) throw invalid('OrderEvent', 'OrderEvent is required');
    const drafts = new Map<JsonObject, JsonObject>();
    const shorts: { orderId: string; followUp: ShortFollowUp }[] = [];
    const own = this.ledger.all().filter((order) => order.OrgId === caller.organization);
    for (const event of events) {
      const stored = orderOfEvent(own, event);
      if (!stored) throw invalid('OrderId', 'The event fits no order');
      const draft = drafts.get(stored) ?? structuredClone(stored);
      drafts.set(stored, draft);
      const followUps = applyOrderEvent(draft, event, vendorTime(this.clock.now()), this.config.now);
      shorts.push(...followUps.map((followUp) => ({ orderId: text(draft, 'OrderId') ?? '', followUp })));
    }
    for (const [stored, draft] of drafts) this.ledger.commit(caller, stored, draft);
    this.messages.remember(events);
    for (const { orderId, followUp } of shorts) this.follow(caller, orderId, followUp);
    return refused;
  }

  private attempt(caller: Caller, event: JsonObject, refused: Refusal[]): void {
    try {
      this.receive(caller, { OrderEvent: [event] });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push(error);
    }
  }

  /** The reason decides whether shorted units are cancelled or looked for elsewhere (§4.3). */
  private follow(caller: Caller, orderId: string, { orderLineId, quantity, reasonId, notFrom }: ShortFollowUp): void {
    const stored = this.ledger.find(caller.organization, orderId);
    if (!stored) return;
    const draft = structuredClone(stored);
    const lines = [{ orderLineId, quantity: fromUnits(toUnits(quantity)), notFrom }];
    const step = reallocatesOnShort(reasonId) ? ('allocate' as const) : ('cancel' as const);
    applyStep(draft, { after: 0, do: step, lines }, { now: vendorTime(this.clock.now()), tenant: this.config.now });
    this.ledger.commit(caller, stored, draft);
  }

  reset(): void {
    this.messages.reset();
  }
}
