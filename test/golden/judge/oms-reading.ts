import type { OmsLine, OmsOrder } from '../../support/stack/oms-shapes.js';
import type { ExpectedLine, ExpectedParcel } from '../golden-order.js';

/** The OMS's ladder (§3.2), from the beginning of an order's life to its end, in the words that agents read. */
const ladder = [
  [1000, 'open'],
  [1500, 'back-ordered'],
  [1600, 'back-ordered'],
  [2000, 'allocated'],
  [3000, 'released'],
  [3500, 'in-process'],
  [3600, 'picked'],
  [3700, 'packed'],
  [7000, 'shipped'],
  [7500, 'delivered'],
  [8000, 'pending-return'],
  [8500, 'returned'],
] as const;

export type Rung = (typeof ladder)[number][1] | 'cancelled';

/** Units at each rung; rungs without units are absent. */
export type Units = ReadonlyMap<Rung, number>;

/** Where the units of a line are by the OMS. What it counts no longer of what was ordered is cancelled. */
function unitsOf(line: OmsLine | undefined, ordered: number): Units {
  const units = new Map<Rung, number>();
  for (const { StatusId, Quantity } of line?.QuantityDetail ?? []) {
    const quantity = Number(Quantity ?? 0);
    const status = Math.floor(Number(StatusId));
    if (quantity === 0 || status === 9000) continue;
    const rung = ladder.find(([id]) => id === status)?.[1];
    if (rung === undefined) throw new Error(`The OMS has a unit of line ${line?.OrderLineId} at status ${StatusId}.`);
    units.set(rung, (units.get(rung) ?? 0) + quantity);
  }
  const counted = [...units.values()].reduce((sum, quantity) => sum + quantity, 0);
  if (counted < ordered) units.set('cancelled', ordered - counted);
  return units;
}

/** The status of one or several lines together: where all units are, else `partially-` the furthest of them. */
export function statusOf(lines: readonly Units[]): string {
  const reached = (rung: Rung) => lines.some((units) => (units.get(rung) ?? 0) > 0);
  const rungs = [...new Set(ladder.map(([, rung]) => rung))].filter(reached);
  const furthest = rungs.at(-1);
  if (furthest === undefined) return 'cancelled';
  return rungs.length === 1 ? furthest : `partially-${furthest}`;
}

export interface ReadOrder {
  readonly status: string;
  /** By line id. */
  readonly lines: ReadonlyMap<string, Units>;
  readonly parcels: readonly ExpectedParcel[];
}

export function readOmsOrder(order: OmsOrder, ordered: readonly ExpectedLine[]): ReadOrder {
  const lines = new Map(
    ordered.map(({ id, quantity }) => {
      const line = order.OrderLine?.find(({ OrderLineId }) => OrderLineId === id);
      return [id, unitsOf(line, quantity)] as const;
    }),
  );
  return { status: statusOf([...lines.values()]), lines, parcels: parcelsOf(order) };
}

/** A parcel is all rows with one PackageId, on whichever lines they stand (§4.2). */
function parcelsOf(order: OmsOrder): readonly ExpectedParcel[] {
  const parcels = new Map<string, { carrier: string; trackingNumber: string; lines: Record<string, number> }>();
  for (const line of order.OrderLine ?? []) {
    for (const row of line.FulfillmentDetail ?? []) {
      const name = row.PackageId ?? row.TrackingNumber ?? '';
      const parcel = parcels.get(name) ?? {
        carrier: row.CarrierCode ?? '',
        trackingNumber: row.TrackingNumber ?? '',
        lines: {},
      };
      parcel.lines[line.OrderLineId] = (parcel.lines[line.OrderLineId] ?? 0) + Number(row.Quantity ?? 0);
      parcels.set(name, parcel);
    }
  }
  return [...parcels.values()];
}

/** Equal text for equal parcels, so that sets of them can be compared. */
export const parcelInWords = ({ carrier, trackingNumber, lines }: ExpectedParcel): string =>
  `${carrier} ${trackingNumber} with ${Object.entries(lines)
    .sort()
    .map(([line, quantity]) => `${quantity} of line ${line}`)
    .join(', ')}`;
