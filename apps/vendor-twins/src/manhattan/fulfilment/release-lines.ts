import { addUnits, units, type Units } from '../wire/decimals.js';
import { rows, text, type JsonObject } from '../wire/json.js';
import { STATUS } from '../orders/status-ladder.js';
import { lineById, type Selected } from './selection.js';

/** Statuses of units that are with the warehouse (§3.2), the furthest first. */
export const IN_WAREHOUSE = [STATUS.packed, STATUS.picked, STATUS.inProcess, STATUS.released] as const;

export interface ReleasedPart {
  release: JsonObject;
  releaseLine: JsonObject;
  line: JsonObject;
  quantity: Units;
  /** The item that is shipped instead of the line's. */
  substitute?: string;
}

/** Units of a release line that are neither shipped nor given up. */
export function openQuantity(releaseLine: JsonObject): Units {
  return (
    units(releaseLine, 'Quantity') - units(releaseLine, 'FulfilledQuantity') - units(releaseLine, 'CancelledQuantity')
  );
}

/** Spreads what a step asks for over the open release lines, in the order of the releases. */
export function releasedParts(order: JsonObject, selection: Selected[]): ReleasedPart[] {
  return selection.flatMap(({ line, quantity, location, substitute }) => {
    let left = quantity;
    return rows(order, 'Release')
      .filter((release) => location === undefined || release.ShipFromLocationId === location)
      .flatMap((release) => rows(release, 'ReleaseLine').map((releaseLine) => ({ release, releaseLine })))
      .filter(({ releaseLine }) => releaseLine.OrderLineId === line.OrderLineId)
      .flatMap(({ release, releaseLine }) => {
        const part = Math.min(left, openQuantity(releaseLine));
        left -= part;
        return part > 0
          ? [{ release, releaseLine, line, quantity: part, ...(substitute === undefined ? {} : { substitute }) }]
          : [];
      });
  });
}

/** The release line that an event names, with its order line. */
export function findReleaseLine(
  order: JsonObject,
  releaseId: string,
  releaseLineId: string,
): Omit<ReleasedPart, 'quantity'> | undefined {
  const release = rows(order, 'Release').find((row) => row.ReleaseId === releaseId);
  const releaseLine = release && rows(release, 'ReleaseLine').find((row) => row.ReleaseLineId === releaseLineId);
  const line = releaseLine && lineById(order, text(releaseLine, 'OrderLineId'));
  return release && releaseLine && line ? { release, releaseLine, line } : undefined;
}

/** Shipped or shorted units are no longer reserved. */
export function lowerAllocation({ line, releaseLine, quantity }: ReleasedPart): void {
  const allocation = rows(line, 'Allocation').find((row) => row.AllocationId === releaseLine.AllocationId);
  if (allocation) addUnits(allocation, 'Quantity', -Math.min(quantity, units(allocation, 'Quantity')));
}
