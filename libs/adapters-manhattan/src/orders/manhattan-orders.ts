import {
  ConflictFault,
  omsOrderId,
  OmsOrders,
  PermanentFault,
  TransientFault,
  type OmsAnswer,
  type OmsOrderId,
  type OrderTerms,
  type SiteProfile,
} from '@tandem/domain';
import type { ManhattanConnection } from '../connection/manhattan-connection.js';
import type { ManhattanConnections } from '../connection/manhattan-connections.js';
import type { Fields } from '../feed/fields.js';
import { isRecord, scalarOf } from '../json.js';
import { OrderReader, versionOf } from './order-reader.js';
import { FIRST_VERSION, orderSave, SAVE } from './order-save.js';
import { DEFAULT_VOCABULARY, type OrderVocabulary } from './order-vocabulary.js';
import { placeViolations } from './place-rules.js';

/** Orders of the OMS, by its REST API (§3). */
export class ManhattanOrders extends OmsOrders {
  private readonly words: OrderVocabulary;

  constructor(
    private readonly connections: ManhattanConnections,
    vocabulary: Partial<OrderVocabulary> = {},
  ) {
    super();
    this.words = { ...DEFAULT_VOCABULARY, ...vocabulary };
  }

  override async place(site: SiteProfile, order: OrderTerms): Promise<OmsAnswer> {
    const violations = placeViolations(site, order);
    if (violations.length > 0) return { kind: 'refused', violations };
    const connection = this.connections.of(site.oms.organization);
    try {
      const body = orderSave({ site, order, words: this.words });
      const { data } = await connection.call('POST', SAVE, body, { orderNumber: order.number });
      return { kind: 'placed', omsOrderId: referenceIn(data) };
    } catch (thrown) {
      if (thrown instanceof PermanentFault && thrown.code === 'oms.refused') {
        return { kind: 'refused', violations: thrown.violations };
      }
      if (thrown instanceof ConflictFault && thrown.code === 'oms.stale_version') {
        return await earlierPlacing(connection, order, thrown);
      }
      throw thrown;
    }
  }
}

/** Our first version is taken: an earlier save of ours went through whose answer we never saw, or the number is somebody else's. */
async function earlierPlacing(
  connection: ManhattanConnection,
  order: OrderTerms,
  stale: ConflictFault,
): Promise<OmsAnswer> {
  const found = await new OrderReader().find(connection, order.number);
  if (!found || versionOf(found) !== FIRST_VERSION || !hasItems(order, found)) throw stale;
  return { kind: 'placed', omsOrderId: omsOrderId(found.text('OrderId') ?? order.number) };
}

/** Somebody else may have begun with version 1 as well: it is ours by its lines, as far as the template tells them. */
function hasItems({ lines }: OrderTerms, found: Fields): boolean {
  const items = new Map(found.children('OrderLine').map((line) => [line.text('OrderLineId'), line.text('ItemId')]));
  return items.size === 0 || lines.every(({ id, sku }) => items.get(id) === sku);
}

/** An answer that leaves the id out may follow a save that went through: the repeat will find it by its version. */
function referenceIn(data: unknown): OmsOrderId {
  const id = isRecord(data) ? scalarOf(data['OrderId']) : '';
  if (id !== '') return omsOrderId(id);
  throw new TransientFault('oms.unreadable_answer', 'The OMS saved an order and did not say which.');
}
