import { allOpen, type Places } from '../fulfillment/line-ledger.js';
import { lastSeenAt, presentOf, shipmentsOf, totalBeforeCancel } from '../fulfillment/order-life.js';
import type { Shipment } from '../fulfillment/order-snapshot.js';
import type { RecordedEntry } from '../fulfillment/recorded-history.js';
import { statusOf } from '../fulfillment/status.js';
import { digest } from '../kernel/digest.js';
import { addQuantities } from '../kernel/quantity.js';
import { formatAmount } from '../money/currency.js';
import { minorOf } from '../money/minor.js';
import { orderTotals } from './order-totals.js';
import { orderKey, type OrderLine, type OrderTerms } from './order.js';
import { recordName, type ProjectedRecord, type Projection } from './projection.js';
import type { TrackedOrder } from './tracked-order.js';

/** What the CRM should show of an order: parents before children. Nothing while the OMS has not taken the order. */
export function projectionOf(tracked: TrackedOrder, version: number): Projection {
  if (tracked.order.state === 'accepted') return {};
  const { terms } = tracked.order;
  const records: readonly ProjectedRecord[] = [
    orderRecord(tracked, tracked.order.omsOrderId, version),
    ...terms.lines.map((line) =>
      lineRecord(terms, line, presentOf(tracked.life)?.lines[line.id] ?? allOpen(line.quantity)),
    ),
    ...shipmentsOf(tracked.life).flatMap((parcel) => shipmentRecords(terms, parcel)),
    ...tracked.history.map((entry) => historyRecord(terms, entry)),
  ];
  return Object.fromEntries(records.map((record) => [recordName(record.address), record]));
}

function orderRecord({ life, order: { terms } }: TrackedOrder, omsOrderId: string, version: number): ProjectedRecord {
  const present = presentOf(life);
  const total = totalBeforeCancel(life) ?? orderTotals(terms).total;
  const cancelled = present?.status === 'cancelled' ? (present.cancelledTotal ?? total) : null;
  return {
    address: { kind: 'order', id: terms.crmOrderId },
    fields: {
      key: orderKey(terms.site, terms.number),
      omsOrderId,
      status: present?.status ?? 'submitted',
      omsTime: lastSeenAt(life),
      version,
      total: formatAmount(minorOf(total), terms.currency),
      cancelledTotal: cancelled === null ? null : formatAmount(minorOf(cancelled), terms.currency),
    },
  };
}

function lineRecord(terms: OrderTerms, line: OrderLine, places: Places): ProjectedRecord {
  return {
    address: { kind: 'line', id: line.crmLineId, order: terms.crmOrderId },
    fields: {
      key: lineKey(terms, line.id),
      status: statusOf([places]),
      open: places.open,
      backOrdered: places['back-ordered'],
      allocated: places.allocated,
      released: addQuantities([places.released, places['in-process'], places.picked, places.packed]),
      shipped: places.shipped,
      delivered: addQuantities([places.delivered, places['pending-return']]),
      cancelled: places.cancelled,
      returned: places.returned,
    },
  };
}

function shipmentRecords(terms: OrderTerms, parcel: Shipment): readonly ProjectedRecord[] {
  const key = recordKey(terms, parcel.key);
  return [
    {
      address: { kind: 'shipment', key, order: terms.crmOrderId },
      fields: {
        packageId: parcel.packageId,
        carrier: parcel.carrier ?? null,
        trackingNumber: parcel.trackingNumber ?? null,
        shipFrom: parcel.shipFrom ?? null,
        shippedAt: parcel.shippedAt ?? null,
      },
    },
    ...parcel.lines.map(({ line, sku, quantity }): ProjectedRecord => ({
      address: { kind: 'shipment-line', key: recordKey(terms, `${parcel.key} ${line}`), shipmentKey: key },
      fields: { lineKey: lineKey(terms, line), sku, quantity },
    })),
  ];
}

function historyRecord(terms: OrderTerms, entry: RecordedEntry): ProjectedRecord {
  return {
    address: { kind: 'history', key: entry.id, order: terms.crmOrderId },
    fields: {
      lineKey: entry.line === null ? null : lineKey(terms, entry.line),
      from: entry.from,
      to: entry.to,
      quantities: entry.quantities,
      omsTime: entry.at,
      recordedAt: entry.recordedAt,
      sourceMessage: entry.sourceMessage,
      late: entry.late,
    },
  };
}

/** Short enough for an external id of the CRM (80 characters), however long the carrier's number is. */
const recordKey = (terms: OrderTerms, name: string) => `${orderKey(terms.site, terms.number)}:${digest(name)}`;

const lineKey = (terms: OrderTerms, line: string) => `${orderKey(terms.site, terms.number)}:${line}`;
