import { addQuantities } from '../kernel/quantity.js';
import { formatAmount } from '../money/currency.js';
import { lineKey, orderKey, type OrderTerms } from '../orders/order.js';
import type { ProjectedRecord } from '../orders/projection.js';
import type { ReturnSnapshot, ReturnSnapshotLine } from './oms-returns.js';
import { exchangeStatusOf, returnStatusOf } from './return-life.js';
import type { ReturnStage } from './return-stage.js';

/** What the CRM shows of a return, below the order that it takes back from (F26: both sides know it by its number). */
export function returnRecords(terms: OrderTerms, snapshot: ReturnSnapshot): readonly ProjectedRecord[] {
  const key = orderKey(terms.site, snapshot.number);
  return [
    {
      address: { kind: 'return', key, order: terms.crmOrderId },
      fields: {
        number: snapshot.number,
        type: snapshot.kind === 'refund' ? 'Return' : 'Exchange',
        status: returnStatusOf(snapshot),
        omsTime: snapshot.at,
        credit: snapshot.credit === undefined ? null : formatAmount(snapshot.credit, terms.currency),
        refunded: snapshot.refunded,
        holds: snapshot.holds.join(', ') || null,
        // The OMS keeps what comes back and what goes out for it on one order.
        exchangeOrder: snapshot.exchange === undefined ? null : key,
        exchangeStatus: exchangeStatusOf(snapshot),
      },
    },
    ...snapshot.lines.map((line): ProjectedRecord => ({
      address: { kind: 'return-line', key: `${key}:${line.id}`, returnKey: key },
      fields: {
        lineKey: lineKey(terms, line.parentLine),
        sku: line.sku,
        expected: unitsOf(line, (stage) => stage !== 'cancelled'),
        received: unitsOf(line, (stage) => stage === 'received' || stage === 'returned'),
      },
    })),
  ];
}

const unitsOf = ({ units }: ReturnSnapshotLine, counts: (stage: ReturnStage) => boolean): number =>
  addQuantities(units.filter(({ stage }) => counts(stage)).map(({ quantity }) => quantity));
