import {
  given,
  lineId,
  minorOf,
  omsOrderId,
  omsOrganization,
  orderNumber,
  rankOf,
  type Currency,
  type Instant,
  type OmsOrganization,
  type OrderSnapshot,
  type SnapshotLine,
  type Stage,
} from '@tandem/domain';
import { unreadable, type Fields } from './fields.js';
import type { Publish } from './message-layers.js';
import { parseMoment } from '../moment.js';
import { notesOf } from './line-notes.js';
import { shipmentsOf } from './shipments.js';
import type { StatusLadder } from './status-ladder.js';
import { tendersOf } from './tenders.js';

/** Where the moment of a snapshot may be read, §12. */
export type MomentSource = 'UpdatedTimestamp' | 'EventSubmitTimestamp' | 'msg_submission_time_utc';

/**
 * `EventSubmitTimestamp` stands on consolidated entries only, so that one and the same publish would be of two moments, one
 * for each shape, were it read first as §12 proposes. `UpdatedTimestamp` belongs to the order and travels in every shape.
 */
export const MOMENT_SOURCES: readonly MomentSource[] = [
  'UpdatedTimestamp',
  'EventSubmitTimestamp',
  'msg_submission_time_utc',
];

/** Hold status, §3.2: 1000 applied, 2000 resolved. */
export const APPLIED = 1000;

/** The organization on the message, else the one in the order (§7.2, §9). */
export function organizationOf({ attributes, order }: Publish): OmsOrganization {
  return omsOrganization(attributes['organization'] ?? order.requiredText('OrgId'));
}

/** The order as it was published (§3.5). Lines of a return are left out: they follow another ladder (§3.2). */
export function snapshotOf(
  publish: Publish,
  ladder: StatusLadder,
  momentSources: readonly MomentSource[],
): OrderSnapshot {
  const { order } = publish;
  const id = order.requiredText('OrderId');
  const currency = order.text('CurrencyCode');
  const lines = order.requiredChildren('OrderLine').filter((line) => !line.flag('IsReturn'));
  const cancelled = isCancelled(order, ladder);
  const total = currency === undefined ? undefined : order.amount('OrderTotal', currency);
  const cancelledTotal =
    currency === undefined || !cancelled ? undefined : order.amount('CancelledOrderTotal', currency);
  return {
    organization: organizationOf(publish),
    orderNumber: orderNumber(id),
    omsOrderId: omsOrderId(id),
    at: momentOf(publish, momentSources),
    cancelled,
    holds: holdsOf(order),
    lines: lines.map((line) => ({ ...saleLineOf(line, cancelled, ladder), ...notesOf(line, ladder) })),
    shipments: shipmentsOf(order, lines),
    ...(total !== undefined && { total }),
    ...(cancelledTotal !== undefined && { cancelledTotal }),
    ...(currency !== undefined && { currency, ...moneyOf(order, currency) }),
  };
}

/** Taxes on top count into the total, informational ones are held in the prices (§3.4); an order has one kind. */
function moneyOf(order: Fields, currency: Currency): Pick<OrderSnapshot, 'taxes' | 'tenders'> {
  const [onTop, held] = [order.amount('TotalTaxes', currency), order.amount('TotalInformationalTaxes', currency)];
  const taxes = onTop === undefined && held === undefined ? undefined : minorOf((onTop ?? 0) + (held ?? 0));
  return given({ taxes, tenders: tendersOf(order, currency) });
}

export function momentOf({ attributes, order }: Publish, sources: readonly MomentSource[]): Instant {
  for (const source of sources) {
    const moment = source === 'msg_submission_time_utc' ? parseMoment(attributes[source] ?? '') : order.moment(source);
    if (moment) return moment;
  }
  throw unreadable(order.pathOf(sources[0] ?? 'UpdatedTimestamp'), 'value.missing');
}

/** Everything on it is cancelled: the highest status says so too, since 9000 counts only where nothing else is left (§3.2). */
function isCancelled(entity: Fields, ladder: StatusLadder): boolean {
  const highest = statusOf(entity, 'MaxFulfillmentStatus');
  return entity.flag('IsCancelled') || (highest !== undefined && ladder.find(highest) === 'cancelled');
}

/** Of `MinFulfillmentStatus`, say: the flat id, else the one in the object (§3.5). */
export const statusOf = (entity: Fields, name: string): string | undefined =>
  entity.text(`${name}Id`) ?? entity.child(name)?.text('StatusId');

export function holdsOf(order: Fields): readonly string[] {
  const applied = order.children('OrderHold').filter((hold) => Number(hold.requiredText('StatusId')) === APPLIED);
  return [...new Set(applied.map((hold) => hold.requiredText('HoldTypeId')))].sort();
}

/** A line and where its units are; all of it is cancelled where the order is. */
export function saleLineOf(
  line: Fields,
  orderCancelled: boolean,
  ladder: StatusLadder,
): Pick<SnapshotLine, 'id' | 'cancelled' | 'units'> {
  const cancelled = orderCancelled || isCancelled(line, ladder);
  return { id: lineId(line.requiredText('OrderLineId')), cancelled, units: unitsOf(line, cancelled, ladder) };
}

/** Units by stage, in the order of the ladder. Rows at zero are traces of what was, and stay when all is cancelled (§3.2). */
function unitsOf(line: Fields, cancelled: boolean, ladder: StatusLadder): SnapshotLine['units'] {
  const rows = line.children('QuantityDetail');
  if (rows.length === 0) return cancelled ? [] : unitsWithoutDetail(line, ladder);
  const units = new Map<Stage, number>();
  for (const row of rows) {
    const quantity = row.quantity('Quantity') ?? 0;
    if (quantity === 0) continue;
    const status = row.text('StatusId') ?? row.child('Status')?.requiredText('StatusId');
    if (status === undefined) throw unreadable(row.pathOf('StatusId'), 'value.missing');
    const stage = ladder.stageOf(status, row.pathOf('StatusId'));
    units.set(stage, Number(((units.get(stage) ?? 0) + quantity).toFixed(4)));
  }
  return [...units].map(([stage, quantity]) => ({ stage, quantity })).sort((a, b) => rankOf(a.stage) - rankOf(b.stage));
}

/** A template may leave the rows out. Where lowest and highest status are one, they say the same. */
function unitsWithoutDetail(line: Fields, ladder: StatusLadder): SnapshotLine['units'] {
  const lowest = statusOf(line, 'MinFulfillmentStatus');
  const highest = statusOf(line, 'MaxFulfillmentStatus');
  const quantity = line.quantity('Quantity');
  if (lowest === undefined || highest === undefined || quantity === undefined || Number(lowest) !== Number(highest)) {
    throw unreadable(line.pathOf('QuantityDetail'), 'value.missing');
  }
  const stage = ladder.stageOf(highest, line.pathOf('MaxFulfillmentStatusId'));
  return quantity === 0 ? [] : [{ stage, quantity }];
}
