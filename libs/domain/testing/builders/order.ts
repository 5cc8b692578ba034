import {
  acceptOrder,
  instantOf,
  lineId,
  omsOrderId,
  omsOrganization,
  Defect,
  type AcceptedOrder,
  type CapturedOrder,
  type Instant,
  type OrderSnapshot,
  type OrderTerms,
  type SnapshotLine,
  type Stage,
} from '@tandem/domain';
import { aCapturedLine, aCapturedOrder, aCapturedTender } from './captured-order.js';
import { aSite } from './site.js';

/** The moment `seconds` after a fixed start. */
export const at = (seconds: number): Instant => instantOf(new Date(Date.UTC(2026, 2, 1, 10, 0, seconds)));

export function anAcceptedOrder(captured: Partial<CapturedOrder> = {}): AcceptedOrder {
  const acceptance = acceptOrder(aCapturedOrder(captured), aSite(), at(0));
  if (acceptance.kind === 'refused') {
    throw new Defect('The builder made an order that is refused.', {
      context: { rules: acceptance.violations.map((violation) => `${violation.field} ${violation.rule}`) },
    });
  }
  return acceptance.order;
}

/** An accepted order whose lines `1`, `2`, … have these quantities at 10.00 each. */
export function anOrderOf(...quantities: readonly number[]): AcceptedOrder {
  const total = quantities.reduce((sum, quantity) => sum + quantity * 10, 0);
  return anAcceptedOrder({
    lines: quantities.map((quantity, index) => aCapturedLine({ id: String(index + 1), quantity })),
    tenders: [aCapturedTender({ amount: total })],
  });
}

export type Units = Partial<Record<Stage, number>>;

/** A snapshot of `terms` in which line `1`, `2`, … stand as given; without units a line is open. */
export function aSnapshot(
  terms: OrderTerms,
  moment: Instant,
  units: readonly Units[],
  changes: Partial<OrderSnapshot> = {},
): OrderSnapshot {
  return {
    organization: omsOrganization('AURORA'),
    orderNumber: terms.number,
    omsOrderId: omsOrderId(terms.number),
    at: moment,
    cancelled: false,
    holds: [],
    lines: terms.lines.map(({ quantity }, index) =>
      aSnapshotLine(String(index + 1), units[index] ?? { open: quantity }),
    ),
    shipments: [],
    ...changes,
  };
}

const aSnapshotLine = (id: string, units: Units): SnapshotLine => ({
  id: lineId(id),
  cancelled: false,
  units: Object.entries(units).map(([stage, quantity]) => ({ stage: stage as Stage, quantity })),
});
