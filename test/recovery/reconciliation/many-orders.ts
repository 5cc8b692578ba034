import { randomUUID } from 'node:crypto';
import {
  ManhattanConnection,
  ManhattanConnections,
  ManhattanOrderBook,
  ManhattanOrders,
} from '@tandem/adapters-manhattan';
import {
  acceptOrder,
  crmOrderId,
  crmRecordId,
  instantOf,
  omsOrderId,
  omsOrganization,
  orderPlaced,
  siteId,
  snapshotPublished,
  trackAccepted,
  type Instant,
  type OrderSnapshot,
  type OrderTerms,
  type SiteProfile,
  type TrackedOrder,
} from '@tandem/domain';
import { aCapturedLine, aCapturedOrder, aCapturedTender } from '@tandem/domain/testing';
import { MessageWriter, UnitOfWork, type Message } from '@tandem/messaging';
import { connectDatabase, SiteFiles, SqlTransactions } from '@tandem/sync-api';
import type { DataSource } from 'typeorm';
import { entryName, seedCatalogue, type Catalogue } from '../../golden/catalogue.js';
import type { SeedRecord } from '../../support/stack/crm-twin.js';
import type { Stack } from '../../support/stack/start-stack.js';

/** An order of one line, with the ids that the CRM gave it. */
export interface ManyOrder {
  readonly number: string;
  readonly crmOrderId: string;
  readonly crmLineId: string;
}

const clock = { now: () => new Date() };
const SITE = siteId('aurora-us');
const ORGANIZATION = omsOrganization('AURORA');

/** Orders that are placed at the OMS together. */
const PLACED_TOGETHER = 8;

/** Plain orders of one site in great number, the same at the OMS, in the ledger and, once the service has written them, in the CRM. */
export class ManyOrders {
  private readonly writer = new MessageWriter(clock, randomUUID);
  private readonly transactions: SqlTransactions;
  private readonly oms: ManhattanConnections;
  private readonly site: SiteProfile;

  private constructor(
    private readonly database: DataSource,
    private readonly stack: Stack,
    private readonly catalogue: Catalogue,
  ) {
    const sites = new SiteFiles('config/sites');
    const site = sites.find(SITE);
    if (!site) throw new Error(`There is no site ${SITE}.`);
    this.site = site;
    const connection = new ManhattanConnection({ organization: ORGANIZATION, ...stack.oms.account('AURORA') });
    this.oms = new ManhattanConnections(new Map([[ORGANIZATION, connection]]));
    // The relay of the service finds what is sent by itself.
    this.transactions = new SqlTransactions(new UnitOfWork(database, { wake: () => undefined }), sites);
  }

  static async at(databaseUrl: string, stack: Stack): Promise<ManyOrders> {
    const catalogue = await seedCatalogue(stack.crm);
    return new ManyOrders(await connectDatabase(databaseUrl), stack, catalogue);
  }

  /** Orders that the OMS holds as it was given them. */
  async placed(numbers: readonly string[]): Promise<readonly ManyOrder[]> {
    const from = instantOf(clock.now());
    const tracked = await this.captured(numbers);
    const port = new ManhattanOrders(this.oms);
    for (let start = 0; start < tracked.length; start += PLACED_TOGETHER) {
      const together = tracked.slice(start, start + PLACED_TOGETHER);
      await Promise.all(
        together.map(async ({ order: { terms } }) => {
          await this.stack.oms.setLife(terms.number, []);
          await port.place(this.site, terms);
        }),
      );
    }
    const held = await this.heldSince(from);
    return this.keep(
      tracked.map((order) => {
        const snapshot = held.get(order.order.terms.number);
        if (!snapshot) throw new Error(`The OMS does not have ${order.order.terms.number}.`);
        return snapshotPublished(order, snapshot, { recordedAt: snapshot.at, sourceMessage: 'seed' }).tracked;
      }),
    );
  }

  /** Orders that we believe at the OMS, which never had them; once it has, it leaves them as they are. */
  async believedPlaced(numbers: readonly string[]): Promise<readonly ManyOrder[]> {
    const now = instantOf(clock.now());
    for (const number of numbers) await this.stack.oms.setLife(number, []);
    return this.keep((await this.captured(numbers)).map((order) => orderPlaced(order, omsOrderId('lost'), now)));
  }

  /** Orders that the CRM shows as the ledger has them. */
  async shown(): Promise<number> {
    const [row] = await this.database.query<{ shown: number }[]>(
      'SELECT count(*)::int AS shown FROM orders WHERE version > 0 AND version = acknowledged_version',
    );
    return row?.shown ?? 0;
  }

  async close(): Promise<void> {
    await this.oms.close();
    await this.database.destroy();
  }

  private async captured(numbers: readonly string[]): Promise<readonly TrackedOrder[]> {
    const ids = await this.stack.crm.seed(numbers.flatMap((number) => this.records(number)));
    const idOf = (name: string): string => {
      const id = ids[name];
      if (id === undefined) throw new Error(`The CRM gave ${name} no id.`);
      return id;
    };
    return numbers.map((number) => {
      const captured = aCapturedOrder({
        ...{ number, crmOrderId: crmOrderId(idOf(`order-${number}`)) },
        lines: [aCapturedLine({ crmLineId: crmRecordId(idOf(`line-${number}`)), sku: 'MUG-0350', quantity: 3 })],
        tenders: [aCapturedTender({ id: `aurora-us:${number}:1`, amount: '30.00', authorized: '30.00' })],
      });
      const acceptance = acceptOrder(captured, this.site, instantOf(clock.now()));
      if (acceptance.kind === 'refused') throw new Error(`The order is refused: ${JSON.stringify(acceptance)}`);
      return trackAccepted(acceptance.order);
    });
  }

  private async heldSince(from: Instant): Promise<ReadonlyMap<string, OrderSnapshot>> {
    const held = new Map<string, OrderSnapshot>();
    const book = new ManhattanOrderBook(this.oms);
    const to = instantOf(new Date(Date.parse(from) + 3_600_000));
    for await (const one of book.changedBetween(this.site, from, to)) {
      if (one.kind === 'order') held.set(one.number, one.order);
    }
    return held;
  }

  private async keep(tracked: readonly TrackedOrder[]): Promise<readonly ManyOrder[]> {
    await this.transactions.run(async (tx) => {
      await tx.orders.save(tracked);
      await tx.send(tracked.map(({ order: { terms } }) => this.toBeShown(terms)));
    });
    return tracked.map(({ order: { terms } }) => ({
      ...{ number: terms.number, crmOrderId: terms.crmOrderId, crmLineId: terms.lines[0]?.crmLineId ?? '' },
    }));
  }

  private toBeShown({ site, number }: OrderTerms): Message {
    const body = { site, orderNumber: number, version: 1 };
    return this.writer.write('order.projection-changed.v1', { key: number, site, body });
  }

  private records(number: string): readonly SeedRecord[] {
    const { idOf } = this.catalogue;
    const order = {
      ...{ AccountId: idOf('guests-aurora-us'), Name: `Web order ${number}`, OrderReferenceNumber: number },
      ...{ Status: 'Activated', EffectiveDate: '2026-11-20', Pricebook2Id: idOf('book'), CurrencyIsoCode: 'USD' },
    };
    const line = {
      ...{ OrderId: `@order-${number}`, Product2Id: idOf('mug'), PricebookEntryId: idOf(entryName('mug', 'USD')) },
      ...{ Quantity: 3, UnitPrice: 10, TotalLineAmount: 30, Type: 'Order Product', LineNumber: 1 },
    };
    const tender = {
      ...{ Order__c: `@order-${number}`, Tender_Key__c: `aurora-us:${number}:1`, Type__c: 'Credit Card' },
      ...{ Amount__c: 30, Authorized_Amount__c: 30 },
    };
    return [
      { attributes: { type: 'Order', referenceId: `order-${number}` }, ...order },
      { attributes: { type: 'OrderItem', referenceId: `line-${number}` }, ...line },
      { attributes: { type: 'Order_Tender__c', referenceId: `tender-${number}` }, ...tender },
    ];
  }
}
