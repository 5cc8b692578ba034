import { toUnits, type Units } from '../wire/decimals.js';
import { text, type JsonObject } from '../wire/json.js';
import { invalid } from '../wire/refusal.js';
import { trimReservation } from '../orders/cancel.js';
import { moveUnits, unitsIn } from '../orders/quantities.js';
import { STATUS } from '../orders/status-ladder.js';
import { applyStep, type LifeStep, type Moment } from './life-steps.js';
import { lineById } from './selection.js';

const { open, backOrdered, allocated, released, inProcess, picked, packed, fulfilled, delivered } = STATUS;

/** The services of the default pipelines (§3.2): which step brings units from one status to another. */
const SERVICES: { from: readonly number[]; to: number; does: LifeStep['do'] | 'move' }[] = [
  { from: [open, backOrdered], to: allocated, does: 'allocate' },
  { from: [open], to: backOrdered, does: 'backorder' },
  { from: [allocated], to: backOrdered, does: 'deallocate' },
  { from: [allocated, backOrdered], to: open, does: 'move' },
  { from: [allocated], to: released, does: 'release' },
  { from: [released], to: inProcess, does: 'move' },
  { from: [inProcess], to: released, does: 'move' },
  { from: [released, inProcess], to: picked, does: 'move' },
  { from: [released, inProcess, picked], to: packed, does: 'move' },
  { from: [released, inProcess, picked, packed], to: backOrdered, does: 'short' },
  { from: [released, inProcess, picked, packed], to: fulfilled, does: 'ship' },
  { from: [fulfilled], to: delivered, does: 'deliver' },
];

/**
 * One `ChangeStatusLine` (§3.1): `Quantity` units from `DropStatus` to `IntendedDropStatus`, if a service of the pipeline
 * does that. @throws Refusal 400 naming the field
 */
export function changeStatus(order: JsonObject, wanted: JsonObject, moment: Moment): void {
  const orderLineId = String(wanted.OrderLineId);
  const line = lineById(order, orderLineId);
  if (!line) throw invalid('OrderLineId', `Order line ${orderLineId} is not known`);
  const [from, to] = [Number(wanted.DropStatus), Number(wanted.IntendedDropStatus)];
  const service = SERVICES.find((known) => known.from.includes(from) && known.to === to);
  if (!service) throw invalid('IntendedDropStatus', `No service moves units from ${from} to ${to}`);
  const quantity = toUnits(Number(wanted.Quantity));
  if (!(quantity > 0) || unitsIn(line, [from]) < quantity)
    throw invalid('Quantity', `Order line ${orderLineId} has not that many units in ${from}`);
  if (move(order, line, { service: service.does, from, to, quantity }, moment) === 0)
    throw invalid('IntendedDropStatus', `Order line ${orderLineId} cannot go to ${to} now`);
}

interface Move {
  service: LifeStep['do'] | 'move';
  from: number;
  to: number;
  quantity: Units;
}

function move(order: JsonObject, line: JsonObject, { service, from, to, quantity }: Move, moment: Moment): Units {
  if (service !== 'move') {
    const lines = [{ orderLineId: text(line, 'OrderLineId') ?? '', quantity: quantity / toUnits(1) }];
    return applyStep(order, { after: 0, do: service, lines }, moment);
  }
  const moved = moveUnits(line, [from], to, quantity);
  trimReservation(line);
  return moved;
}
