import {
  lineId,
  minorOf,
  orderEdit,
  orderNumber,
  rankOf,
  STAGES,
  type OrderSnapshot,
  type OrderTerms,
  type PendingRevision,
  type ReturnSnapshot,
  type Stage,
} from '@tandem/domain';
import { aCapturedLine, aCapturedTender } from './captured-order.js';
import { anAcceptedOrder, anOrderOf, aSnapshot, at, type Units } from './order.js';

/** Which place a unit may go to next: the services of the OMS's pipelines, with shorts, cancels and returns. */
const NEXT: Readonly<Record<Stage, readonly Stage[]>> = {
  open: ['allocated', 'back-ordered', 'cancelled'],
  'back-ordered': ['allocated', 'cancelled'],
  allocated: ['released', 'back-ordered', 'cancelled'],
  released: ['in-process', 'picked', 'packed', 'shipped', 'back-ordered', 'cancelled'],
  'in-process': ['picked', 'packed', 'shipped', 'back-ordered'],
  picked: ['packed', 'shipped', 'back-ordered'],
  packed: ['shipped', 'back-ordered'],
  shipped: ['delivered', 'pending-return'],
  delivered: ['pending-return'],
  'pending-return': ['returned', 'shipped'],
  returned: [],
  cancelled: [],
};

/** The way from `released` that leaves out the warehouse's own steps. */
const SHIPPED = 3;
const UNIT_PRICE = 1_000;
/** The order whose lives these are. */
export const livingOrder = anOrderOf(3, 2);
const spare = anAcceptedOrder({
  lines: [aCapturedLine(), aCapturedLine({ id: '2' }), aCapturedLine({ id: '3' })],
  tenders: [aCapturedTender({ amount: '30.00' })],
}).terms.lines[2];

/** What is done to one unit or line; numbers beyond what there is begin anew. */
interface Move {
  readonly line: number;
  readonly unit: number;
  readonly way: number;
  readonly kind: 'one step' | 'several steps' | 'more' | 'fewer' | 'added line';
}

/** What the OMS tells at a moment. */
export type Told =
  | {
      readonly kind: 'order';
      readonly seconds: number;
      readonly snapshot: OrderSnapshot;
      /** What was ordered of each line by then. */
      readonly ordered: readonly number[];
    }
  | { readonly kind: 'return'; readonly seconds: number; readonly snapshot: ReturnSnapshot };

/** An edit that the OMS took at a moment. */
export interface Edit {
  readonly seconds: number;
  readonly pending: PendingRevision;
}

/** What the OMS published of a life, and the edits that it took, by its own clock. */
export interface Life {
  readonly told: readonly Told[];
  readonly edits: readonly Edit[];
}

const opened = (quantity: number): Stage[] => Array.from({ length: quantity }, () => 'open');

/** The OMS as it goes: where each unit of each line is, and what it has of the money. */
class Oms {
  readonly told: Told[] = [];
  readonly edits: Edit[] = [];
  private terms: OrderTerms = livingOrder.terms;
  private units: Stage[][] = [opened(3), opened(2)];
  private captured = 0;
  private clock = 0;

  constructor() {
    this.publish();
  }

  take({ kind, line, unit, way }: Move): void {
    const index = line % this.units.length;
    const places = this.units[index] ?? [];
    const chosen = unit % Math.max(1, places.length);
    if (kind === 'one step') return this.fulfil(index, chosen, way);
    if (kind === 'several steps') {
      for (let step = 0; step <= way; step += 1) this.fulfil(index, chosen, step === 2 ? SHIPPED : 0);
      return;
    }
    if (kind === 'more') return this.edit([...this.units.with(index, [...places, 'open'])]);
    if (kind === 'added line') return this.units.length > 2 ? undefined : this.edit([...this.units, ['open']]);
    const early = places.findIndex((stage) => rankOf(stage) < rankOf('released'));
    if (places.length > 1 && early >= 0) this.edit([...this.units.with(index, places.toSpliced(early, 1))]);
  }

  private fulfil(line: number, unit: number, way: number): void {
    const places = this.units[line] ?? [];
    const next = NEXT[places[unit] ?? 'cancelled'];
    const to = next[way % Math.max(1, next.length)];
    if (to === undefined) return;
    const from = places[unit];
    if (to === 'shipped' && from !== 'pending-return') this.captured += UNIT_PRICE;
    this.units = this.units.with(line, places.with(unit, to));
    this.publish();
    if (to === 'pending-return' || from === 'pending-return') this.publishReturn(line);
  }

  private edit(units: Stage[][]): void {
    const lines = units.flatMap((places, index) => {
      const known = this.terms.lines[index] ?? spare;
      return known ? [{ ...known, quantity: places.length }] : [];
    });
    const amount = minorOf(units.flat().length * UNIT_PRICE);
    const wanted = { ...this.terms, lines, tenders: this.terms.tenders.map((tender) => ({ ...tender, amount })) };
    const changes = orderEdit(this.terms, wanted)?.changes ?? {};
    this.terms = wanted;
    this.units = units;
    this.publish();
    this.edits.push({ seconds: this.clock, pending: { changes, terms: wanted } });
  }

  private publish(): void {
    this.clock += 1;
    // The OMS forgets what is cancelled.
    const counted = this.units.map((places): Units => {
      const alive = STAGES.filter((stage) => stage !== 'cancelled' && places.includes(stage));
      return Object.fromEntries(alive.map((stage) => [stage, places.filter((place) => place === stage).length]));
    });
    const refunded = minorOf(this.units.flat().filter((place) => place === 'returned').length * UNIT_PRICE);
    const tenders = this.terms.tenders.map(({ id, amount }) => {
      return { id, authorized: amount, captured: minorOf(this.captured), refunded };
    });
    const snapshot = aSnapshot(this.terms, at(this.clock), counted, { tenders });
    const ordered = this.units.map(({ length }) => length);
    this.told.push({ kind: 'order', seconds: this.clock, snapshot, ordered });
  }

  /** One return for each line that goods came back of. */
  private publishReturn(line: number): void {
    const { number } = this.terms;
    const ordered = this.terms.lines[line];
    if (!ordered) return;
    const places = this.units[line] ?? [];
    const units = (['pending-return', 'returned'] as const).flatMap((stage) => {
      const quantity = places.filter((place) => place === stage).length;
      return quantity === 0 ? [] : [{ stage, quantity }];
    });
    const part = { id: lineId('1'), parent: number, parentLine: ordered.id, sku: ordered.sku, units };
    const snapshot: ReturnSnapshot = {
      number: orderNumber(`R-${line}`),
      at: at(this.clock),
      kind: 'refund',
      holds: [],
      lines: [part],
      refunded: units.some(({ stage }) => stage === 'returned'),
    };
    this.told.push({ kind: 'return', seconds: this.clock, snapshot });
  }
}

/** The life that moves lead to. A move that is not possible where it comes is left out. */
export function lifeOf(moves: readonly Move[]): Life {
  const oms = new Oms();
  moves.forEach((move) => oms.take(move));
  return oms;
}
