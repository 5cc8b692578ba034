import {
  ConflictFault,
  OmsReturns,
  PermanentFault,
  TransientFault,
  type LineId,
  type OrderNumber,
  type ReturnAnswer,
  type ReturnRequest,
  type ReturnStage,
  type ReturnSnapshot,
  type SiteProfile,
} from '@tandem/domain';
import { refusalOf } from '../connection/refusal.js';
import type { ManhattanConnections } from '../connection/manhattan-connections.js';
import type { Fields } from '../feed/fields.js';
import type { JsonObject } from '../json.js';
import { OrderReader, versionOf, type OrderReadingOptions } from '../orders/order-reader.js';
import { FIRST_VERSION, SAVE } from '../orders/order-save.js';
import { DEFAULT_VOCABULARY, type OrderVocabulary } from '../orders/order-vocabulary.js';
import { returnViolations } from './return-rules.js';
import { returnSave } from './return-save.js';

export interface ReturnOptions {
  readonly vocabulary?: Partial<OrderVocabulary>;
  readonly reading?: OrderReadingOptions;
  /** Shipping method of parcels that come back; not sent where absent. */
  readonly returnShippingMethod?: string;
}

const ORDER = '/order/api/order/order';
const UNKNOWN: ReturnAnswer = {
  kind: 'refused',
  violations: [
    {
      field: 'number',
      rule: 'return.unknown',
      sentence: 'The OMS does not hold the return.',
      remedy: 'Read the return again at the OMS.',
    },
  ],
};

/** Returns of the OMS, which are orders whose lines come back (§5). */
export class ManhattanReturns extends OmsReturns {
  private readonly reader: OrderReader;

  constructor(
    private readonly connections: ManhattanConnections,
    private readonly options: ReturnOptions = {},
  ) {
    super();
    this.reader = new OrderReader(options.reading);
  }

  override async announce(site: SiteProfile, request: ReturnRequest): Promise<ReturnAnswer> {
    const violations = returnViolations(site, request);
    if (violations.length > 0) return { kind: 'refused', violations };
    const { vocabulary, returnShippingMethod: shippingMethod } = this.options;
    const words = { ...DEFAULT_VOCABULARY, ...vocabulary };
    return this.save(site, request.number, returnSave({ site, words, shippingMethod }, request), (order) =>
      isAnnouncementOf(request, order),
    );
  }

  override async read(site: SiteProfile, number: OrderNumber): Promise<ReturnSnapshot | undefined> {
    const order = await this.find(site, number);
    return order && this.reader.returned(site, order);
  }

  override async cancel(site: SiteProfile, number: OrderNumber, reason: string): Promise<ReturnAnswer> {
    const order = await this.find(site, number);
    const found = order && this.reader.returned(site, order);
    if (!order || !found) return UNKNOWN;
    if (isOver(found)) return { kind: 'announced', return: found };
    // Whoever changes the return after our look takes this version, and our save is refused.
    const OrderActions = { VersionTimestamp: (versionOf(order) ?? 0) + 1 };
    const body = { OrderId: number, OrderActions, IsCancelled: true, CancelReason: { ReasonId: reason } };
    return this.save(site, number, body, (now) => now.flag('IsCancelled'));
  }

  /** One call a line, of which only those are made that still wait (§5.2). */
  override approve(site: SiteProfile, number: OrderNumber, lines?: readonly LineId[]): Promise<ReturnAnswer> {
    return this.further(site, number, (found) =>
      found.lines
        .filter(({ id, units }) => (lines?.includes(id) ?? true) && standsAt(units, 'pending-approval'))
        .map(({ id }) => `${ORDER}/${encodeURIComponent(number)}/orderLine/${encodeURIComponent(id)}/approve`),
    );
  }

  override process(site: SiteProfile, number: OrderNumber): Promise<ReturnAnswer> {
    return this.further(site, number, (found) =>
      found.lines.every(({ units }) => units.every(({ stage }) => stage === 'returned' || stage === 'cancelled'))
        ? []
        : [`${ORDER}/${encodeURIComponent(number)}/process`],
    );
  }

  override refund(site: SiteProfile, number: OrderNumber): Promise<ReturnAnswer> {
    const path = `/payment/api/payment/paymentHeader/orderId/${encodeURIComponent(number)}/processRefund`;
    return this.further(site, number, ({ refunded }) => (refunded ? [] : [path]));
  }

  /** Makes the calls that a return as it is now still needs; their bodies are not documented, and empty (§5.2). */
  private async further(
    site: SiteProfile,
    number: OrderNumber,
    pathsOf: (found: ReturnSnapshot) => readonly string[],
  ): Promise<ReturnAnswer> {
    const found = await this.read(site, number);
    if (!found) return UNKNOWN;
    const paths = pathsOf(found);
    const connection = this.connections.of(site.oms.organization);
    for (const path of paths) {
      const call = () => connection.call('POST', path, {}, { orderNumber: number });
      const violations = await refusalOf(call, ['oms.refused', 'oms.payment_failed']);
      if (violations.length > 0) return { kind: 'refused', violations };
    }
    const now = paths.length === 0 ? found : await this.read(site, number);
    return now ? { kind: 'announced', return: now } : UNKNOWN;
  }

  /** `isOurs` tells by the return whether a save that is called stale was an earlier one of ours. */
  private async save(
    site: SiteProfile,
    number: OrderNumber,
    body: JsonObject,
    isOurs: (order: Fields) => boolean,
  ): Promise<ReturnAnswer> {
    const stale = await this.send(site, number, body);
    if (stale?.kind === 'refused') return stale;
    const order = await this.find(site, number);
    if (stale?.kind === 'conflict' && !(order && isOurs(order))) throw stale;
    const found = order && this.reader.returned(site, order);
    if (found) return { kind: 'announced', return: found };
    throw new TransientFault('oms.unreadable_answer', 'The OMS saved a return and does not find it yet.');
  }

  /** What stands against the save: a refusal, a version that is taken, or nothing. */
  private async send(
    site: SiteProfile,
    number: OrderNumber,
    body: JsonObject,
  ): Promise<Extract<ReturnAnswer, { kind: 'refused' }> | ConflictFault | undefined> {
    try {
      await this.connections.of(site.oms.organization).call('POST', SAVE, body, { orderNumber: number });
      return undefined;
    } catch (thrown) {
      if (thrown instanceof PermanentFault && thrown.code === 'oms.refused') {
        return { kind: 'refused', violations: thrown.violations };
      }
      if (thrown instanceof ConflictFault && thrown.code === 'oms.stale_version') return thrown;
      throw thrown;
    }
  }

  private find(site: SiteProfile, number: OrderNumber): Promise<Fields | undefined> {
    return this.reader.find(this.connections.of(site.oms.organization), number);
  }
}

/** The number is taken by this very return, also where it has gone on since. */
function isAnnouncementOf({ parent, lines }: ReturnRequest, order: Fields): boolean {
  const version = versionOf(order);
  if (version === undefined || version < FIRST_VERSION) return false;
  const held = order.children('OrderLine').filter((line) => line.flag('IsReturn'));
  return lines.every(({ id, parentLine }) =>
    held.some(
      (line) =>
        line.text('OrderLineId') === id &&
        line.text('ParentOrderId') === parent &&
        line.text('ParentOrderLineId') === parentLine,
    ),
  );
}

const standsAt = (units: ReturnSnapshot['lines'][number]['units'], stage: ReturnStage): boolean =>
  units.some((one) => one.stage === stage);

const isOver = ({ lines }: ReturnSnapshot): boolean =>
  lines.every(({ units }) => units.every(({ stage }) => stage === 'cancelled'));
