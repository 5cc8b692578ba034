import { placesOf } from '../fulfillment/line-ledger.js';
import type { OrderLife } from '../fulfillment/order-life.js';
import { statusOf, type Status } from '../fulfillment/status.js';
import { PermanentFault } from '../kernel/faults.js';
import { addQuantities } from '../kernel/quantity.js';
import type { OrderTerms } from '../orders/order.js';
import type { ExchangeLine, ReturnSnapshot } from './oms-returns.js';
import { RETURN_STAGES, type ReturnStage } from './return-stage.js';

/** A return told of a line that the order does not have: nothing of it can be shown where it belongs. */
const lineUnknown = (snapshot: ReturnSnapshot, index: number, line: string) => {
  const sentence = `Return ${snapshot.number} takes back line ${line}, which the order does not have.`;
  const remedy = 'Correct the parent line of the return at the OMS; it is published again then.';
  const violations = [{ field: `lines[${index}].parentLine`, rule: 'return.line_known', sentence, remedy }];
  return new PermanentFault('returns.line_unknown', sentence, { violations });
};

/** Takes a return into its order's life. An older or equal snapshot changes nothing; a part of another order's is passed over. */
export function observeReturn(life: OrderLife, terms: OrderTerms, snapshot: ReturnSnapshot): OrderLife {
  const lines = snapshot.lines.filter(({ parent }) => parent === terms.number);
  lines.forEach(({ parentLine }, index) => {
    if (!terms.lines.some(({ id }) => id === parentLine)) throw lineUnknown(snapshot, index, parentLine);
  });
  const known = life.returns?.find(({ number }) => number === snapshot.number);
  if (known !== undefined && known.at >= snapshot.at) return life;
  const others = (life.returns ?? []).filter(({ number }) => number !== snapshot.number);
  const returns = [...others, { ...snapshot, lines }].sort((left, right) => (left.number < right.number ? -1 : 1));
  return { ...life, returns };
}

/** How far the goods are that go out in exchange; null where none do. */
export function exchangeStatusOf({ exchange = [] }: ReturnSnapshot): Status | null {
  return exchange.length === 0
    ? null
    : statusOf(exchange.map((line) => placesOf(unitsOf(line), { ...line, cancelled: false })));
}

const unitsOf = ({ units }: ExchangeLine): number => addQuantities(units.map(({ quantity }) => quantity));

/** Derived from where its units are; cancelled ones are passed over unless all are. */
export function returnStatusOf({ lines }: Pick<ReturnSnapshot, 'lines'>): ReturnStage | `partially-${ReturnStage}` {
  const reached = RETURN_STAGES.filter((stage) => lines.some(({ units }) => units.some((one) => one.stage === stage)));
  const alive = reached.filter((stage) => stage !== 'cancelled');
  const furthest = alive.at(-1) ?? reached.at(-1) ?? 'pending-return';
  return alive.length > 1 ? `partially-${furthest}` : furthest;
}
