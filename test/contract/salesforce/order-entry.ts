import type { CapturedCharge, CapturedDelivery, CapturedLine, CapturedOrder, CapturedTax } from '@tandem/domain';
import type { Fields, OrgApi } from './org-api.js';
import { placeFields, placeOf } from './field-names.js';

/** What stands behind every item: §4.2, an entry of the price book in the order's currency. */
interface Priced {
  readonly product: string;
  readonly entry: string;
}

/** Enters orders as a storefront does: parents before children, each level in as few calls as the org takes. */
export class OrderEntry {
  private readonly products = new Map<string, Promise<Priced>>();
  private readonly methods = new Map<string, Promise<string>>();
  private book: Promise<string> | undefined;
  private unit: Promise<string | undefined> | undefined;

  constructor(
    private readonly api: OrgApi,
    private readonly org: { readonly namesCurrency: boolean; readonly isCoded: boolean },
  ) {}

  priceBook(): Promise<string> {
    this.book ??= this.api.rows('SELECT Id FROM Pricebook2 WHERE IsStandard = true').then(([row]) => row?.Id ?? '');
    return this.book;
  }

  /** Answers the ids of the lines by the lines' own. */
  async enterParts(orderId: string, order: CapturedOrder): Promise<ReadonlyMap<string, string>> {
    const groups = await this.groups(orderId, order);
    const hundred = await this.oneHundredPercent();
    const lines = await this.items(orderId, order, groups);
    const charges = order.charges.map((charge) => this.charge(orderId, charge, order.currency));
    const chargeIds = await this.api.createMany(await Promise.all(charges));
    await this.api.createMany([
      ...order.lines.flatMap((line, at) => [...discounts(line, lines[at]), ...taxes(line.taxes, lines[at], hundred)]),
      ...order.charges.flatMap((charge, at) => taxes(charge.taxes, chargeIds[at], hundred)),
    ]);
    await this.api.createMany([
      ...order.discounts.map(({ name, amount }) =>
        typed('OrderAdjustmentGroup', { OrderId: orderId, Name: name, Type: 'Header', OMS_Amount__c: number(amount) }),
      ),
      ...order.tenders.map((tender) => tenderRecord(orderId, tender)),
    ]);
    return new Map(order.lines.map(({ id = '' }, at) => [id, lines[at] ?? '']));
  }

  /** A percent field holds 6 for 6 %, a number field 0.06: the org's description of the field says which. */
  private async oneHundredPercent(): Promise<number> {
    this.unit ??= this.api.typeOf('OrderItemTaxLineItem', 'Rate');
    return (await this.unit) === 'percent' ? 100 : 1;
  }

  private async groups(orderId: string, { lines }: CapturedOrder): Promise<ReadonlyMap<string, string>> {
    const wanted = new Map(lines.map((line) => [groupName(line), line]));
    const records = await Promise.all([...wanted.values()].map((line) => this.group(orderId, line)));
    const ids = await this.api.createMany(records);
    return new Map([...wanted.keys()].map((name, at) => [name, ids[at] ?? '']));
  }

  private async group(orderId: string, { delivery, gift }: CapturedLine): Promise<Fields> {
    const { address, method, store }: Partial<CapturedDelivery> = delivery ?? {};
    const place = placeFields('DeliverTo', address && placeOf(address), this.org.isCoded);
    return typed('OrderDeliveryGroup', {
      OrderId: orderId,
      OrderDeliveryMethodId: method === undefined ? undefined : await this.method(method),
      DeliverToName: address?.lastName,
      EmailAddress: address?.email,
      PhoneNumber: address?.phone,
      IsGift: gift !== undefined,
      GiftMessage: gift?.message,
      OMS_Store__c: store,
      ...Object.fromEntries(place.map(([field, value]) => [field, value ?? undefined])),
    });
  }

  private method(name: string): Promise<string> {
    const known = this.methods.get(name) ?? this.api.create('OrderDeliveryMethod', { Name: name, IsActive: true });
    this.methods.set(name, known);
    return known;
  }

  private async items(orderId: string, { lines, currency }: CapturedOrder, groups: ReadonlyMap<string, string>) {
    const records = await Promise.all(
      lines.map(async (line) => ({
        ...(await this.item(orderId, line.sku ?? '', currency)),
        OrderDeliveryGroupId: groups.get(groupName(line)),
        Type: 'Order Product',
        Description: line.description,
        LineNumber: number(line.id),
        Quantity: line.quantity,
        UnitPrice: number(line.unitPrice),
      })),
    );
    return this.api.createMany(records);
  }

  private async charge(orderId: string, { id, kind, name, amount }: CapturedCharge, currency: string | undefined) {
    return {
      ...(await this.item(orderId, kind, currency)),
      Type: kind === 'shipping' ? 'Delivery Charge' : 'Fee',
      Description: name,
      LineNumber: number(id),
      Quantity: 1,
      UnitPrice: number(amount),
      TotalLineAmount: number(amount),
    };
  }

  private async item(orderId: string, sku: string, currency: string | undefined): Promise<Fields> {
    const { product, entry } = await this.priced(sku, currency);
    return typed('OrderItem', { OrderId: orderId, Product2Id: product, PricebookEntryId: entry });
  }

  private priced(sku: string, currency: string | undefined): Promise<Priced> {
    const name = `${sku} ${currency}`;
    const known = this.products.get(name) ?? this.price(sku, currency);
    this.products.set(name, known);
    return known;
  }

  private async price(sku: string, currency: string | undefined): Promise<Priced> {
    const fields = { Name: `Item ${sku}`, ProductCode: sku, StockKeepingUnit: sku, IsActive: true };
    const product = await this.api.create('Product2', fields);
    const entry = await this.api.create('PricebookEntry', {
      ...{ Pricebook2Id: await this.priceBook(), Product2Id: product, UnitPrice: 10, IsActive: true },
      ...(this.org.namesCurrency && { CurrencyIsoCode: currency }),
    });
    return { product, entry };
  }
}

const typed = (type: string, fields: Fields): Fields => ({
  attributes: { type },
  ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
});

const number = (amount: string | number | undefined) => (amount === undefined ? undefined : Number(amount));
const groupName = ({ delivery, gift }: CapturedLine) => JSON.stringify([delivery, gift]);

/** The org writes what is taken off as a negative amount (§4.2). */
const discounts = ({ discounts: off }: CapturedLine, item: string | undefined): readonly Fields[] =>
  off.map(({ name, coupon, amount }) =>
    typed('OrderItemAdjustmentLineItem', {
      ...{ OrderItemId: item, Name: name, CouponCode: coupon },
      Amount: -(number(amount) ?? 0),
    }),
  );

const taxes = (all: readonly CapturedTax[], item: string | undefined, hundred: number): readonly Fields[] =>
  all.map(({ name, rate, amount }) =>
    typed('OrderItemTaxLineItem', {
      ...{ OrderItemId: item, Name: name, Type: 'Actual', TaxEffectiveDate: '2026-03-01', Amount: number(amount) },
      Rate: rate === undefined ? undefined : Number((rate * hundred).toPrecision(12)),
    }),
  );

const tenderRecord = (order: string, tender: CapturedOrder['tenders'][number]): Fields =>
  typed('Order_Tender__c', {
    Order__c: order,
    Tender_Key__c: tender.id,
    Type__c: tender.type,
    Amount__c: number(tender.amount),
    Authorized_Amount__c: number(tender.authorized),
    Captured_Amount__c: number(tender.captured),
    Card_Brand__c: tender.cardBrand,
    Token__c: tender.token,
    Display_Number__c: tender.displayNumber,
    Gateway__c: tender.gateway,
    Authorization_Id__c: tender.authorizationId,
    Authorization_Expires__c: tender.authorizationExpires,
  });
