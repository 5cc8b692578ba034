import { Injectable } from '@nestjs/common';
import {
  CrmOrderBook,
  differencesOf,
  faultOf,
  inWordsOf,
  OmsOrderBook,
  OrderLedger,
  unreadable,
  type CrmOrderId,
  type Difference,
  type OmsHolding,
  type OrderNumber,
  type OrderSnapshot,
  type ReturnSnapshot,
  type ShownOrder,
  type SiteProfile,
  type SyncFault,
  type TrackedOrder,
} from '@tandem/domain';
import { inParts } from '../platform/in-parts.js';

/** What the OMS has of one order. */
export interface Held {
  readonly number: OrderNumber;
  readonly oms: OrderSnapshot | undefined;
  readonly returns: readonly ReturnSnapshot[];
  /** Why it cannot be taken. */
  readonly fault?: SyncFault;
}

/** One order, seen on all three sides. */
export interface Look extends Held {
  readonly ledger: TrackedOrder | undefined;
  readonly crm: ShownOrder | undefined;
  readonly differences: readonly Difference[];
}

/** Single reads of the OMS that are under way together. */
const READS_AT_ONCE = 8;

/** Holds orders of one site against each other, as the three sides have them now. Reads only. */
@Injectable()
export class CompareOrders {
  constructor(
    private readonly oms: OmsOrderBook,
    private readonly ledger: OrderLedger,
    private readonly crm: CrmOrderBook,
  ) {}

  /** As a search of the OMS found them; returns stand by themselves there and are passed over. */
  found(site: SiteProfile, holdings: readonly OmsHolding[]): Promise<readonly Look[]> {
    const held = new Map<OrderNumber, Held>();
    for (const holding of holdings) {
      const { number } = holding;
      if (holding.kind === 'order') held.set(number, { number, oms: holding.order, returns: [] });
      if (holding.kind === 'unreadable')
        held.set(number, { number, oms: undefined, returns: [], fault: holding.fault });
    }
    return this.lookAt(site, [...held.values()]);
  }

  /** By their numbers, each read at the OMS, where a search may be behind. */
  async read(site: SiteProfile, orders: readonly Pick<Held, 'number' | 'returns'>[]): Promise<readonly Look[]> {
    const held: Held[] = [];
    for await (const together of inParts(orders, READS_AT_ONCE)) {
      held.push(...(await Promise.all(together.map((order) => this.readOne(site, order)))));
    }
    return this.lookAt(site, held);
  }

  private async readOne(site: SiteProfile, order: Pick<Held, 'number' | 'returns'>): Promise<Held> {
    try {
      return { ...order, oms: await this.oms.read(site, order.number) };
    } catch (thrown) {
      const fault = faultOf(thrown);
      if (fault.kind !== 'permanent') throw fault;
      return { ...order, oms: undefined, fault };
    }
  }

  /** The OMS was read first, the CRM is read last: who hears of a change later is seen later. */
  private async lookAt(site: SiteProfile, held: readonly Held[]): Promise<readonly Look[]> {
    const { organization } = site.oms;
    const kept = await this.ledger.findByOms(held.map(({ number }) => ({ organization, number })));
    const ledger = new Map(kept.map((tracked) => [tracked.order.terms.number, tracked]));
    const own = held.filter(({ number }) => (ledger.get(number)?.order.terms.site ?? site.id) === site.id);
    const shown = await this.crm.read(
      site,
      own.flatMap(({ number }) => crmIdOf(ledger.get(number))),
    );
    return own.map((order) => {
      const tracked = ledger.get(order.number);
      const [id] = crmIdOf(tracked);
      return compared(site, { ...order, ledger: tracked, crm: id === undefined ? undefined : shown.get(id) });
    });
  }
}

const crmIdOf = (tracked: TrackedOrder | undefined): readonly CrmOrderId[] =>
  tracked ? [tracked.order.terms.crmOrderId] : [];

function compared(site: SiteProfile, sides: Omit<Look, 'differences'>): Look {
  if (sides.fault) return { ...sides, differences: [unreadable(sides.fault)] };
  try {
    const ledger = sides.ledger && inWordsOf(site, sides.ledger);
    return { ...sides, differences: differencesOf({ ...sides, ledger }) };
  } catch (thrown) {
    const fault = faultOf(thrown);
    // A revision is under way: its answer tells, and the second look.
    if (fault.kind === 'transient') return { ...sides, differences: [] };
    return { ...sides, fault, differences: [unreadable(fault)] };
  }
}
