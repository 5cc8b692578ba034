import {
  PermanentFault,
  type OrderNumber,
  type OrderSnapshot,
  type ReturnSnapshot,
  type SiteProfile,
} from '@tandem/domain';
import type { ManhattanConnection } from '../connection/manhattan-connection.js';
import { Fields } from '../feed/fields.js';
import { MOMENT_SOURCES, momentOf, snapshotOf, type MomentSource } from '../feed/order-snapshot.js';
import { StatusLadder } from '../feed/status-ladder.js';
import { isRecord } from '../json.js';
import { returnSnapshotOf } from '../returns/return-snapshot.js';

export interface OrderReadingOptions {
  /** Saved template of the tenant for reads by id; big orders time out without one (§3.1). */
  readonly templateName?: string;
  /** Where the moment of a snapshot is read, first found first taken. */
  readonly momentSources?: readonly MomentSource[];
}

/** Reads orders by id, which is safe right after a write: the search lags behind (§2.2). */
export class OrderReader {
  constructor(private readonly options: OrderReadingOptions = {}) {}

  /** Undefined where the OMS has no such order, or has archived it (§3.9). */
  async find(connection: ManhattanConnection, number: OrderNumber): Promise<Fields | undefined> {
    const { templateName } = this.options;
    const template = templateName === undefined ? '' : `?templateName=${encodeURIComponent(templateName)}`;
    const path = `/order/api/order/order/orderId/${encodeURIComponent(number)}${template}`;
    try {
      const { data } = await connection.call('GET', path, undefined, { orderNumber: number });
      return orderIn(data);
    } catch (thrown) {
      if (thrown instanceof PermanentFault && thrown.code === 'oms.not_found') return undefined;
      throw thrown;
    }
  }

  /** Undefined where no line of it comes back. */
  returned({ oms }: SiteProfile, order: Fields): ReturnSnapshot | undefined {
    const at = momentOf({ attributes: {}, order }, this.options.momentSources ?? MOMENT_SOURCES);
    return returnSnapshotOf(order, at, new StatusLadder(oms));
  }

  /** An order that was read has the shape of a publish (§3.5), without the attributes around it. */
  snapshot({ oms }: SiteProfile, order: Fields): OrderSnapshot {
    const attributes = { organization: oms.organization };
    const sources = this.options.momentSources ?? MOMENT_SOURCES;
    return snapshotOf({ attributes, order }, new StatusLadder(oms), sources);
  }
}

/** One object, or a list of one (§2.3). */
function orderIn(data: unknown): Fields | undefined {
  const found: unknown = Array.isArray(data) ? data[0] : data;
  return isRecord(found) ? Fields.of(found, '') : undefined;
}

/** `VersionTimestamp` of the last versioned save (§2.6); undefined where nobody ever sent one. */
export function versionOf(order: Fields): number | undefined {
  const text = order.text('VersionTimestamp');
  return text === undefined ? undefined : Number(text);
}
