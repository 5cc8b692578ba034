import { allOpen, recounted, type Places } from '../fulfillment/line-ledger.js';
import { beforeCancel, lastSeenAt, presentOf, shipmentsOf, tendersOf } from '../fulfillment/order-life.js';
import type { OrderLife } from '../fulfillment/order-life.js';
import type { Observation } from '../fulfillment/observation.js';
import { pickUpOf } from '../fulfillment/pick-up.js';
import { rankOf, STAGES } from '../fulfillment/stage.js';
import type { Shipment } from '../fulfillment/order-snapshot.js';
import type { RecordedEntry } from '../fulfillment/recorded-history.js';
import { statusLabel } from '../fulfillment/status-label.js';
import { statusOf } from '../fulfillment/status.js';
import { digest } from '../kernel/digest.js';
import { addQuantities } from '../kernel/quantity.js';
import { formatAmount } from '../money/currency.js';
import { nextExpiry, tenderAccounts } from '../money/tender-ledger.js';
import type { SiteProfile } from '../sites/site-profile.js';
import { orderTotals } from './order-totals.js';
import { lineKey, orderKey, type OrderLine, type OrderTerms } from './order.js';
import { requestRecords } from './project-requests.js';
import { returnRecords } from '../returns/project-return.js';
import { recordName, type ProjectedRecord, type Projection } from './projection.js';
import type { TrackedOrder } from './tracked-order.js';

/** What the CRM should show of an order: parents before children. Nothing while the OMS has not taken the order. */
export function projectionOf(tracked: TrackedOrder, version: number): Projection {
  if (tracked.order.state === 'accepted') return {};
  const { terms } = tracked.order;
  const records: readonly ProjectedRecord[] = [
    orderRecord(tracked, tracked.order.omsOrderId, version),
    ...terms.lines.map((line) => lineRecord(terms, line, tracked.life)),
    ...tenderRecords(terms, tracked.life),
    ...shipmentsOf(tracked.life).flatMap((parcel) => shipmentRecords(terms, parcel)),
    ...(tracked.life.returns ?? []).flatMap((one) => returnRecords(terms, one)),
    ...tracked.history.map((entry) => historyRecord(terms, entry)),
    ...requestRecords(tracked.order, tracked),
  ];
  return Object.fromEntries(records.map((record) => [recordName(record.address), record]));
}

function orderRecord({ life, order: { terms } }: TrackedOrder, omsOrderId: string, version: number): ProjectedRecord {
  const present = presentOf(life);
  const reckoned = orderTotals(terms);
  const total = beforeCancel(life, 'total') ?? reckoned.total;
  const taxes = beforeCancel(life, 'taxes') ?? reckoned.taxShown;
  const cancelled = present?.status === 'cancelled' ? (present.cancelledTotal ?? total) : null;
  const status = present ? statusOf(terms.lines.map((line) => placesNow(line, present))) : 'submitted';
  return {
    address: { kind: 'order', id: terms.crmOrderId },
    fields: {
      key: orderKey(terms.site, terms.number),
      omsOrderId,
      status,
      statusLabel: statusLabel(status),
      omsTime: lastSeenAt(life),
      version,
      total: formatAmount(total, terms.currency),
      cancelledTotal: cancelled === null ? null : formatAmount(cancelled, terms.currency),
      taxes: formatAmount(taxes, terms.currency),
      taxIncluded: terms.pricesIncludeTax,
      holds: present?.holds.join(', ') || null,
      authorizationExpires: isOver(present) ? null : nextExpiry(terms.tenders, tendersOf(life)),
    },
  };
}

/** The order with what the CRM should show of it, in the words of its site. */
export function inWordsOf({ statusLabels }: Pick<SiteProfile, 'statusLabels'>, tracked: TrackedOrder): TrackedOrder {
  const address = { kind: 'order', id: tracked.order.terms.crmOrderId } as const;
  const shown = tracked.wanted[recordName(address)]?.fields;
  if (!shown || !('omsOrderId' in shown)) return tracked;
  const fields = { ...shown, statusLabel: statusLabel(shown.status, statusLabels) };
  return { ...tracked, wanted: { ...tracked.wanted, [recordName(address)]: { address, fields } } };
}

/** Nothing is left to capture: every unit is with the customer, back, or cancelled. */
const isOver = (present: Observation | undefined): boolean =>
  present !== undefined && Object.values(present.lines).every((places) => unfinished(places) === 0);

const unfinished = (places: Places): number =>
  STAGES.slice(0, rankOf('shipped')).reduce((sum, stage) => sum + places[stage], 0);

/** Of what is ordered now: what the OMS told last may be from before a revision. */
const placesNow = (line: OrderLine, present: Observation | undefined): Places =>
  recounted(present?.lines[line.id] ?? allOpen(line.quantity), line.quantity);

function lineRecord(terms: OrderTerms, line: OrderLine, life: OrderLife): ProjectedRecord {
  const present = presentOf(life);
  const places = placesNow(line, present);
  const note = present?.notes[line.id] ?? {};
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
      promisedDelivery: note.promisedDelivery ?? null,
      reason: places.cancelled + places['back-ordered'] > 0 ? (note.reason ?? null) : null,
      cancelRequest: note.cancelRequest ?? null,
      pickUp: line.delivery.kind === 'pick-up' ? pickUpOf(places, note, present?.at ?? null) : null,
      pickUpExpires: note.pickupExpires ?? null,
      substitutes: substitutesOf(life, line),
    },
  };
}

/** What was sent instead of what was ordered; the ordered item stays on the line (F14). */
function substitutesOf(life: OrderLife, line: OrderLine): string | null {
  const sent = shipmentsOf(life).flatMap(({ lines }) => lines.filter((one) => one.line === line.id));
  const others = sent.map(({ sku }) => sku).filter((sku) => sku !== line.sku);
  return [...new Set(others)].sort().join(', ') || null;
}

const tenderRecords = (terms: OrderTerms, life: OrderLife): readonly ProjectedRecord[] =>
  tenderAccounts(terms.tenders, tendersOf(life)).map((account) => ({
    address: { kind: 'tender', key: account.id, order: terms.crmOrderId },
    fields: {
      authorized: formatAmount(account.authorized, terms.currency),
      captured: formatAmount(account.captured, terms.currency),
      refunded: formatAmount(account.refunded, terms.currency),
      authorizationExpires: account.authorizationExpires ?? null,
    },
  }));

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
      track: entry.track,
      from: entry.from,
      to: entry.to,
      quantities: entry.quantities,
      reason: entry.reason,
      omsTime: entry.at,
      recordedAt: entry.recordedAt,
      sourceMessage: entry.sourceMessage,
      late: entry.late,
    },
  };
}

/** Short enough for an external id of the CRM (80 characters), however long the carrier's number is. */
const recordKey = (terms: OrderTerms, name: string) => `${orderKey(terms.site, terms.number)}:${digest(name)}`;
