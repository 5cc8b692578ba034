import { modifications, type Modification } from '../orders/mod-types.js';
import { rows, type JsonObject } from '../wire/json.js';

/** A snapshot of the order with what changed since `before`, at the header and on every changed child (§7.3). */
export function snapshot(before: JsonObject | undefined, after: JsonObject): JsonObject {
  const order = structuredClone(after);
  const found = modifications(before, order);
  for (const line of rows(order, 'OrderLine')) {
    line.ChangeLog = changeLog(found.filter(({ row }) => row === line));
    for (const unit of rows(line, 'QuantityDetail'))
      unit.ChangeLog = changeLog(found.filter(({ row }) => row === unit));
  }
  order.ChangeLog = changeLog(found);
  return order;
}

function changeLog(found: Modification[]): JsonObject | null {
  if (found.length === 0) return null;
  const at = (level: Modification['level']) => [
    ...new Set(found.filter((entry) => entry.level === level).map(({ modType }) => modType)),
  ];
  return {
    ModTypes: { Order: at('Order'), OrderLine: at('OrderLine'), QuantityDetail: at('QuantityDetail') },
    ChangeSet: found.map(({ modType, properties }) => ({
      ModType: modType,
      Properties: properties.map(({ property, old, fresh }) => ({ Property: property, Old: old, New: fresh })),
    })),
  };
}
