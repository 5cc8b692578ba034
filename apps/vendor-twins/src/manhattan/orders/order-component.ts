import type { Chaos } from '../control/chaos.js';
import type { TenantConfig } from '../control/tenant-config.js';
import type { WriteRecord } from '../control/write-record.js';
import type { EntityStore } from '../entities/entity-store.js';
import { addFulfilmentRoutes } from '../fulfilment/fulfilment-routes.js';
import { Lives } from '../fulfilment/lives.js';
import { MassActions } from '../fulfilment/mass-actions.js';
import { FulfilmentEvents } from '../fulfilment/receive-events.js';
import { reallocateRerouted } from '../fulfilment/repromise.js';
import { publishOrders } from '../publishing/order-publishing.js';
import { addRepublishRoutes } from '../publishing/republish-routes.js';
import type { Publisher } from '../publishing/publisher.js';
import { LateCancels } from '../late-cancel/late-cancels.js';
import { adjustInvoices } from '../payments/adjustments.js';
import { settleInvoices } from '../payments/settlements.js';
import { PaymentRequests } from '../payments/payment-requests.js';
import { addPaymentRoutes } from '../payments/payment-routes.js';
import { ReturnEvents } from '../returns/receive-returns.js';
import { addReturnRoutes } from '../returns/return-routes.js';
import { Returns } from '../returns/returns.js';
import type { VendorRoutes } from '../wire/vendor-routes.js';
import type { Caller } from '../wire/caller.js';
import type { JsonObject } from '../wire/json.js';
import type { VirtualClock } from '../wire/virtual-clock.js';
import { addCancelRoutes } from './cancel-routes.js';
import { addFurtherRoutes } from './further-routes.js';
import { addModTypeRoutes } from './mod-type-routes.js';
import { OrderLedger } from './order-ledger.js';
import { addOrderRoutes } from './order-routes.js';
import { addReadRoutes } from './read-routes.js';
import type { ResponseTemplates } from './response-templates.js';
import { SearchIndex } from './search-index.js';
import { saveOrder, type SaveSurroundings } from './save-order.js';

export interface OrderComponentParts {
  record: WriteRecord;
  customers: EntityStore;
  chaos: Chaos;
  publisher: Publisher;
  config: TenantConfig;
  clock: VirtualClock;
  newId: () => string;
  templates: ResponseTemplates;
}

/** Everything that the vendor's component `order` is made of here, put together. */
export class OrderComponent {
  readonly ledger: OrderLedger;
  readonly lives: Lives;
  private readonly saving: SaveSurroundings;
  private readonly events: FulfilmentEvents;
  private readonly index: SearchIndex;
  private readonly massActions: MassActions;
  private readonly lateCancels: LateCancels;
  private readonly payments: PaymentRequests;
  private readonly returns: Returns;
  readonly returnEvents: ReturnEvents;

  constructor(private readonly parts: OrderComponentParts) {
    const { record, customers, publisher, config, clock, newId } = parts;
    const ledger = new OrderLedger(record, clock, config);
    publishOrders(ledger, publisher, config);
    this.ledger = ledger;
    this.lives = new Lives(ledger, clock, config);
    this.events = new FulfilmentEvents(ledger, clock, config);
    reallocateRerouted(ledger, clock, config);
    this.index = new SearchIndex(ledger, config, clock);
    this.massActions = new MassActions(ledger, config, clock);
    this.payments = new PaymentRequests(ledger, config, clock);
    adjustInvoices(ledger, clock, config);
    settleInvoices(ledger, clock, config);
    this.lateCancels = new LateCancels(ledger, config, clock);
    const returns = new Returns(ledger, config, clock);
    this.returns = returns;
    const surroundings = (organization: string) => returns.surroundings(organization);
    const saving = { ledger, customers, newId, returnsIn: surroundings, rules: config.modTypes };
    this.saving = saving;
    const save = (caller: Caller, payload: JsonObject) => saveOrder(saving, caller, payload).order;
    this.returnEvents = new ReturnEvents({ ledger, newId, surroundings, save }, config);
  }

  addRoutes(routes: VendorRoutes): void {
    const { record, chaos, publisher, config, clock } = this.parts;
    const { ledger, events, lateCancels, returns, returnEvents, index } = this;
    const { templates } = this.parts;
    addOrderRoutes(routes, { ...this.saving, record, chaos, events, lateCancels, config, templates });
    addReadRoutes(routes, { ledger, config, clock, index, templates });
    addFurtherRoutes(routes, { ledger, publisher });
    addRepublishRoutes(routes, { ledger, publisher, config });
    addModTypeRoutes(routes, ledger, config.modTypes);
    addCancelRoutes(routes, { ...this.saving, record, chaos, config });
    addPaymentRoutes(routes, { ledger, requests: this.payments });
    addFulfilmentRoutes(routes, { ledger, config, massActions: this.massActions });
    addReturnRoutes(routes, { ledger, returns, returnEvents });
  }

  /** Nothing happens by itself any more. */
  stop(): void {
    this.lives.stop();
  }

  reset(): void {
    this.ledger.clear();
    const { templates } = this.parts;
    for (const part of [this.payments, this.lateCancels, this.massActions, this.index, templates]) part.clear();
    for (const part of [this.events, this.returnEvents]) part.reset();
  }
}
