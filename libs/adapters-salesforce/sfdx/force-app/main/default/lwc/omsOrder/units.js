import { filled, labels } from 'c/omsLabels';

/** Where units can be, in the order of an undisturbed life, and the field that counts them. */
export const STAGES = [
  { name: 'open', field: 'OMS_Qty_Open__c', label: labels.stageOpen },
  { name: 'back-ordered', field: 'OMS_Qty_Back_Ordered__c', label: labels.stageBackOrdered },
  { name: 'allocated', field: 'OMS_Qty_Allocated__c', label: labels.stageAllocated },
  { name: 'released', field: 'OMS_Qty_Released__c', label: labels.stageReleased },
  { name: 'shipped', field: 'OMS_Qty_Shipped__c', label: labels.stageShipped },
  { name: 'delivered', field: 'OMS_Qty_Delivered__c', label: labels.stageDelivered },
  { name: 'returned', field: 'OMS_Qty_Returned__c', label: labels.stageReturned },
  { name: 'cancelled', field: 'OMS_Qty_Cancelled__c', label: labels.stageCancelled },
];

const OTHER_WORDS = {
  submitted: labels.stageSubmitted,
  'in-process': labels.stageInProcess,
  picked: labels.stagePicked,
  packed: labels.stagePacked,
  'pending-return': labels.stagePendingReturn,
};
const WORDS = { ...OTHER_WORDS, ...Object.fromEntries(STAGES.map(({ name, label }) => [name, label])) };

/** The way of every unit that nothing happens to. */
const WAY = ['open', 'allocated', 'released', 'shipped', 'delivered'];
const ASIDE = ['back-ordered', 'returned', 'cancelled'];

const PARTLY = 'partially-';

/** A status of the vocabulary in the agent's words. What the vocabulary does not have stays as it is. */
export function statusText(status) {
  if (status?.startsWith(PARTLY)) {
    return filled(labels.partly, statusText(status.slice(PARTLY.length)).toLowerCase());
  }
  return WORDS[status] ?? status ?? '';
}

/** How many units of a line are where. A line that the OMS has said nothing of is ordered, no more. */
export function unitsOf(line) {
  const told = STAGES.some(({ field }) => line[field] !== undefined && line[field] !== null);
  if (!told) return { open: line.Quantity ?? 0 };
  return Object.fromEntries(STAGES.map(({ name, field }) => [name, line[field] ?? 0]));
}

/** Units of several lines together. */
function sumOf(lines) {
  const sums = {};
  for (const line of lines) {
    for (const [name, quantity] of Object.entries(unitsOf(line))) sums[name] = (sums[name] ?? 0) + quantity;
  }
  return sums;
}

/** The parts that units are in, in the order of the stages; of each its share of the whole. */
export function partsOf(units) {
  const total = Object.values(units).reduce((sum, quantity) => sum + quantity, 0);
  return STAGES.filter(({ name }) => units[name] > 0).map(({ name, label }) => ({
    name,
    units: units[name],
    label,
    className: `part part_${name}`,
    dotClassName: `dot part_${name}`,
    style: `flex-grow: ${units[name] / total}`,
  }));
}

/**
 * The strip of the order: the undisturbed way, step by step, and what left it.
 * A step is `here` where units are, `done` where every unit is past it, `passed` where some are, else `ahead`.
 */
export function stripOf(lines) {
  const sums = sumOf(lines);
  const total = Object.values(sums).reduce((sum, quantity) => sum + quantity, 0);
  const waiting = sums['back-ordered'] ?? 0;
  const at = WAY.map((name) => sums[name] ?? 0);
  const steps = WAY.map((name, index) => {
    const before = at.slice(0, index).reduce((sum, quantity) => sum + quantity, index > 0 ? waiting : 0);
    const after = at.slice(index + 1).reduce((sum, quantity) => sum + quantity, sums.returned ?? 0);
    const idle = before === 0 ? 'done' : 'passed';
    return stepOf(name, { units: at[index], idle: after > 0 ? idle : 'ahead', total });
  });
  const aside = ASIDE.filter((name) => sums[name] > 0).map((name) => ({
    name,
    label: WORDS[name],
    units: sums[name],
    className: `aside aside_${name}`,
  }));
  return { steps, aside, total };
}

function stepOf(name, { units, idle, total }) {
  const state = units > 0 ? 'here' : idle;
  return {
    name,
    label: WORDS[name],
    units,
    state,
    isDone: state === 'done',
    isCounted: state === 'here' || state === 'passed',
    className: `step step_${state} step_${name}`,
    description: filled(labels.unitsOf, units, total),
  };
}

/** `1 allocated, 2 shipped` in the agent's words. */
export function quantitiesText(quantities) {
  return quantities.replace(
    /(\d+(?:\.\d+)?) ([a-z-]+)/g,
    (_, count, stage) => `${count} ${statusText(stage).toLowerCase()}`,
  );
}
