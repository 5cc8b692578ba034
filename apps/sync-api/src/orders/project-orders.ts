import {
  acknowledge,
  acknowledgedBy,
  changesBetween,
  CrmOrderBook,
  CrmProjections,
  inDoubt,
  inWordsOf,
  orderKey,
  OrderLedger,
  orderNumber,
  siteId,
  Sites,
  type RecordChange,
  type ShownOrder,
  type SyncFault,
  type TrackedOrder,
} from '@tandem/domain';
import { done, failed, type Message, type MessageOn, type Outcome } from '@tandem/messaging';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { siteNamed } from '../platform/site-named.js';
import { Transactions, type AuditEntry } from '../platform/transactions.js';
import { orderNotKept } from './order-faults.js';

type ProjectionMessage = Message<MessageOn<'orders.project-order'>>;

/** Makes the CRM show what it should of many orders, in as few writes as it takes. One outcome for each message, in their order. */
export class ProjectOrders extends Command<readonly Outcome[]> {
  constructor(readonly messages: readonly ProjectionMessage[]) {
    super();
  }
}

/** What the CRM is to be told of one order, and how that went. */
interface Writing {
  readonly tracked: TrackedOrder;
  readonly changes: readonly RecordChange[];
}

interface Written {
  readonly tracked: TrackedOrder;
  readonly fields: number;
  readonly fault: SyncFault | undefined;
}

@CommandHandler(ProjectOrders)
export class ProjectOrdersHandler implements ICommandHandler<ProjectOrders> {
  constructor(
    private readonly sites: Sites,
    private readonly ledger: OrderLedger,
    private readonly crm: CrmProjections,
    private readonly book: CrmOrderBook,
    private readonly transactions: Transactions,
  ) {}

  async execute({ messages }: ProjectOrders): Promise<readonly Outcome[]> {
    const doubted = new Set(messages.filter(({ name }) => name === 'order.projection-doubted.v1').map(keyOf));
    const writings = planned(await this.asShown(await this.load(messages), doubted));
    await this.doubt(writings);
    const written = await this.write(writings);
    const outcomes = messages.map((message) => outcomeOf(message, written.get(keyOf(message))));
    const settled = messages.filter((_, index) => outcomes[index]?.kind === 'done');

    await this.transactions.run(async (tx) => {
      await tx.claim(
        'orders.project-order',
        settled.map((message) => message.id),
      );
      const touched = [...written.values()].filter(({ fields }) => fields > 0);
      const known = [...written].filter(([key, { fields }]) => fields > 0 || doubted.has(key));
      await tx.orders.acknowledge(known.map(([, { tracked }]) => tracked));
      await tx.audit.note(touched.map((order) => projected(order, messages)));
    });
    return outcomes;
  }

  private async load(messages: readonly ProjectionMessage[]): Promise<readonly TrackedOrder[]> {
    const wanted = new Map(messages.map((message) => [keyOf(message), message.body]));
    const orders = await this.ledger.findAll(
      [...wanted.values()].map((body) => ({ site: siteId(body.site), number: orderNumber(body.orderNumber) })),
    );
    return orders.map((tracked) => inWordsOf(siteNamed(this.sites, tracked.order.terms.site), tracked));
  }

  /** What the CRM acknowledged of an order is doubted: what it shows now is taken instead. */
  private async asShown(
    orders: readonly TrackedOrder[],
    doubted: ReadonlySet<string>,
  ): Promise<readonly TrackedOrder[]> {
    const asked = Map.groupBy(
      orders.filter((tracked) => doubted.has(trackedKey(tracked))),
      ({ order }) => order.terms.site,
    );
    const shown = new Map<string, ShownOrder>();
    for (const [site, own] of asked) {
      const ids = own.map(({ order }) => order.terms.crmOrderId);
      const found = await this.book.read(siteNamed(this.sites, site), ids);
      for (const [id, order] of found) shown.set(`${site}:${id}`, order);
    }
    return orders.map((tracked) => {
      const { site, crmOrderId } = tracked.order.terms;
      const order = shown.get(`${site}:${crmOrderId}`);
      return order ? { ...tracked, acknowledged: acknowledgedBy(tracked, order) } : tracked;
    });
  }

  /** We may die, or the answer be lost, once the CRM has been told: then nobody knows which of two states a record is in. */
  private async doubt(writings: readonly Writing[]): Promise<void> {
    const doubted = writings.filter(({ changes }) => changes.some(({ isNew }) => !isNew));
    if (doubted.length === 0) return;
    await this.transactions.run((tx) =>
      tx.orders.doubt(
        doubted.map(({ tracked, changes }) => ({ ...tracked, acknowledged: inDoubt(tracked.acknowledged, changes) })),
      ),
    );
  }

  /** By order key. Orders that are kept alike in one org go out together; where one org fails, what goes to the others is waited for. */
  private async write(writings: readonly Writing[]): Promise<ReadonlyMap<string, Written>> {
    const byPlace = Map.groupBy(writings, ({ tracked }) => {
      const { crmOrg, crmModel } = siteNamed(this.sites, tracked.order.terms.site);
      return `${crmOrg} ${crmModel ?? ''}`;
    });
    const ended = await Promise.allSettled([...byPlace.values()].map((own) => this.writeTogether(own)));
    const written = ended.flatMap((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    });
    return new Map(written.map((order) => [trackedKey(order.tracked), order]));
  }

  private async writeTogether(writings: readonly Writing[]): Promise<readonly Written[]> {
    const [first] = writings;
    if (!first) return [];
    const { crmOrg, crmModel } = siteNamed(this.sites, first.tracked.order.terms.site);
    const changes = writings.flatMap((writing) => writing.changes);
    const outcomes = changes.length === 0 ? [] : await this.crm.write(crmOrg, changes, crmModel);
    const remaining = outcomes.values();
    return writings.map(({ tracked, changes: own }) => {
      const answered = own.map((change) => ({ change, outcome: remaining.next().value }));
      const accepted = answered.flatMap(({ change, outcome }) =>
        outcome?.kind === 'written' ? [without(change, outcome.withheld)] : [],
      );
      const unsure = answered.flatMap(({ change, outcome }) => (outcome?.kind === 'written' ? [] : [change]));
      const fault = answered
        .map(({ outcome }) => (outcome?.kind === 'failed' ? outcome.fault : undefined))
        .find((one) => one);
      return {
        tracked: { ...tracked, acknowledged: inDoubt(acknowledge(tracked.acknowledged, accepted), unsure) },
        fields: accepted.reduce((sum, change) => sum + Object.keys(change.fields).length, 0),
        fault,
      };
    });
  }
}

/** What the CRM has no place for is not acknowledged: it is tried again with the next change. */
const without = (change: RecordChange, withheld: readonly string[] = []): RecordChange =>
  withheld.length === 0
    ? change
    : {
        ...change,
        fields: Object.fromEntries(Object.entries(change.fields).filter(([field]) => !withheld.includes(field))),
      };

const planned = (orders: readonly TrackedOrder[]): readonly Writing[] =>
  orders.map((tracked) => ({ tracked, changes: changesBetween(tracked.acknowledged, tracked.wanted) }));

function outcomeOf(message: ProjectionMessage, written: Written | undefined): Outcome {
  if (!written) return failed(orderNotKept(message.body.site, message.body.orderNumber));
  return written.fault ? failed(written.fault) : done;
}

function projected({ tracked, fields }: Written, messages: readonly ProjectionMessage[]): AuditEntry {
  const subject = trackedKey(tracked);
  const cause = messages.findLast((message) => keyOf(message) === subject);
  return {
    action: 'order.projected',
    subject,
    actor: 'tandem',
    messageId: cause?.id,
    archiveId: cause?.archiveId,
    traceparent: cause?.traceparent,
    details: { version: tracked.version, fields },
  };
}

const keyOf = ({ body }: ProjectionMessage) => orderKey(siteId(body.site), orderNumber(body.orderNumber));
const trackedKey = ({ order: { terms } }: TrackedOrder) => orderKey(terms.site, terms.number);
