import { orderNumber, type OrderNumber } from '@tandem/domain';
import type {
  AdapterChoices,
  HeldCustomer,
  HeldOrder,
  MessageShape,
  Messages,
  OmsPorts,
  OmsWorld,
  Retelling,
  Retold,
  StockOmission,
  StockSync,
  TenantSettings,
} from '@tandem/domain/testing';
import { eventually } from '../../support/eventually.js';
import { Gateway } from './gateway.js';
import { heldCustomer, heldOrder } from './held-order.js';
import type { Inbox } from './inbox.js';
import { OmsApi } from './oms-api.js';
import { CallCenter } from './other-host.js';
import { adapterOn } from './ports.js';
import { recordOf } from './record.js';
import type { DoorName, Target } from './target.js';
import { retold, retoldStock } from './templates.js';
import { PublicApiWarehouse } from './warehouse.js';

/** The adapter, a tenant, and what lies between and around them. */
export class ManhattanWorld implements OmsWorld {
  readonly wire: Gateway;
  readonly warehouse: PublicApiWarehouse;
  readonly otherHost: CallCenter;
  readonly messages: Messages;
  private readonly api: OmsApi;
  private readonly adapters = new Map<string, ReturnType<typeof adapterOn>>();
  private inbox: Inbox | undefined;
  private numbers = 0;

  private constructor(
    private readonly target: Target,
    private readonly run: string,
  ) {
    this.api = new OmsApi(target.tenant);
    this.wire = new Gateway(target.tenant);
    this.warehouse = new PublicApiWarehouse(this.api, target.reasons);
    this.otherHost = new CallCenter(this.api);
    this.messages = {
      listen: (door, shape) => this.listen(door, shape ?? {}),
      received: () => this.inbox?.received ?? [],
    };
  }

  /** `run` stands in every order number, so that runs do not meet at a sandbox. */
  static async around(target: Target, run: string): Promise<ManhattanWorld> {
    try {
      const world = new ManhattanWorld(target, run);
      await world.wire.open();
      return world;
    } catch (thrown) {
      await target.close();
      throw thrown;
    }
  }

  get site() {
    return this.target.site;
  }
  get lacks() {
    return this.target.lacks;
  }
  get views() {
    return this.target.views;
  }
  get locations() {
    return this.target.locations;
  }
  get promising() {
    return this.target.promising;
  }
  get unlimited() {
    return this.target.unlimited;
  }

  ports(choices: AdapterChoices = {}): OmsPorts {
    const key = JSON.stringify(choices);
    const adapter = this.adapters.get(key) ?? adapterOn(this.target, this.wire.url, choices);
    this.adapters.set(key, adapter);
    return adapter.ports;
  }

  newNumber(): OrderNumber {
    this.numbers += 1;
    return orderNumber(`CK${this.run}-${this.numbers}`);
  }

  async held(number: OrderNumber): Promise<HeldOrder | undefined> {
    const order = await this.api.order(number);
    return order && heldOrder(order);
  }

  async retold(number: OrderNumber, retelling: Retelling = {}): Promise<Retold> {
    const order = await this.api.order(number);
    if (!order) throw new Error(`The OMS has no order ${number}`);
    return retold(order, this.target.tenant.organization, retelling);
  }

  async retoldStock(item: string, view: string, ...without: readonly StockOmission[]): Promise<Retold> {
    const asked = { ViewName: view, Items: [item] };
    const { data } = await this.api.post('/inventory/api/availability/availabilitydetail', asked);
    return retoldStock(data, this.target.tenant.organization, without);
  }

  async heldCustomer(key: string): Promise<HeldCustomer | undefined> {
    const path = `/customer/api/customer/customer/customerId/${encodeURIComponent(key)}`;
    const { status, body } = await this.api.get(path);
    return status === 200 && body['data'] ? heldCustomer(recordOf(body['data'])) : undefined;
  }

  tenant(settings: TenantSettings): Promise<void> {
    return this.target.settings(settings);
  }

  advanceClock(milliseconds: number): Promise<void> {
    return this.target.advance(milliseconds);
  }

  syncStock(sync: StockSync): Promise<void> {
    return this.target.syncStock(sync);
  }

  eventually<T>(what: string, probe: () => Promise<T | undefined>): Promise<T> {
    return eventually(what, probe, { within: 10_000, every: 20 });
  }

  async restore(): Promise<void> {
    this.wire.restore();
    await this.target.restore();
    await this.inbox?.close();
    this.inbox = undefined;
  }

  async close(): Promise<void> {
    await this.restore();
    for (const { close } of this.adapters.values()) await close();
    await this.wire.close();
    await this.target.close();
  }

  private async listen(door: DoorName, shape: MessageShape): Promise<void> {
    await this.inbox?.close();
    this.inbox = await this.target.listen(door, shape);
  }
}
