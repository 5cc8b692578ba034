import {
  afterSaving,
  beforeSaving,
  changeForOrder,
  changesNothing,
  customerChange,
  CustomerLedger,
  customerKey,
  faultOf,
  historyEntry,
  OmsCustomers,
  untracked,
  type CustomerChange,
  type SiteProfile,
  type SyncFault,
  type TrackedCustomer,
} from '@tandem/domain';
import { causedBy, done, failed, MessageWriter, type Message, type Outcome, inTraceOf } from '@tandem/messaging';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Transactions, type AuditEntry, type Transaction } from '../platform/transactions.js';
import { WantedCustomers, type SaveMessage, type Wanted } from './wanted-customers.js';

/** Makes the OMS hold customers as it should, field by field. One outcome for each message, in their order; one lane saves a customer. */
export class SaveCustomers extends Command<readonly Outcome[]> {
  constructor(readonly messages: readonly SaveMessage[]) {
    super();
  }
}

/** What one customer is to become, and how that went. */
interface Saving {
  readonly message: SaveMessage;
  readonly site: SiteProfile;
  readonly tracked: TrackedCustomer;
  readonly change: CustomerChange;
}

@CommandHandler(SaveCustomers)
export class SaveCustomersHandler implements ICommandHandler<SaveCustomers> {
  constructor(
    private readonly wanted: WantedCustomers,
    private readonly ledger: CustomerLedger,
    private readonly oms: OmsCustomers,
    private readonly transactions: Transactions,
    private readonly messages: MessageWriter,
  ) {}

  async execute({ messages }: SaveCustomers): Promise<readonly Outcome[]> {
    const wanted = await this.wanted.of(messages);
    const planned = await this.plan(messages, wanted);
    const savings = await this.announce(planned);
    const faults = new Map<string, SyncFault>();
    for (const saving of savings) {
      const fault = await inTraceOf(saving.message, () => this.save(saving));
      if (fault) faults.set(saving.message.id, fault);
    }
    for (const [id, one] of wanted) if (one.kind === 'failed') faults.set(id, one.fault);
    const settled = messages.filter(({ id }) => !faults.has(id));
    await this.transactions.run((tx) => this.commit(tx, settled, savings));
    return messages.map(({ id }) => {
      const fault = faults.get(id);
      return fault ? failed(fault) : done;
    });
  }

  private async plan(
    messages: readonly SaveMessage[],
    wanted: ReadonlyMap<string, Wanted>,
  ): Promise<readonly Saving[]> {
    const known = await this.ledger.findByKey(messages.map(({ body }) => customerKey(body.customerKey)));
    return messages.flatMap((message) => {
      const asked = wanted.get(message.id);
      if (!asked || asked.kind === 'gone' || asked.kind === 'failed') return [];
      const { site, customer } = asked;
      const { organization } = site.oms;
      const tracked =
        known.find((one) => one.key === customer.key && one.organization === organization) ??
        untracked(organization, customer.key);
      const differing = asked.kind === 'order' ? changeForOrder : customerChange;
      return [{ message, site, tracked, change: differing(customer, tracked.confirmed) }];
    });
  }

  /** Committed before the OMS is told: whoever comes after us knows what we may have changed. */
  private async announce(planned: readonly Saving[]): Promise<readonly Saving[]> {
    const changing = planned.filter(({ change }) => !changesNothing(change));
    if (changing.length === 0) return planned;
    await this.transactions.run((tx) =>
      tx.customers.save(changing.map(({ tracked, change }) => beforeSaving(tracked, change))),
    );
    return planned.map((saving) =>
      changing.includes(saving)
        ? { ...saving, tracked: { ...saving.tracked, revision: saving.tracked.revision + 1 } }
        : saving,
    );
  }

  private async save({ site, change }: Saving): Promise<SyncFault | undefined> {
    if (changesNothing(change)) return undefined;
    try {
      await this.oms.save(site, change);
      return undefined;
    } catch (thrown) {
      return faultOf(thrown);
    }
  }

  private async commit(tx: Transaction, settled: readonly SaveMessage[], savings: readonly Saving[]): Promise<void> {
    const claimed = await tx.claim(
      'customers.save-customer',
      settled.map(({ id }) => id),
    );
    const saved = savings
      .filter(({ message, change }) => settled.includes(message) && !changesNothing(change))
      .map((saving) => ({ ...saving, tracked: afterSaving(saving.tracked, saving.change) }));
    await tx.customers.save(saved.map(({ tracked }) => tracked));
    await tx.customers.record(saved.map(({ tracked, change, message }) => historyEntry(tracked, change, message.id)));
    await tx.audit.note(saved.map(customerSaved));
    // Whatever was parked of a customer before asked for what is done now: the red light goes out by itself.
    const done = settled.filter(({ name }) => name === 'customer.changed.v1');
    await tx.overtake('customers.save-customer', 'customer.changed.v1', done);
    await tx.send(settled.filter(({ id }) => claimed.has(id)).flatMap((message) => this.ready(message)));
  }

  private ready(message: SaveMessage): readonly Message[] {
    if (message.name !== 'customer.needed.v1') return [];
    const { site, orderNumber } = message.body;
    const body = { site, orderNumber };
    return [this.messages.write('customer.ready.v1', { key: orderNumber, site, body, cause: causedBy(message) })];
  }
}

const customerSaved = ({ message, tracked, change }: Saving): AuditEntry => ({
  action: 'customer.saved',
  subject: `${tracked.organization}:${tracked.key}`,
  actor: 'tandem',
  messageId: message.id,
  archiveId: message.archiveId,
  traceparent: message.traceparent,
  details: {
    version: tracked.version,
    for: message.name === 'customer.needed.v1' ? 'order' : 'change',
    fields: Object.keys(change.fields).length,
    addresses: change.addresses.length,
  },
});
