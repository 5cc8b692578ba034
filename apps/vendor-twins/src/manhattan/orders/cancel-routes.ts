import type { TenantConfig } from '../control/tenant-config.js';
import type { Caller } from '../wire/caller.js';
import { fromUnits, toUnits, units } from '../wire/decimals.js';
import { success, type VendorMessage } from '../wire/envelope.js';
import { rows, text, type JsonObject } from '../wire/json.js';
import { invalid, Refusal } from '../wire/refusal.js';
import type { VendorRoutes } from '../wire/vendor-routes.js';
import { problem, recordedSave, type RecordedSaveParts } from './recorded-save.js';

export interface CancelRouteParts extends RecordedSaveParts {
  config: TenantConfig;
}

const ORDER = '/order/api/order/order';

/**
 * The cancel endpoints of §3.1, whose body is not documented: `{OrderId, CancelReason, CancelComments, OrderLine:[{OrderLineId,
 * Quantity}]}`, for several orders as a list in `Data`. Everything they do is a save (§3.6).
 */
export function addCancelRoutes(routes: VendorRoutes, parts: CancelRouteParts): void {
  const one = (path: string, linesRequired: boolean) =>
    routes.add(
      'POST',
      path,
      ({ caller, body, params }) => {
        refuseWithoutEndpoints(parts, path);
        return cancel(parts, caller, { ...body, OrderId: params.orderId ?? '' }, linesRequired);
      },
      true,
    );
  const many = (path: string, linesRequired: boolean) =>
    routes.add(
      'POST',
      path,
      ({ caller, body }) => {
        refuseWithoutEndpoints(parts, path);
        return cancelMany(parts, caller, rows(body, 'Data'), linesRequired);
      },
      true,
    );
  one(`${ORDER}/orderId/:orderId/cancel`, false);
  one(`${ORDER}/orderId/:orderId/orderLine/cancel`, true);
  many(`${ORDER}/cancel`, false);
  many(`${ORDER}/orderLine/cancel`, true);
}

function refuseWithoutEndpoints({ config }: CancelRouteParts, path: string): void {
  if (!config.now.cancelEndpoints) throw new Refusal(404, '404', `No handler for POST ${path}`);
}

/** Each order by itself: the messages tell which were refused, the data what came of the others. */
function cancelMany(parts: CancelRouteParts, caller: Caller, wanted: JsonObject[], linesRequired: boolean): JsonObject {
  if (wanted.length === 0) throw invalid('Data', 'Data is required');
  const refused: VendorMessage[] = [];
  const answers = wanted.map((body) => {
    try {
      return cancel(parts, caller, body, linesRequired).data ?? null;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push(problem(error.code, `${text(body, 'OrderId') ?? ''}: ${error.description}`));
      return null;
    }
  });
  return success('order', answers, refused);
}

function cancel(parts: CancelRouteParts, caller: Caller, body: JsonObject, linesRequired: boolean): JsonObject {
  const orderId = text(body, 'OrderId') ?? '';
  const stored = parts.ledger.find(caller.organization, orderId);
  if (!stored) throw new Refusal(404, 'OrderId', `Order ${orderId} is not known`);
  const wanted = rows(body, 'OrderLine');
  if (linesRequired && wanted.length === 0) throw invalid('OrderLine', 'OrderLine is required');
  const cause = { CancelReason: body.CancelReason ?? null, CancelComments: body.CancelComments ?? null };
  const payload =
    wanted.length === 0
      ? { OrderId: orderId, IsCancelled: true, ...cause }
      : { OrderId: orderId, OrderLine: wanted.map((line) => cancelledLine(stored, line, cause)) };
  return recordedSave(parts, caller, payload);
}

/** `Quantity` counts the units to cancel; without it, or with all of them, the line goes. */
function cancelledLine(order: JsonObject, wanted: JsonObject, cause: JsonObject): JsonObject {
  const lineId = String(wanted.OrderLineId);
  const line = rows(order, 'OrderLine').find((row) => row.OrderLineId === lineId);
  if (!line) throw invalid('OrderLineId', `Order line ${lineId} is not known`);
  const own = {
    CancelReason: wanted.CancelReason ?? cause.CancelReason ?? null,
    CancelComments: wanted.CancelComments ?? cause.CancelComments ?? null,
  };
  const sent = wanted.Quantity ?? null;
  if (sent === null) return { OrderLineId: lineId, IsCancelled: true, ...own };
  const quantity = toUnits(Number(sent));
  if (!(quantity > 0)) throw invalid('Quantity', 'Quantity must be greater than zero');
  const rest = units(line, 'Quantity') - quantity;
  if (rest < 0) throw invalid('Quantity', `Order line ${lineId} has only ${fromUnits(units(line, 'Quantity'))} units`);
  return rest === 0
    ? { OrderLineId: lineId, IsCancelled: true, ...own }
    : { OrderLineId: lineId, Quantity: fromUnits(rest), ...own };
}
