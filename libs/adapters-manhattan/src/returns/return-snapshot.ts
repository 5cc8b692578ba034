import {
  lineId,
  orderNumber,
  RETURN_STAGES,
  sku,
  type ExchangeLine,
  type Instant,
  type ReturnSnapshot,
  type ReturnSnapshotLine,
  type ReturnStage,
} from '@tandem/domain';
import { unreadable, type Fields } from '../feed/fields.js';
import { holdsOf, saleLineOf, statusOf } from '../feed/order-snapshot.js';
import { StatusLadder } from '../feed/status-ladder.js';
import { returnMoneyOf } from './return-money.js';

const KINDS: ReadonlyMap<string, ReturnSnapshot['kind']> = new Map([
  ['refund', 'refund'],
  ['even exchange', 'even-exchange'],
  ['uneven exchange', 'uneven-exchange'],
]);

/** A return as the OMS holds it (§5.1); undefined where no line of the order comes back: it is a sale. */
export function returnSnapshotOf(order: Fields, at: Instant, ladder = new StatusLadder()): ReturnSnapshot | undefined {
  const lines = order.requiredChildren('OrderLine');
  const back = lines.filter((line) => line.flag('IsReturn'));
  if (back.length === 0) return undefined;
  const currency = order.text('CurrencyCode');
  if (currency === undefined) throw unreadable(order.pathOf('CurrencyCode'), 'value.missing');
  const out = lines.filter((line) => !back.includes(line));
  const kind = kindOf(order, out);
  const { credit, refunded } = returnMoneyOf(order, currency, kind !== 'refund');
  const cancelled = order.flag('IsCancelled');
  return {
    number: orderNumber(order.requiredText('OrderId')),
    at,
    kind,
    currency,
    holds: holdsOf(order),
    lines: back.map((line) => lineOf(line, cancelled, ladder)),
    refunded,
    ...(credit !== undefined && { credit }),
    ...(out.length > 0 && { exchange: out.map((line) => exchangeLineOf(line, cancelled, ladder)) }),
  };
}

/** What goes out in exchange climbs the ladder of a sale (§3.2). A template may tell nothing of how far it is. */
function exchangeLineOf(line: Fields, orderCancelled: boolean, ladder: StatusLadder): ExchangeLine {
  const item = { id: lineId(line.requiredText('OrderLineId')), sku: sku(line.requiredText('ItemId')) };
  const isTold = line.children('QuantityDetail').length > 0 || statusOf(line, 'MaxFulfillmentStatus') !== undefined;
  return { ...item, units: isTold ? saleLineOf(line, orderCancelled, ladder).units : [] };
}

/** The OMS reckons it (§5.1); before it has, the lines that go out tell. */
function kindOf(order: Fields, sold: readonly Fields[]): ReturnSnapshot['kind'] {
  const told = KINDS.get(order.reference('ReturnType', 'ReturnTypeId')?.toLowerCase() ?? '');
  if (told) return told;
  if (sold.length === 0) return 'refund';
  return sold.every((line) => line.flag('IsEvenExchange')) ? 'even-exchange' : 'uneven-exchange';
}

function lineOf(line: Fields, orderCancelled: boolean, ladder: StatusLadder): ReturnSnapshotLine {
  const units = new Map<ReturnStage, number>();
  for (const [stage, quantity] of rowsOf(line, orderCancelled || line.flag('IsCancelled'), ladder)) {
    units.set(stage, Number(((units.get(stage) ?? 0) + quantity).toFixed(4)));
  }
  return {
    id: lineId(line.requiredText('OrderLineId')),
    parent: orderNumber(line.requiredText('ParentOrderId')),
    parentLine: lineId(line.requiredText('ParentOrderLineId')),
    sku: sku(line.requiredText('ItemId')),
    units: RETURN_STAGES.flatMap((stage) => {
      const quantity = units.get(stage);
      return quantity === undefined ? [] : [{ stage, quantity }];
    }),
  };
}

/** Rows at zero are traces of what was (§3.2). */
function rowsOf(line: Fields, cancelled: boolean, ladder: StatusLadder): readonly (readonly [ReturnStage, number])[] {
  const rows = line.children('QuantityDetail').flatMap((row) => {
    const quantity = row.quantity('Quantity') ?? 0;
    return quantity === 0 ? [] : [[stageOf(row, ladder), quantity] as const];
  });
  if (rows.length > 0) return rows;
  if (cancelled) return [['cancelled', cancelledQuantityOf(line)]];
  return [[wholeStageOf(line, ladder), line.quantity('Quantity') ?? 0]];
}

function stageOf(row: Fields, ladder: StatusLadder): ReturnStage {
  const status = row.text('StatusId') ?? row.reference('Status', 'StatusId');
  if (status === undefined) throw unreadable(row.pathOf('StatusId'), 'value.missing');
  return ladder.returnStageOf(status, row.pathOf('StatusId'));
}

/** A cancelled line has no quantity left; how much it had stands in its history, where the template tells it (§3.6). */
const cancelledQuantityOf = (line: Fields): number =>
  line.children('OrderLineCancelHistory').reduce((total, row) => total + (row.quantity('CancelQuantity') ?? 0), 0);

/** Without rows, where lowest and highest status are one, they say the same. */
function wholeStageOf(line: Fields, ladder: StatusLadder): ReturnStage {
  const lowest = line.text('MinFulfillmentStatusId');
  const highest = line.text('MaxFulfillmentStatusId');
  if (lowest === undefined || highest === undefined || Number(lowest) !== Number(highest)) {
    throw unreadable(line.pathOf('QuantityDetail'), 'value.missing');
  }
  return ladder.returnStageOf(highest, line.pathOf('MaxFulfillmentStatusId'));
}
