import type { Acknowledged, Order, OrderLife, Projection, RecordedEntry, TrackedOrder } from '@tandem/domain';

/** A row of `orders` with its history, as PostgreSQL hands it out. */
export interface OrderRow {
  readonly order: Order;
  readonly life: OrderLife;
  readonly wanted: Projection;
  readonly version: number;
  readonly acknowledged: Acknowledged;
  readonly revision: number;
  readonly history: readonly RecordedEntry[];
}

/** Every order with its history, oldest step first. Joined by the caller's condition on `o`. */
export const SELECT_ORDERS = `
  SELECT o."order", o.life, o.wanted, o.version, o.acknowledged, o.revision, coalesce(h.entries, '[]') AS history
  FROM orders o
  LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object(
      'id', id, 'track', track, 'line', line, 'from', from_status, 'to', to_status, 'quantities', quantities, 'reason', reason,
      'at', oms_time, 'recordedAt', recorded_at, 'sourceMessage', source_message, 'late', late) ORDER BY oms_time, id) AS entries
    FROM order_history WHERE site = o.site AND number = o.number) h ON true`;

export const trackedOrderOf = (row: OrderRow): TrackedOrder => ({ ...row });
