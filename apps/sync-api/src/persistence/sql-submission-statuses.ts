import { PermanentFault, type CrmOrderId, type Order, type Projection } from '@tandem/domain';
import type { ParkReason } from '@tandem/messaging';
import type { DataSource } from 'typeorm';
import { SubmissionStatuses, type SubmissionStatus } from '../platform/submission-statuses.js';

interface KeptRow {
  readonly order: Order;
  readonly wanted: Projection;
  readonly version: number;
  readonly acknowledged_version: number;
}

const KEPT = `SELECT "order", wanted, version, acknowledged_version FROM orders WHERE site = $1 AND crm_order_id = $2`;
const PARKED = `
  SELECT reason FROM parked_messages
  WHERE site = $1 AND (
    queue IN ('orders.submit-order', 'orders.place-order') AND key = ANY ($2::text[])
    OR name = 'customer.needed.v1' AND envelope::jsonb #>> '{body,orderNumber}' = ANY ($2::text[]))
  ORDER BY parked_at DESC LIMIT 1`;
const RECEIVED = `
  SELECT received_at FROM message_archive WHERE source = 'api.submit-order' AND site = $1 AND business_key = $2 ORDER BY id DESC LIMIT 1`;

export class SqlSubmissionStatuses extends SubmissionStatuses {
  constructor(private readonly database: DataSource) {
    super();
  }

  async find(site: string, order: CrmOrderId): Promise<SubmissionStatus> {
    const [kept] = await this.database.query<KeptRow[]>(KEPT, [site, order]);
    if (kept?.order.state === 'submitted') return atTheOms(kept.order, kept);
    const keys = kept ? [order, kept.order.terms.number] : [order];
    const [parked] = await this.database.query<{ reason: ParkReason }[]>(PARKED, [site, keys]);
    if (parked) return parkedFor(parked.reason);
    if (kept) return { state: 'accepted', orderNumber: kept.order.terms.number };
    const [received] = await this.database.query<{ received_at: Date }[]>(RECEIVED, [site, order]);
    if (received) return { state: 'received', since: received.received_at.toISOString() };
    throw new PermanentFault('orders.not_found', 'This order was never submitted here.');
  }
}

function atTheOms(order: Extract<Order, { state: 'submitted' }>, kept: KeptRow): SubmissionStatus {
  const shown = Object.values(kept.wanted).find((record) => record.address.kind === 'order');
  const status = shown && 'status' in shown.fields ? shown.fields.status : 'submitted';
  return {
    state: 'submitted',
    orderNumber: order.terms.number,
    omsOrderId: order.omsOrderId,
    status,
    shownInCrm: kept.acknowledged_version === kept.version,
  };
}

const parkedFor = ({ code, sentence, remedy, violations }: ParkReason): SubmissionStatus => ({
  state: 'parked',
  code,
  sentence,
  remedy,
  violations: violations ?? [],
});
