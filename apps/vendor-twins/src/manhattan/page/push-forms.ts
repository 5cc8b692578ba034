import { STEP_NAMES } from '../fulfilment/life-steps.js';
import { statusOf, STATUS } from '../orders/status-ladder.js';
import { units } from '../wire/decimals.js';
import { flag, rows, text, type JsonObject } from '../wire/json.js';
import { html, type Markup } from './markup.js';

type StepName = (typeof STEP_NAMES)[number];

/** The steps that bring a unit on from a status on its usual way (§3.2), the next one first. */
const ONWARDS: Record<number, readonly StepName[]> = {
  [STATUS.open]: ['allocate'],
  [STATUS.backOrdered]: ['allocate'],
  [STATUS.allocated]: ['release'],
  [STATUS.released]: ['pick', 'ship'],
  [STATUS.inProcess]: ['pick', 'ship'],
  [STATUS.picked]: ['pack', 'ship'],
  [STATUS.packed]: ['ship'],
  [STATUS.fulfilled]: ['deliver'],
};

/** Buttons that push units of a line along its ladder, one or all; everything else under one lid. */
export function pushForms(order: JsonObject, line: JsonObject): Markup {
  if (flag(line, 'IsCancelled')) return html``;
  const isReturn = flag(line, 'IsReturn');
  const hidden = html`<input type="hidden" name="organization" value="${text(order, 'OrgId')}" />
    <input type="hidden" name="orderId" value="${text(order, 'OrderId')}" />
    <input type="hidden" name="orderLineId" value="${text(line, 'OrderLineId')}" />`;
  const which = `line ${text(line, 'OrderLineId') ?? ''} of ${text(order, 'OrderId') ?? ''}`;
  const steps = isReturn ? returnSteps(line) : onwards(line);
  const one = (step: string, first: boolean) =>
    html`<form method="post" action="/control/page/${isReturn ? 'return' : 'step'}">
      ${hidden}<input type="hidden" name="step" value="${step}" />
      <button name="quantity" value="1" class="${first ? 'main' : ''}" aria-label="${step} one of ${which}">
        ${step} one
      </button>
      <button name="quantity" value="" aria-label="${step} all of ${which}">${step} all</button>
    </form>`;
  const forms = steps.map((step, index) => one(step, index === 0));
  return html`<div class="push">${forms}${isReturn ? '' : otherStep(line, hidden)}</div>`;
}

function onwards(line: JsonObject): StepName[] {
  const standing = rows(line, 'QuantityDetail').filter((row) => units(row, 'Quantity') > 0);
  return [...new Set(standing.flatMap((row) => ONWARDS[Math.floor(statusOf(row))] ?? []))];
}

/** What can be done with goods that come back (§5.2). */
function returnSteps(line: JsonObject): string[] {
  const standing = rows(line, 'QuantityDetail').filter((row) => units(row, 'Quantity') > 0);
  const isOnTheWay = standing.some((row) => statusOf(row) < STATUS.received);
  const isOver = standing.every((row) => statusOf(row) >= STATUS.returnCompleted);
  return isOver ? [] : isOnTheWay ? ['receive', 'verify'] : ['verify'];
}

function otherStep(line: JsonObject, hidden: Markup): Markup {
  const id = text(line, 'OrderLineId') ?? '';
  return html`<details>
    <summary>Other step</summary>
    <form method="post" action="/control/page/step">
      ${hidden}
      <select name="step" aria-label="Step of line ${id}">
        ${STEP_NAMES.map((step) => html`<option>${step}</option>`)}
      </select>
      <input name="quantity" type="number" min="0" step="any" placeholder="all" aria-label="Quantity of line ${id}" />
      <input name="itemId" placeholder="as other item" aria-label="Item that line ${id} is shipped as" />
      <button>Do</button>
    </form>
  </details>`;
}
