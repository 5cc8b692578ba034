import type { Catalogue } from './catalogue.js';
import type { GoldenCase, GoldenOrder } from './golden-order.js';
import { goldenOrders } from './orders/index.js';
import { goldenSites } from './sites.js';

export interface OrderStream {
  readonly catalogue: Catalogue;
  /** Names the run in order numbers. */
  readonly run: string;
  readonly paceMs: number;
}

/** The order of that turn: shapes take turns, and after each round of them the sites do. */
export function orderOfTurn({ catalogue, run, paceMs }: OrderStream, turn: number): GoldenCase {
  const shape = taken(goldenOrders, turn);
  const sites = goldenSites.filter((site) => shape.sold(site));
  const round = Math.floor(turn / goldenOrders.length);
  const site = taken(sites, (turn % goldenOrders.length) + round);
  const suffix = `${run}-${String(turn + 1).padStart(3, '0')}`;
  return shape.place({ site, suffix, turn, catalogue, paceMs, now: Date.now() });
}

/** Each of the named golden orders once at each site. @throws for a name that is none of them. */
export function eachOnce({ catalogue, run, paceMs }: OrderStream, only?: readonly string[]): readonly GoldenCase[] {
  const wanted = only === undefined ? goldenOrders : only.map(named);
  return wanted.flatMap((order, turn) =>
    goldenSites
      .filter((site) => order.sold(site))
      .map((site) => order.place({ site, suffix: run, turn, catalogue, paceMs, now: Date.now() })),
  );
}

function named(id: string): GoldenOrder {
  const found = goldenOrders.find((order) => order.id === id.trim().toUpperCase());
  if (found === undefined) {
    throw new Error(`${id} is no golden order of this release: ${goldenOrders.map((order) => order.id).join(', ')}.`);
  }
  return found;
}

function taken<T>(items: readonly T[], turn: number): T {
  const item = items[turn % items.length];
  if (item === undefined) throw new Error('Nothing to take turns with.');
  return item;
}

/** Short and unlike that of the run before: order numbers never repeat. */
export const runName = (now: Date): string =>
  Math.floor(now.getTime() / 100)
    .toString(36)
    .slice(-6)
    .toUpperCase();
