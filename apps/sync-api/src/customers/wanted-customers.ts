import { Injectable } from '@nestjs/common';
import {
  acceptAccount,
  Countries,
  CrmCustomers,
  crmRecordId,
  OrderLedger,
  orderKey,
  orderNumber,
  PhoneNumbers,
  readOrderCustomer,
  siteId,
  Sites,
  type CapturedAccount,
  type CrmRecordId,
  type RegisteredCustomer,
  type SiteProfile,
  type SyncFault,
  type TrackedOrder,
} from '@tandem/domain';
import type { Message, MessageOn } from '@tandem/messaging';
import { siteNamed } from '../platform/site-named.js';
import { customerRefused, faultOfAll, orderNotKept } from './customer-faults.js';

export type SaveMessage = Message<MessageOn<'customers.save-customer'>>;
type ChangedMessage = Extract<SaveMessage, { name: 'customer.changed.v1' }>;
type NeededMessage = Extract<SaveMessage, { name: 'customer.needed.v1' }>;

/** What a message asks for: all that the account says, what an order needs, nothing (the account is gone), or a fault. */
export type Wanted =
  | { readonly kind: 'account' | 'order'; readonly site: SiteProfile; readonly customer: RegisteredCustomer }
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly fault: SyncFault };

const isChanged = (message: SaveMessage): message is ChangedMessage => message.name === 'customer.changed.v1';
const isNeeded = (message: SaveMessage): message is NeededMessage => message.name === 'customer.needed.v1';

/** Reads what customers ought to be at the OMS: from the CRM for those that changed, from the ledger for those that an order needs. */
@Injectable()
export class WantedCustomers {
  constructor(
    private readonly sites: Sites,
    private readonly countries: Countries,
    private readonly phones: PhoneNumbers,
    private readonly crm: CrmCustomers,
    private readonly orders: OrderLedger,
  ) {}

  /** By message id. */
  async of(messages: readonly SaveMessage[]): Promise<ReadonlyMap<string, Wanted>> {
    const changed = messages.filter(isChanged);
    const orgs = new Map<string, ChangedMessage[]>();
    for (const message of changed) {
      const org = this.sites.find(siteId(message.body.site))?.crmOrg ?? '';
      orgs.set(org, [...(orgs.get(org) ?? []), message]);
    }
    const read = await Promise.all([...orgs.values()].map((own) => this.fromCrm(own)));
    return new Map([...read.flat(), ...(await this.fromOrders(messages.filter(isNeeded)))]);
  }

  /** Of one org: where it does not answer, all wait. */
  private async fromCrm(messages: readonly ChangedMessage[]): Promise<readonly (readonly [string, Wanted])[]> {
    const [first] = messages;
    if (!first) return [];
    const ids = messages.map(({ body }) => crmRecordId(body.accountId));
    try {
      const { crmOrg } = siteNamed(this.sites, siteId(first.body.site));
      const accounts = await this.crm.read(crmOrg, ids);
      return messages.map((message) => [message.id, this.judged(message, accounts)]);
    } catch (thrown) {
      const wanted: Wanted = { kind: 'failed', fault: faultOfAll(thrown, messages) };
      return messages.map(({ id }) => [id, wanted]);
    }
  }

  private judged({ body }: ChangedMessage, accounts: ReadonlyMap<CrmRecordId, CapturedAccount>): Wanted {
    const account = accounts.get(crmRecordId(body.accountId));
    // A key that was taken away or changed since: the event of that change brings the account again, under its new key.
    if (account?.key !== body.customerKey) return { kind: 'gone' };
    const { countries, phones } = this;
    const acceptance = acceptAccount(account, { countries, phones });
    return acceptance.kind === 'accepted'
      ? { kind: 'account', site: siteNamed(this.sites, siteId(body.site)), customer: acceptance.customer }
      : { kind: 'failed', fault: customerRefused(body.site, body.accountId, acceptance.violations) };
  }

  private async fromOrders(messages: readonly NeededMessage[]): Promise<readonly (readonly [string, Wanted])[]> {
    if (messages.length === 0) return [];
    const wanted = messages.map(({ body }) => ({ site: siteId(body.site), number: orderNumber(body.orderNumber) }));
    const kept = new Map((await this.orders.findAll(wanted)).map((order) => [keyOf(order), order]));
    return messages.map(({ id, body: { site, orderNumber: number } }) => [
      id,
      this.ofOrder(site, number, kept.get(orderKey(siteId(site), orderNumber(number)))),
    ]);
  }

  private ofOrder(site: string, number: string, tracked: TrackedOrder | undefined): Wanted {
    if (!tracked) return { kind: 'failed', fault: orderNotKept(site, number) };
    const { customer } = tracked.order.terms;
    if (customer.kind === 'guest') return { kind: 'gone' };
    const { countries, phones } = this;
    return {
      kind: 'order',
      site: siteNamed(this.sites, siteId(site)),
      customer: readOrderCustomer(customer, { countries, phones }),
    };
  }
}

const keyOf = ({ order: { terms } }: TrackedOrder) => orderKey(terms.site, terms.number);
