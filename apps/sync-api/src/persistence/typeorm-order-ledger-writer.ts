import { ConflictFault, lastSeenAt, OrderLedgerWriter, type Sites, type TrackedOrder } from '@tandem/domain';
import type { EntityManager } from 'typeorm';

/** One text of JSON for all rows: arrays of such large values would be escaped character by character, at several times their size. */
const SAVE_ORDERS = `
  INSERT INTO orders AS kept (site, number, organization, crm_order_id, state, "order", life, wanted, version, revision, last_seen_at)
  SELECT * FROM json_to_recordset($1::json) AS row (site text, number text, organization text, crm_order_id text, state text,
    "order" jsonb, life jsonb, wanted jsonb, version int, revision int, last_seen_at text)
  ON CONFLICT (site, number) DO UPDATE SET
    crm_order_id = excluded.crm_order_id, state = excluded.state, "order" = excluded."order", life = excluded.life,
    wanted = excluded.wanted, version = excluded.version, revision = excluded.revision,
    last_seen_at = excluded.last_seen_at, updated_at = now()
  WHERE kept.revision = excluded.revision - 1
  RETURNING number`;

const SAVE_HISTORY = `
  INSERT INTO order_history (id, site, number, line, from_status, to_status, quantities, oms_time, recorded_at, source_message, late, track, reason)
  SELECT id, site, number, line, "from", "to", quantities, at, "recordedAt", "sourceMessage", late, track, reason
  FROM json_to_recordset($1::json) AS row (id text, site text, number text, line text, "from" text, "to" text, quantities text, at text,
    "recordedAt" text, "sourceMessage" text, late boolean, track text, reason text)
  ON CONFLICT (id) DO UPDATE SET from_status = excluded.from_status, oms_time = excluded.oms_time, reason = excluded.reason
  WHERE (order_history.from_status, order_history.oms_time, order_history.reason)
    IS DISTINCT FROM (excluded.from_status, excluded.oms_time, excluded.reason)`;

const SHOWN = `FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::int[]) AS a (site, number, acknowledged, version)
  WHERE o.site = a.site AND o.number = a.number AND o.acknowledged_version <= a.version`;
const ACKNOWLEDGE = `UPDATE orders o SET acknowledged = a.acknowledged, acknowledged_version = a.version ${SHOWN}`;
const DOUBT = `UPDATE orders o SET acknowledged = a.acknowledged ${SHOWN}`;

const json = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value));

export class TypeormOrderLedgerWriter extends OrderLedgerWriter {
  constructor(
    private readonly manager: EntityManager,
    private readonly sites: Sites,
  ) {
    super();
  }

  async save(orders: readonly TrackedOrder[]): Promise<void> {
    if (orders.length === 0) return;
    const sorted = byKey(orders);
    const rows = sorted.map(({ order, life, wanted, version, revision }) => ({
      site: order.terms.site,
      number: order.terms.number,
      organization: this.sites.find(order.terms.site)?.oms.organization,
      crm_order_id: order.terms.crmOrderId,
      state: order.state,
      order,
      life,
      wanted,
      version,
      revision: revision + 1,
      last_seen_at: lastSeenAt(life) ?? (order.state === 'submitted' ? order.submittedAt : null),
    }));
    const kept = await this.manager.query<unknown[]>(SAVE_ORDERS, [JSON.stringify(rows)]);
    if (kept.length < sorted.length) {
      throw new ConflictFault(
        'orders.changed_meanwhile',
        'The order was changed by another message while this one was handled.',
      );
    }
    const steps = sorted.flatMap(({ order: { terms }, history }) =>
      history.map((entry) => ({ ...entry, site: terms.site, number: terms.number })),
    );
    await this.manager.query(SAVE_HISTORY, [JSON.stringify(steps)]);
  }

  doubt(orders: readonly TrackedOrder[]): Promise<void> {
    return this.noteShown(DOUBT, orders);
  }

  acknowledge(orders: readonly TrackedOrder[]): Promise<void> {
    return this.noteShown(ACKNOWLEDGE, orders);
  }

  private async noteShown(statement: string, orders: readonly TrackedOrder[]): Promise<void> {
    if (orders.length === 0) return;
    const sorted = byKey(orders);
    const [, noted] = await this.manager.query<[unknown, number]>(statement, [
      sorted.map(({ order }) => order.terms.site),
      sorted.map(({ order }) => order.terms.number),
      json(sorted.map(({ acknowledged }) => acknowledged)),
      sorted.map(({ version }) => version),
    ]);
    if (noted < sorted.length) {
      throw new ConflictFault(
        'orders.shown_meanwhile',
        'Another replica has shown a later version of the order while this one was at it.',
      );
    }
  }
}

const keyOf = ({ order: { terms } }: TrackedOrder) => `${terms.site}:${terms.number}`;

/** In one order, so that two batches with the same orders wait for each other and never in a circle. */
const byKey = (orders: readonly TrackedOrder[]): readonly TrackedOrder[] =>
  [...orders].sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
