import {
  ConflictFault,
  given,
  OmsOrderChanges,
  type Cancellation,
  type ChangeAnswer,
  type HoldChange,
  type LateCancel,
  type OrderChange,
  type OrderNumber,
  type OrderRevision,
  type PermittedChanges,
  type Reroute,
  type Shortage,
  type SiteProfile,
  type Violation,
} from '@tandem/domain';
import type { ManhattanConnection } from '../connection/manhattan-connection.js';
import type { ManhattanConnections } from '../connection/manhattan-connections.js';
import { refusalOf } from '../connection/refusal.js';
import { ABSENT_ORDER } from '../orders/absent-order.js';
import { OrderReader, type OrderReadingOptions } from '../orders/order-reader.js';
import { DEFAULT_VOCABULARY, type OrderVocabulary } from '../orders/order-vocabulary.js';
import { quoted } from '../query.js';
import { cancelPlan, type CancelStrategy } from './cancel-plan.js';
import type { ChangePlan, Plan } from './change-plan.js';
import { confirmPlan } from './confirm-plan.js';
import { heldOrder, type HeldOrder } from './held-order.js';
import { applyHoldPlan, resolveHoldPlan } from './hold-plan.js';
import { lateCancelsOf } from './late-cancels.js';
import { permittedChangesOf } from './permitted-changes.js';
import { reroutePlan, type RerouteStrategy } from './reroute-plan.js';
import { revisePlan } from './revise-plan.js';
import { shortPlan } from './short-plan.js';

export interface OrderChangeOptions extends CancelStrategy, RerouteStrategy {
  readonly vocabulary?: Partial<OrderVocabulary>;
  readonly reading?: OrderReadingOptions;
}

/**
 * Changes of orders by partial saves (§2.5, §3). Each looks at the order first, since a save would create what it does not find,
 * and afterwards, since only a read by id tells the whole of it (§10.11).
 */
export class ManhattanOrderChanges extends OmsOrderChanges {
  private readonly words: OrderVocabulary;
  private readonly reader: OrderReader;

  constructor(
    private readonly connections: ManhattanConnections,
    private readonly options: OrderChangeOptions = {},
  ) {
    super();
    this.words = { ...DEFAULT_VOCABULARY, ...options.vocabulary };
    this.reader = new OrderReader(options.reading);
  }

  override revise(site: SiteProfile, revision: OrderRevision): Promise<ChangeAnswer> {
    return this.change(site, revision, revisePlan(site, this.words, revision));
  }

  override confirm(site: SiteProfile, change: OrderChange): Promise<ChangeAnswer> {
    return this.change(site, change, confirmPlan(change));
  }

  override cancel(site: SiteProfile, cancellation: Cancellation): Promise<ChangeAnswer> {
    const { cancelBy, lateCancels = site.oms.lateCancels } = this.options;
    return this.change(site, cancellation, cancelPlan(cancellation, given({ cancelBy, lateCancels })));
  }

  override applyHold(site: SiteProfile, hold: HoldChange): Promise<ChangeAnswer> {
    return this.change(site, hold, applyHoldPlan(hold));
  }

  override resolveHold(site: SiteProfile, hold: HoldChange): Promise<ChangeAnswer> {
    return this.change(site, hold, resolveHoldPlan(hold));
  }

  override reroute(site: SiteProfile, reroute: Reroute): Promise<ChangeAnswer> {
    return this.change(site, reroute, reroutePlan(reroute, this.options));
  }

  override short(site: SiteProfile, shortage: Shortage): Promise<ChangeAnswer> {
    return this.change(site, shortage, shortPlan(shortage, this.options));
  }

  override async permitted(site: SiteProfile, number: OrderNumber): Promise<PermittedChanges> {
    const path = `/order/api/order/order/orderId/${encodeURIComponent(number)}/permittedModTypes`;
    const { data } = await this.connectionOf(site).call('GET', path, undefined, { orderNumber: number });
    return permittedChangesOf(data);
  }

  override async lateCancels(site: SiteProfile, number: OrderNumber): Promise<readonly LateCancel[]> {
    const connection = this.connectionOf(site);
    const path = '/order/api/order/postReleaseCancellationTracker/search';
    const body = { Query: `OrderId = ${quoted(number)}`, Size: site.maxLines, Page: 0 };
    const { data } = await connection.call('POST', path, body, { orderNumber: number });
    return lateCancelsOf(data, await this.reader.find(connection, number));
  }

  private async change(site: SiteProfile, change: OrderChange, plans: ChangePlan): Promise<ChangeAnswer> {
    const connection = this.connectionOf(site);
    const held = await this.find(connection, change.number);
    if (!held) return ABSENT_ORDER;
    if (isTaken(held, change)) return this.earlier(site, change, plans, held);
    try {
      const violations = await carryOut(connection, change, plans.plan(held));
      if (violations.length > 0) return { kind: 'refused', violations };
    } catch (thrown) {
      if (!(thrown instanceof ConflictFault) || thrown.code !== 'oms.stale_version') throw thrown;
      const now = await this.find(connection, change.number);
      if (!now) throw thrown;
      return this.earlier(site, change, plans, now);
    }
    const now = await this.find(connection, change.number);
    return now ? this.settled(site, plans, now) : ABSENT_ORDER;
  }

  /** The version is taken: by this very change, whose answer we never saw, or by a later one that may have been made upon it. */
  private earlier(site: SiteProfile, change: OrderChange, plans: ChangePlan, held: HeldOrder): ChangeAnswer {
    const isOurs = held.version === change.version ? !plans.lacks(held) : plans.shows(held);
    if (isOurs) return this.settled(site, plans, held);
    throw new ConflictFault(
      'oms.stale_version',
      'The OMS holds this version of the order, or a later one, of somebody else.',
      {
        context: { orderNumber: change.number, version: change.version, held: held.version ?? 0 },
      },
    );
  }

  private settled(site: SiteProfile, plans: ChangePlan, held: HeldOrder): ChangeAnswer {
    if (plans.pending(held)) return { kind: 'requested' };
    return { kind: 'changed', order: this.reader.snapshot(site, held.fields) };
  }

  private async find(connection: ManhattanConnection, number: OrderNumber): Promise<HeldOrder | undefined> {
    const order = await this.reader.find(connection, number);
    return order && heldOrder(order);
  }

  private connectionOf(site: SiteProfile): ManhattanConnection {
    return this.connections.of(site.oms.organization);
  }
}

const isTaken = ({ version }: HeldOrder, change: OrderChange): boolean =>
  version !== undefined && version >= change.version;

/** Sends what is planned, and answers what the OMS has against it, in its own words. */
async function carryOut(
  connection: ManhattanConnection,
  { number }: OrderChange,
  plan: Plan,
): Promise<readonly Violation[]> {
  if (plan.kind === 'refuse') return plan.violations;
  const violations: Violation[] = [];
  for (const { path, body } of plan.calls) {
    violations.push(...(await refusalOf(() => connection.call('POST', path, body, { orderNumber: number }))));
    if (violations.length > 0 && plan.refusals !== 'each') break;
  }
  return violations;
}
