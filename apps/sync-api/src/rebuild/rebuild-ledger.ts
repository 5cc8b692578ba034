import { Injectable } from '@nestjs/common';
import {
  CrmOrderBook,
  faultOf,
  OmsOrderBook,
  orderKey,
  OrderLedger,
  orderNumber,
  recordNamed,
  type CrmOrderId,
  type OmsHolding,
  type RebuiltOrder,
  type ShownOrder,
  type SiteProfile,
} from '@tandem/domain';
import { MessageWriter } from '@tandem/messaging';
import { inParts } from '../platform/in-parts.js';
import { newName } from '../platform/new-name.js';
import { Transactions } from '../platform/transactions.js';
import type { Window } from '../platform/window-request.js';
import { PresentOrders, type LostOrder, type Refusal } from './present-orders.js';

/** Orders so far. */
export interface Counts {
  /** Changed at the OMS within the window; returns count too. */
  readonly changed: number;
  readonly rebuilt: number;
  /** Of those rebuilt, the ones that the CRM does not show as they are. */
  readonly toWrite: number;
  /** In the ledger before. */
  readonly kept: number;
  /** The CRM shows no order of this site under the number. */
  readonly elsewhere: number;
  readonly refused: number;
}

export type RebuildNews =
  | { readonly kind: 'refused'; readonly orderNumber: string; readonly code: string; readonly sentence: string }
  | ({ readonly kind: 'progress' } & Counts)
  | ({ readonly kind: 'done'; readonly run: string } & Counts)
  /** Called again with the same window, it goes on where it stopped. */
  | ({ readonly kind: 'stopped'; readonly code: string; readonly sentence: string } & Counts);

const NONE: Counts = { changed: 0, rebuilt: 0, toWrite: 0, kept: 0, elsewhere: 0, refused: 0 };

/** Read, judged and saved together: bounds what is held in memory. */
const ORDERS_TOGETHER = 200;

/**
 * Takes orders into the ledger as both sides show them now. Those that the ledger has are left alone, so that it may be called at any
 * time and again. The CRM is told only of orders that it does not show as they are.
 */
@Injectable()
export class RebuildLedger {
  constructor(
    private readonly oms: OmsOrderBook,
    private readonly book: CrmOrderBook,
    private readonly ledger: OrderLedger,
    private readonly present: PresentOrders,
    private readonly transactions: Transactions,
    private readonly messages: MessageWriter,
  ) {}

  /** Ends where its reader does. */
  async *rebuild(site: SiteProfile, { from, to }: Window): AsyncGenerator<RebuildNews> {
    const run = newName();
    let counts = NONE;
    try {
      for await (const changed of inParts(this.oms.changedBetween(site, from, to), ORDERS_TOGETHER)) {
        const batch = await this.batch(site, changed, run);
        yield* batch.refusals.map(newsOf);
        counts = sumOf(counts, batch.counts);
        yield { kind: 'progress', ...counts };
      }
      yield { kind: 'done', run, ...counts };
    } catch (thrown) {
      const { code, message } = faultOf(thrown);
      yield { kind: 'stopped', code, sentence: message, ...counts };
    }
  }

  private async batch(site: SiteProfile, changed: readonly OmsHolding[], run: string) {
    const found = new Map(changed.map((one) => [one.number, one.kind === 'order' ? one.order : undefined]));
    const named = await this.book.named(site, [...found.keys()]);
    const shown = await this.book.read(site, [...new Set(named.values())]);
    const orders = [...shown].flatMap(([id, crm]): LostOrder[] => {
      const number = numberIn(site, id, crm);
      return number === undefined ? [] : [{ id, number, crm, found: found.get(number) }];
    });
    const kept = await this.ledger.findAll(orders.map(({ number }) => ({ site: site.id, number })));
    const known = new Set(kept.map(({ order }) => order.terms.number));
    const readings = await this.present.read(
      site,
      orders.filter(({ number }) => !known.has(number)),
      run,
    );
    const rebuilt = readings.flatMap((one) => ('order' in one ? [one.order] : []));
    const refusals = readings.flatMap((one) => ('refusal' in one ? [one.refusal] : []));
    await this.save(rebuilt, run);
    const counts = {
      ...{ changed: found.size, elsewhere: found.size - named.size, kept: kept.length },
      ...{ rebuilt: rebuilt.length, refused: refusals.length },
      toWrite: rebuilt.filter(({ isShown }) => !isShown).length,
    };
    return { refusals, counts };
  }

  private async save(rebuilt: readonly RebuiltOrder[], run: string): Promise<void> {
    if (rebuilt.length === 0) return;
    const tracked = (isShown: boolean) =>
      rebuilt.filter((order) => order.isShown === isShown).map((order) => order.tracked);
    const [shown, toWrite] = [tracked(true), tracked(false)];
    await this.transactions.run(async (tx) => {
      await tx.orders.save([...shown, ...toWrite]);
      await tx.orders.acknowledge(shown);
      await tx.orders.doubt(toWrite);
      await tx.audit.note(
        rebuilt.map(({ tracked: { order, version }, isShown }) => ({
          ...{ action: 'order.rebuilt', subject: orderKey(order.terms.site, order.terms.number), actor: 'operator' },
          details: { run, version, isShown },
        })),
      );
      await tx.send(
        toWrite.map(({ order: { terms }, version }) => {
          const body = { site: terms.site, orderNumber: terms.number, version };
          return this.messages.write('order.rebuilt.v1', { key: terms.number, site: terms.site, body });
        }),
      );
    });
  }
}

/** From the key that the CRM shows: the order may have been found by the number of a return. */
function numberIn({ id: site }: SiteProfile, id: CrmOrderId, { records }: ShownOrder) {
  const key = records[recordNamed('order', id)]?.['key'];
  return typeof key === 'string' && key.startsWith(`${site}:`) ? orderNumber(key.slice(site.length + 1)) : undefined;
}

const sumOf = (left: Counts, right: Counts): Counts => ({
  changed: left.changed + right.changed,
  rebuilt: left.rebuilt + right.rebuilt,
  toWrite: left.toWrite + right.toWrite,
  kept: left.kept + right.kept,
  elsewhere: left.elsewhere + right.elsewhere,
  refused: left.refused + right.refused,
});

const newsOf = ({ number, fault }: Refusal): RebuildNews => ({
  ...{ kind: 'refused', orderNumber: number, code: fault.code, sentence: fault.message },
});
