import {
  crmOrderId,
  crmRecordId,
  given,
  type CapturedOrder,
  type CrmEntity,
  type CrmOrderId,
  type CrmRecordId,
} from '@tandem/domain';
import type {
  AccountDraft,
  AskDraft,
  ContactDraft,
  Desk,
  Entered,
  EnteredOrder,
  EntryOptions,
  OrderDraft,
} from '@tandem/domain/testing';
import { accountFields, contactFields, orderFields, placeOf } from './field-names.js';
import type { Fields, OrgApi } from './org-api.js';
import { OrderEntry } from './order-entry.js';
import type { Org } from './target.js';

const ACTIONS: Readonly<Record<AskDraft['action'], string>> = {
  cancel: 'Cancel',
  hold: 'Hold',
  'release-hold': 'Release hold',
  reroute: 'Reroute',
  'change-address': 'Change address',
};

const OBJECTS: Readonly<Record<CrmEntity, string>> = { account: 'Account', contact: 'Contact', order: 'Order' };

/** Works in the org by its public API. */
export class PublicApiDesk implements Desk {
  private readonly entry: OrderEntry;
  private readonly isCoded: boolean;
  private readonly namesCurrency: boolean;
  private requests = 0;

  constructor(
    private readonly api: OrgApi,
    { features }: Pick<Org, 'features'>,
    private readonly sessions: () => Iterable<string>,
    private readonly run: string,
  ) {
    this.isCoded = features.has('coded-places');
    this.namesCurrency = features.has('many-currencies');
    this.entry = new OrderEntry(api, { namesCurrency: this.namesCurrency, isCoded: this.isCoded });
  }

  async enterOrder(order: CapturedOrder, { account, billTo }: EntryOptions = {}): Promise<EnteredOrder> {
    const { customer } = order;
    const key = customer?.key;
    const owner =
      account ??
      (await this.enterAccount({
        name: `Buyer of ${order.number}`,
        ...(key !== undefined && { key }),
        ...exemption(order),
      }));
    const { firstName, lastName } = billTo ?? customer ?? {};
    const contact =
      lastName === undefined
        ? undefined
        : await this.enterContact(owner, { lastName, ...(firstName !== undefined && { firstName }) });
    const orderId = await this.api.create('Order', await this.head(order, owner, contact));
    const lines = await this.entry.enterParts(orderId, order);
    return {
      order: crmOrderId(orderId),
      account: owner,
      lines: new Map([...lines].map(([id, item]) => [id, crmRecordId(item)])),
    };
  }

  private async head(order: CapturedOrder, account: CrmRecordId, contact: CrmRecordId | undefined): Promise<Fields> {
    const { billTo, pricesIncludeTax } = order;
    const billing = billTo === undefined ? {} : { billing: placeOf(billTo) };
    return withoutGaps({
      AccountId: account,
      BillToContactId: contact,
      Name: `Order ${order.number}`,
      OrderReferenceNumber: order.number,
      Status: 'Draft',
      EffectiveDate: '2026-03-01',
      OrderedDate: order.capturedAt,
      Pricebook2Id: await this.entry.priceBook(),
      CurrencyIsoCode: this.namesCurrency ? order.currency : undefined,
      TaxLocaleType: pricesIncludeTax === undefined ? undefined : pricesIncludeTax ? 'Gross' : 'Net',
      PoNumber: order.purchaseOrderNumber,
      OMS_Instructions__c: order.instructions,
      OMS_Do_Not_Release_Before__c: order.releaseNotBefore,
      BillingEmailAddress: order.customer?.email,
      BillingPhoneNumber: order.customer?.phone,
      ...orderFields(billing, this.isCoded).fields,
    });
  }

  async enterAccount(draft: AccountDraft): Promise<CrmRecordId> {
    return crmRecordId(await this.api.create('Account', accountFields(draft, this.isCoded).fields));
  }

  async enterContact(account: CrmRecordId | undefined, draft: ContactDraft): Promise<CrmRecordId> {
    const { fields } = contactFields(draft, this.isCoded);
    return crmRecordId(await this.api.create('Contact', withoutGaps({ ...fields, AccountId: account })));
  }

  changeAccount(id: CrmRecordId, draft: AccountDraft): Promise<Entered> {
    return this.changed('account', id, accountFields(draft, this.isCoded));
  }

  changeAccountAs(client: string, id: CrmRecordId, draft: AccountDraft): Promise<Entered> {
    return this.changed('account', id, accountFields(draft, this.isCoded), client);
  }

  changeContact(id: CrmRecordId, draft: ContactDraft): Promise<Entered> {
    return this.changed('contact', id, contactFields(draft, this.isCoded));
  }

  changeOrder(id: CrmOrderId, draft: OrderDraft): Promise<Entered> {
    return this.changed('order', crmRecordId(id), orderFields(draft, this.isCoded));
  }

  async changeTogether(changes: readonly (readonly [CrmRecordId, AccountDraft])[]): Promise<readonly Entered[]> {
    const wanted = changes.map(([id, draft]) => ({ id, ...accountFields(draft, this.isCoded) }));
    await this.api.changeMany(wanted.map(({ id, fields }) => ({ attributes: { type: 'Account' }, id, ...fields })));
    return wanted.map(({ id, told }) => ({ entity: 'account', id, fields: told }));
  }

  remove(entity: CrmEntity, id: CrmRecordId | CrmOrderId): Promise<void> {
    return this.api.remove(OBJECTS[entity], id);
  }

  async ask(order: CrmOrderId, { action, lineKey, quantity, comment }: AskDraft): Promise<CrmRecordId> {
    this.requests += 1;
    const key = `${this.run}-${this.requests}`;
    const asked = { Action__c: ACTIONS[action], Request_Key__c: key };
    const wish = given({ Order_Line_Key__c: lineKey, Quantity__c: quantity, Reason__c: comment });
    const id = await this.api.create('OMS_Action_Request__c', { Order__c: order, ...asked, ...wish });
    await this.api.publish('OMS_Agent_Request__e', { Order_Id__c: order, Request_Id__c: id, ...asked });
    return crmRecordId(id);
  }

  async endSessions(): Promise<void> {
    for (const token of this.sessions()) await this.api.revoke(token);
  }

  private async changed(
    entity: CrmEntity,
    id: CrmRecordId,
    { fields, told }: { readonly fields: Fields; readonly told: readonly string[] },
    as?: string,
  ): Promise<Entered> {
    await this.api.change(OBJECTS[entity], id, fields, as);
    return { entity, id, fields: told };
  }
}

const exemption = ({ customer }: CapturedOrder) =>
  customer?.taxExemptId === undefined ? {} : { taxExemptId: customer.taxExemptId };

const withoutGaps = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
