import { toUnits, type Units } from '../wire/decimals.js';
import { flag, referenceId, rows, text, type JsonObject } from '../wire/json.js';
import { Refusal } from '../wire/refusal.js';

/** Lines a step is about; absent quantity or location means whatever is eligible. */
export interface WantedLine {
  orderLineId: string;
  quantity?: number;
  shipFromLocationId?: string;
  /** The item that is shipped instead of the line's. */
  itemId?: string;
  /** A location that must not be chosen again. */
  notFrom?: string;
}

export interface Selected {
  line: JsonObject;
  /** At most this many; `Number.MAX_SAFE_INTEGER` for all. */
  quantity: Units;
  location: string | undefined;
  substitute?: string;
  notFrom?: string;
}

/** The sale lines a step is about; without a list every line that is not cancelled. @throws Refusal for an unknown line */
export function selectLines(order: JsonObject, wanted: WantedLine[] | undefined): Selected[] {
  const lines = rows(order, 'OrderLine').filter((line) => !flag(line, 'IsReturn') && !flag(line, 'IsCancelled'));
  if (!wanted) return lines.map((line) => ({ line, quantity: Number.MAX_SAFE_INTEGER, location: undefined }));
  return wanted.map(({ orderLineId, quantity, shipFromLocationId, itemId, notFrom }) => {
    const line = lines.find((candidate) => candidate.OrderLineId === orderLineId);
    if (!line) throw new Refusal(400, 'OrderLineId', `Order line ${orderLineId} is unknown or cancelled`);
    return {
      line,
      quantity: quantity === undefined ? Number.MAX_SAFE_INTEGER : toUnits(quantity),
      location: shipFromLocationId,
      ...(itemId === undefined || itemId === line.ItemId ? {} : { substitute: itemId }),
      ...(notFrom === undefined ? {} : { notFrom }),
    };
  });
}

/** Digital goods go from open to released directly and know no stock (§3.2). */
export function isDigital(line: JsonObject): boolean {
  return referenceId(line, 'DeliveryMethod', 'DeliveryMethodId') === 'Email';
}

export function lineById(order: JsonObject, orderLineId: string | undefined): JsonObject | undefined {
  return rows(order, 'OrderLine').find((line) => text(line, 'OrderLineId') === orderLineId);
}
