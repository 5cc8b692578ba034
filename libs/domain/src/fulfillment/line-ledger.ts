import { PermanentFault } from '../kernel/faults.js';
import type { LineId } from '../kernel/ids.js';
import { addQuantities, roundQuantity } from '../kernel/quantity.js';
import type { SnapshotLine } from './order-snapshot.js';
import { STAGES, type Stage } from './stage.js';

/** How many units of a line are in each place. The places of a line add up to what was ordered: each unit is in exactly one. */
export type Places = Readonly<Record<Stage, number>>;

/**
 * Where the units of a line are by a snapshot. The OMS forgets units that are cancelled (it lowers the quantity, or leaves its rows
 * at zero): what it no longer counts of the ordered quantity is cancelled. It can never count more than was ordered.
 */
export function placesOf(ordered: number, line: SnapshotLine): Places {
  const places: Record<Stage, number> = { ...NOWHERE };
  for (const { stage, quantity } of line.units) places[stage] = addQuantities([places[stage], quantity]);
  const counted = totalOf(places);
  if (counted > ordered) throw overshipped(line.id, ordered, counted);
  places.cancelled = addQuantities([places.cancelled, roundQuantity(ordered - counted)]);
  return places;
}

const overshipped = (line: LineId, ordered: number, counted: number) =>
  new PermanentFault(
    'fulfillment.more_than_ordered',
    `The OMS counts ${counted} units of line ${line}, of which ${ordered} were ordered.`,
    {
      context: { line, ordered, counted },
      violations: [
        {
          field: `lines[${line}].quantity`,
          rule: 'quantity.exceeds_ordered',
          sentence: 'The OMS counts more units than were ordered.',
          remedy: 'Compare the line on both sides; replay the message once they agree.',
        },
      ],
    },
  );

/** A line none of whose units has moved yet. */
export const allOpen = (ordered: number): Places => ({ ...NOWHERE, open: ordered });

export const totalOf = (places: Places): number => addQuantities(Object.values(places));

/**
 * Places that were counted of another quantity, until the OMS counts anew: units that were added are open, and those that were taken
 * away are taken from what is cancelled, then from what has come least far.
 */
export function recounted(places: Places, ordered: number): Places {
  const counted = totalOf(places);
  if (counted <= ordered) return { ...places, open: addQuantities([places.open, roundQuantity(ordered - counted)]) };
  let excess = roundQuantity(counted - ordered);
  const left: Record<Stage, number> = { ...places };
  for (const stage of ['cancelled', ...STAGES] as const) {
    const taken = Math.min(left[stage], excess);
    left[stage] = roundQuantity(left[stage] - taken);
    excess = roundQuantity(excess - taken);
  }
  return left;
}

/** As a person would say it: `1 allocated, 2 shipped`, in the order of the ladder. Equal places have equal text. */
export const placesText = (places: Places): string =>
  STAGES.filter((stage) => places[stage] !== 0)
    .map((stage) => `${places[stage]} ${stage}`)
    .join(', ');

/** Reads what `placesText` wrote. */
export function placesIn(text: string): Places {
  const places: Record<Stage, number> = { ...NOWHERE };
  for (const part of text.split(', ')) {
    const [quantity, name] = part.split(' ');
    const stage = STAGES.find((one) => one === name);
    if (stage) places[stage] = Number(quantity);
  }
  return places;
}

const NOWHERE: Places = {
  open: 0,
  'back-ordered': 0,
  allocated: 0,
  released: 0,
  'in-process': 0,
  picked: 0,
  packed: 0,
  shipped: 0,
  delivered: 0,
  'pending-return': 0,
  returned: 0,
  cancelled: 0,
};
