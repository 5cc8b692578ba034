import {
  instantOf,
  lineId,
  locationId,
  minorOf,
  omsOrderId,
  omsOrganization,
  orderPlaced,
  sku,
  snapshotPublished,
  trackAccepted,
  type AcceptedOrder,
  type Instant,
  type OrderSnapshot,
  type Shipment,
  type SnapshotLine,
  type Stage,
  type TrackedOrder,
} from '@tandem/domain';

type Units = Partial<Record<Stage, number>>;
type Note = Omit<Partial<SnapshotLine>, 'id' | 'units' | 'cancelled'>;

/** What was ordered: quantity by line. */
export const ordered = [
  { line: '1', product: 'kettle', sku: 'KTL-0017', name: 'Enamel kettle 1.7 l', quantity: 2 },
  { line: '2', product: 'lamp', sku: 'LMP-2040', name: 'Desk lamp, brass', quantity: 3 },
  { line: '3', product: 'mug', sku: 'MUG-0350', name: 'Stoneware mug', quantity: 5 },
  { line: '4', product: 'blanket', sku: 'BLK-1400', name: 'Wool blanket 140 x 200', quantity: 1 },
] as const;

const at = (day: number, hour: number, minute: number, second = 0): Instant =>
  instantOf(new Date(Date.UTC(2026, 2, day, hour, minute, second)));

/** When the OMS was in the last state of the split order. */
export const lastTold = at(4, 15, 42, 30);

const parcel = (
  number: number,
  shippedAt: Instant,
  from: string,
  lines: readonly (readonly [string, number])[],
): Shipment => ({
  key: `P${number}`,
  packageId: `P${number}`,
  carrier: number === 2 ? 'FedEx' : 'UPS',
  trackingNumber: number === 2 ? '7712 0485 3391' : `1Z 5R8 10${number} 03 4417`,
  shippedAt,
  shipFrom: locationId(from),
  lines: lines.map(([line, quantity]) => ({
    line: lineId(line),
    sku: sku(ordered.find((one) => one.line === line)?.sku ?? ''),
    quantity,
  })),
});

const first = parcel(1, at(3, 14, 5), 'DC-EAST', [
  ['1', 2],
  ['3', 3],
]);
const second = parcel(2, at(4, 15, 42, 30), 'STORE-104', [['2', 2]]);
const late: Note = { promisedDelivery: at(17, 17, 0), reason: 'Out of stock' };
const soon: Note = { promisedDelivery: at(6, 17, 0) };
const fewer: Note = { ...soon, reason: 'Customer changed mind' };

interface Moment {
  readonly at: Instant;
  readonly units: readonly Units[];
  readonly notes?: readonly Note[];
  readonly holds?: readonly string[];
  readonly shipments?: readonly Shipment[];
}

/** Held, allocated from two nodes, cancelled in part, and shipped in two parcels so far; one item is back-ordered. */
const moments: readonly Moment[] = [
  { at: at(2, 14, 30), units: [{ open: 2 }, { open: 3 }, { open: 5 }, { open: 1 }], holds: ['Fraud review'] },
  { at: at(2, 15, 10), units: [{ open: 2 }, { open: 3 }, { open: 5 }, { open: 1 }] },
  {
    at: at(2, 15, 12),
    units: [{ allocated: 2 }, { allocated: 3 }, { allocated: 5 }, { 'back-ordered': 1 }],
    notes: [soon, soon, soon, late],
  },
  {
    at: at(2, 18, 26),
    units: [{ allocated: 2 }, { allocated: 3 }, { allocated: 3, cancelled: 2 }, { 'back-ordered': 1 }],
    notes: [soon, soon, fewer, late],
  },
  {
    at: at(3, 9, 0),
    units: [{ released: 2 }, { released: 3 }, { released: 3, cancelled: 2 }, { 'back-ordered': 1 }],
    notes: [soon, soon, fewer, late],
  },
  {
    at: at(3, 14, 5),
    units: [{ shipped: 2 }, { released: 3 }, { shipped: 3, cancelled: 2 }, { 'back-ordered': 1 }],
    notes: [soon, soon, fewer, late],
    shipments: [first],
  },
  {
    at: lastTold,
    units: [{ delivered: 2 }, { released: 1, shipped: 2 }, { delivered: 3, cancelled: 2 }, { 'back-ordered': 1 }],
    notes: [soon, soon, fewer, late],
    shipments: [first, second],
  },
];

/** The life of the order as Tandem follows it, from the OMS's publishes. */
export function splitOrder(order: AcceptedOrder): TrackedOrder {
  const placed = orderPlaced(trackAccepted(order), omsOrderId('A-1001'), at(2, 14, 30));
  return moments.reduce((tracked, moment, index) => {
    const arrival = { recordedAt: moment.at, sourceMessage: `publish-${index}` };
    return snapshotPublished(tracked, snapshotOf(order, moment), arrival).tracked;
  }, placed);
}

function snapshotOf({ terms }: AcceptedOrder, { at: moment, units, notes, holds, shipments }: Moment): OrderSnapshot {
  return {
    organization: omsOrganization('AURORA'),
    orderNumber: terms.number,
    omsOrderId: omsOrderId('A-1001'),
    at: moment,
    cancelled: false,
    holds: holds ?? [],
    lines: units.map((places, index) => ({
      id: lineId(String(index + 1)),
      cancelled: false,
      units: Object.entries(places).map(([stage, quantity]) => ({ stage: stage as Stage, quantity })),
      ...notes?.[index],
    })),
    shipments: shipments ?? [],
    total: minorOf(25_000),
  };
}
