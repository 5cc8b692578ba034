import { Injectable } from '@nestjs/common';
import {
  OmsOrderBook,
  OrderLedger,
  repairOf,
  Sites,
  type Difference,
  type OrderNumber,
  type ReturnSnapshot,
  type SiteProfile,
} from '@tandem/domain';
import { inParts } from '../platform/in-parts.js';
import { Reconciliations, type Compared, type Finding, type Reconciliation } from '../platform/reconciliations.js';
import { siteNamed } from '../platform/site-named.js';
import { CompareOrders, type Look } from './compare-orders.js';
import { RepairOrders } from './repair-orders.js';

/** Orders that are held in memory, and asked for, together. */
const TOGETHER = 200;

/** Whoever runs it tells how far it is after every part, and may be stopped there by a fault. */
export interface Runner {
  readonly progressed: (compared: Compared) => Promise<void>;
  /** Stays away for so long. */
  readonly wait: (ms: number) => Promise<void>;
}

/** What differed at the first look. */
interface Suspect {
  readonly number: OrderNumber;
  readonly returns: readonly ReturnSnapshot[];
  readonly differences: ReadonlySet<string>;
}

/**
 * Holds a window of a site's orders against each other on all three sides, twice: what is on its way at the first look has arrived at
 * the second. Memory holds one part of the window, and what differs.
 */
@Injectable()
export class RunReconciliation {
  constructor(
    private readonly sites: Sites,
    private readonly oms: OmsOrderBook,
    private readonly ledger: OrderLedger,
    private readonly orders: CompareOrders,
    private readonly repairs: RepairOrders,
    private readonly reconciliations: Reconciliations,
  ) {}

  /** Yields how many orders it began to repair. */
  async run(reconciliation: Reconciliation, runner: Runner): Promise<number> {
    const site = siteNamed(this.sites, reconciliation.site);
    const first = new FirstLook();
    for await (const looks of this.window(site, reconciliation)) {
      first.take(looks);
      await runner.progressed(first.compared);
    }
    if (first.suspects.length > 0) await runner.wait(reconciliation.settleMs);
    const findings: Finding[] = [];
    for await (const looks of this.again(site, first.suspects)) {
      findings.push(...looks.flatMap((look) => findingsOf(look, first)));
      await runner.progressed(first.compared);
    }
    await this.reconciliations.keep(reconciliation.id, findings);
    return reconciliation.apply ? this.repair(site, reconciliation, findings, first, runner) : 0;
  }

  /** What the OMS changed within the window; then the parents of what came back, and what we think that it has changed and it did not tell. */
  private async *window(site: SiteProfile, { from, to }: Reconciliation): AsyncGenerator<readonly Look[]> {
    const seen = new Set<OrderNumber>();
    const returns = new Map<OrderNumber, readonly ReturnSnapshot[]>();
    for await (const holdings of inParts(this.oms.changedBetween(site, from, to), TOGETHER)) {
      for (const { number } of holdings) seen.add(number);
      for (const holding of holdings) if (holding.kind === 'return') noteParents(returns, holding.returned);
      yield await this.orders.found(site, holdings);
    }
    const unseen = (await this.ledger.numbersBetween(site.id, from, to)).filter((number) => !seen.has(number));
    const wanted = new Set([...returns.keys(), ...unseen]);
    yield* this.again(
      site,
      [...wanted].map((number) => ({ number, returns: returns.get(number) ?? [] })),
    );
  }

  private async *again(
    site: SiteProfile,
    orders: readonly Pick<Suspect, 'number' | 'returns'>[],
  ): AsyncGenerator<readonly Look[]> {
    for await (const some of inParts(orders, TOGETHER)) yield await this.orders.read(site, some);
  }

  /** Looks once more: what is repaired is what differed both times and is there now. */
  private async repair(
    site: SiteProfile,
    reconciliation: Reconciliation,
    findings: readonly Finding[],
    first: FirstLook,
    runner: Runner,
  ): Promise<number> {
    const differing = new Set(findings.map(({ number }) => number));
    const orders = first.suspects.filter(({ number }) => differing.has(number));
    let repaired = 0;
    for await (const looks of this.again(site, orders)) {
      const known = looks.map((look) => ({ ...look, differences: confirmed(look, first) }));
      repaired += await this.repairs.repair(reconciliation, known);
      await runner.progressed(first.compared);
    }
    return repaired;
  }
}

/** What the first look at a window leaves behind. */
class FirstLook {
  private readonly byNumber = new Map<OrderNumber, Suspect>();
  compared: Compared = { oms: 0, ledger: 0, crm: 0 };

  get suspects(): readonly Suspect[] {
    return [...this.byNumber.values()];
  }

  take(looks: readonly Look[]): void {
    this.compared = {
      oms: this.compared.oms + looks.filter(({ oms }) => oms).length,
      ledger: this.compared.ledger + looks.filter(({ ledger }) => ledger).length,
      crm: this.compared.crm + looks.filter(({ crm }) => crm).length,
    };
    for (const { number, returns, differences } of looks) {
      if (differences.length > 0)
        this.byNumber.set(number, { number, returns, differences: new Set(differences.map(nameOf)) });
    }
  }

  knew(number: OrderNumber, difference: Difference): boolean {
    return this.byNumber.get(number)?.differences.has(nameOf(difference)) ?? false;
  }
}

const nameOf = ({ class: what, behind, record, field }: Difference): string =>
  JSON.stringify([what, behind, record, field]);

const confirmed = ({ number, differences }: Look, first: FirstLook): readonly Difference[] =>
  differences.filter((difference) => first.knew(number, difference));

const findingsOf = (look: Look, first: FirstLook): readonly Finding[] =>
  confirmed(look, first).map((difference) => ({
    ...{ number: look.number, difference, repair: repairOf(difference, look.ledger) },
  }));

function noteParents(returns: Map<OrderNumber, readonly ReturnSnapshot[]>, returned: ReturnSnapshot): void {
  for (const parent of new Set(returned.lines.map((line) => line.parent))) {
    returns.set(parent, [...(returns.get(parent) ?? []), returned]);
  }
}
