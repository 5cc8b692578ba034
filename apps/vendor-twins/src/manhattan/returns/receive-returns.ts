import { ExternalMessages } from '../control/external-messages.js';
import type { TenantConfig } from '../control/tenant-config.js';
import type { Caller } from '../wire/caller.js';
import { fromUnits, toUnits } from '../wire/decimals.js';
import { rows, text, type JsonObject } from '../wire/json.js';
import { invalid } from '../wire/refusal.js';
import { vendorTime } from '../wire/vendor-time.js';
import type { OrderLedger } from '../orders/order-ledger.js';
import { unitsIn } from '../orders/quantities.js';
import { STATUS } from '../orders/status-ladder.js';
import { applyReturnEvent } from './return-events.js';
import type { ReturnSurroundings } from './return-lines.js';

export interface ReturnDoor {
  ledger: OrderLedger;
  surroundings: (organization: string) => ReturnSurroundings;
  /** Saves an order as the vendor itself would. */
  save: (caller: Caller, payload: JsonObject) => JsonObject;
  newId: () => string;
}

/** `returnOrderEvent/receive` (§5.2), all or nothing (§12). Repeated external message ids are the tenant's choice. */
export class ReturnEvents {
  private readonly messages: ExternalMessages;

  constructor(
    private readonly door: ReturnDoor,
    config: TenantConfig,
  ) {
    this.messages = new ExternalMessages(config);
  }

  /** @throws Refusal 400 for an unknown return, line or event type */
  receive(api: Caller, message: JsonObject): void {
    const caller: Caller = { ...api, by: 'life' };
    const events = rows(message, 'ReturnOrderEvent');
    if (events.length === 0) throw invalid('ReturnOrderEvent', 'ReturnOrderEvent is required');
    const drafts = new Map<JsonObject, JsonObject>();
    const around = this.door.surroundings(caller.organization);
    const fresh = this.messages.fresh(events);
    for (const event of fresh) {
      const stored = this.returnOf(caller, event);
      const draft = drafts.get(stored) ?? structuredClone(stored);
      drafts.set(stored, draft);
      applyReturnEvent(draft, ofPolicy(event, around), vendorTime(around.now), around);
    }
    for (const [stored, draft] of drafts) this.door.ledger.commit(caller, stored, draft);
    this.messages.remember(fresh);
  }

  reset(): void {
    this.messages.reset();
  }

  private returnOf(caller: Caller, event: JsonObject): JsonObject {
    const orderId = text(event, 'ReturnOrderId') ?? '';
    if (isBlind(event)) return this.blindReturn(caller, text(event, 'ParentOrderId') ?? '', event);
    const stored = this.door.ledger.find(caller.organization, orderId);
    if (!stored) throw invalid('ReturnOrderId', `Return order ${orderId} is not known`);
    return stored;
  }

  /** Goods that nobody announced: the vendor makes their return order (§5.1). */
  private blindReturn(caller: Caller, parentId: string, event: JsonObject): JsonObject {
    const parent = this.door.ledger.find(caller.organization, parentId);
    const line = parent && rows(parent, 'OrderLine').find((row) => row.ItemId === event.ItemId);
    if (!parent || !line) throw invalid('ParentOrderId', `Order ${parentId} has not sold item ${String(event.ItemId)}`);
    const returnable = unitsIn(line, [STATUS.fulfilled, STATUS.delivered]);
    return this.door.save(caller, {
      OrderId: `RET${this.door.newId()}`,
      OrderType: parent.OrderType ?? null,
      DocType: parent.DocType ?? null,
      CurrencyCode: parent.CurrencyCode ?? null,
      CustomerId: parent.CustomerId ?? null,
      IsConfirmed: true,
      OrderLine: [
        {
          OrderLineId: '1',
          ItemId: line.ItemId ?? null,
          UOM: line.UOM ?? null,
          IsReturn: true,
          Quantity: fromUnits(Math.min(returnable, toUnits(Number(event.Quantity ?? fromUnits(returnable))))),
          ParentOrderId: parentId,
          ParentOrderLineId: line.OrderLineId ?? null,
          DeliveryMethod: { DeliveryMethodId: 'ShipToReturnCenter' },
          IsReceiptExpected: true,
        },
      ],
    });
  }
}

/** A verification that names no return, only the order that the goods came from. */
function isBlind(event: JsonObject): boolean {
  const isVerification = event.EventTypeId === 'Verification' || event.EventTypeId === 'LineVerification';
  return isVerification && !text(event, 'ReturnOrderId') && Boolean(text(event, 'ParentOrderId'));
}

/** A blind verification is one of its order's only line, so it fits either policy. */
function ofPolicy(event: JsonObject, { switches }: ReturnSurroundings): JsonObject {
  if (!isBlind(event)) return event;
  return { ...event, EventTypeId: switches.verificationPolicy === 'line' ? 'LineVerification' : 'Verification' };
}
