import {
  Countries,
  CrmCustomers,
  crmOrgName,
  crmRecordId,
  CustomerLedger,
  customerKey,
  Sites,
  sitesOfCustomer,
  type AccountHead,
  type CustomerKey,
  type OmsOrganization,
  type SiteProfile,
} from '@tandem/domain';
import { causedBy, done, failed, MessageWriter, type Message, type MessageOn, type Outcome } from '@tandem/messaging';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { faultOfAll } from './customer-faults.js';
import { Transactions, type AuditEntry } from '../platform/transactions.js';

type ChangeMessage = Message<MessageOn<'customers.find-customer'>>;

/** Finds out whose customer each changed record of the CRM is, and passes the change on under the customer's key. */
export class FindCustomers extends Command<readonly Outcome[]> {
  constructor(readonly messages: readonly ChangeMessage[]) {
    super();
  }
}

/** A change with what the CRM answered: the account, nothing where none is left, or why it did not answer. */
interface Found {
  readonly message: ChangeMessage;
  readonly head: AccountHead | undefined;
  readonly outcome: Outcome;
}

/** A customer to look after, at each of its sites, with all changes that told of it. */
interface Passed {
  readonly messages: readonly [ChangeMessage, ...ChangeMessage[]];
  readonly head: AccountHead & { readonly key: string };
  readonly sites: readonly SiteProfile[];
}

@CommandHandler(FindCustomers)
export class FindCustomersHandler implements ICommandHandler<FindCustomers> {
  constructor(
    private readonly sites: Sites,
    private readonly countries: Countries,
    private readonly crm: CrmCustomers,
    private readonly ledger: CustomerLedger,
    private readonly transactions: Transactions,
    private readonly messages: MessageWriter,
  ) {}

  async execute({ messages }: FindCustomers): Promise<readonly Outcome[]> {
    const orgs = [...new Set(messages.map(({ body }) => body.org))];
    const found = (
      await Promise.all(orgs.map((org) => this.found(messages.filter(({ body }) => body.org === org))))
    ).flat();
    const settled = found.filter(({ outcome }) => outcome.kind === 'done');
    const passed = await this.passed(settled);
    await this.transactions.run(async (tx) => {
      const claimed = await tx.claim(
        'customers.find-customer',
        settled.map(({ message }) => message.id),
      );
      const fresh = passed.filter(({ messages: told }) => told.some(({ id }) => claimed.has(id)));
      await tx.audit.note(fresh.filter(({ sites }) => sites.length === 0).map(unplaced));
      await tx.send(fresh.flatMap((one) => this.work(one)));
    });
    return messages.map((message) => found.find((one) => one.message === message)?.outcome ?? done);
  }

  /** Of one org: where it does not answer, all its messages wait. */
  private async found(messages: readonly ChangeMessage[]): Promise<readonly Found[]> {
    const [first] = messages;
    if (!first) return [];
    const records = messages.map(({ body }) => ({
      entity: body.entity === 'contact' ? ('contact' as const) : ('account' as const),
      id: crmRecordId(body.recordId),
    }));
    try {
      const owners = await this.crm.owners(crmOrgName(first.body.org), records);
      return messages.map((message) => ({
        message,
        head: owners.get(crmRecordId(message.body.recordId)),
        outcome: done,
      }));
    } catch (thrown) {
      const outcome = failed(faultOfAll(thrown, messages));
      return messages.map((message) => ({ message, head: undefined, outcome }));
    }
  }

  /** One for each customer. An account without a key is no customer: guests share one. */
  private async passed(settled: readonly Found[]): Promise<readonly Passed[]> {
    const byCustomer = new Map<string, Omit<Passed, 'sites'>>();
    for (const { message, head } of settled) {
      if (head?.key === undefined) continue;
      const name = `${message.body.org} ${head.key}`;
      const before = byCustomer.get(name);
      byCustomer.set(name, {
        messages: before ? [...before.messages, message] : [message],
        head: { ...head, key: head.key, countries: [...(before?.head.countries ?? []), ...head.countries] },
      });
    }
    const changed = [...byCustomer.values()];
    const knownAt = await this.knownAt(changed.map(({ head }) => customerKey(head.key)));
    return changed.map(({ messages, head }) => {
      const sites = this.sites.all().filter(({ crmOrg }) => crmOrg === messages[0].body.org);
      const known = knownAt.get(customerKey(head.key)) ?? new Set<OmsOrganization>();
      return { messages, head, sites: sitesOfCustomer(sites, head.countries, this.countries, known) };
    });
  }

  private async knownAt(keys: readonly CustomerKey[]): Promise<ReadonlyMap<CustomerKey, ReadonlySet<OmsOrganization>>> {
    const known = new Map<CustomerKey, Set<OmsOrganization>>();
    for (const { key, organization } of await this.ledger.findByKey(keys)) {
      known.set(key, (known.get(key) ?? new Set<OmsOrganization>()).add(organization));
    }
    return known;
  }

  private work({ messages, head: { key, accountId }, sites }: Passed): readonly Message[] {
    return sites.map(({ id: site }) =>
      this.messages.write('customer.changed.v1', {
        key,
        site,
        body: { site, customerKey: key, accountId },
        cause: causedBy(messages.at(-1) ?? messages[0]),
      }),
    );
  }
}

/** Noted, so that one can see why the OMS never heard of the customer. */
const unplaced = ({ messages: [message], head }: Passed): AuditEntry => ({
  action: 'customer.without-site',
  subject: `${message.body.org}:${head.key}`,
  actor: 'tandem',
  messageId: message.id,
  archiveId: message.archiveId,
  traceparent: message.traceparent,
  details: { because: head.countries.length === 0 ? 'no-address' : 'country-not-served' },
});
