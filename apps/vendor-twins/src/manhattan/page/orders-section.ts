import { STEP_NAMES } from '../fulfilment/life-steps.js';
import { displayStatus, statusOf, STATUS } from '../orders/status-ladder.js';
import { fromUnits, units } from '../wire/decimals.js';
import { flag, rows, text, type JsonObject } from '../wire/json.js';
import { html, Markup } from './markup.js';

/** The latest orders come first, and no more than fit a page. */
const SHOWN = 50;

type StepName = (typeof STEP_NAMES)[number];

/** The step that brings a unit from a status on its usual way (§3.2). */
const ONWARDS: Record<number, StepName> = {
  [STATUS.open]: 'allocate',
  [STATUS.backOrdered]: 'allocate',
  [STATUS.allocated]: 'release',
  [STATUS.released]: 'pick',
  [STATUS.inProcess]: 'pick',
  [STATUS.picked]: 'pack',
  [STATUS.packed]: 'ship',
  [STATUS.fulfilled]: 'deliver',
};

const { open, backOrdered, allocated, released, inProcess, picked, packed, fulfilled, delivered, canceled } = STATUS;
const SALE = [open, backOrdered, allocated, released, inProcess, picked, packed, fulfilled, delivered, canceled];

/** Every order with the ladder of its lines, and buttons that push units along it. */
export function ordersSection(all: JsonObject[]): Markup {
  const latest = [...all].sort((left, right) => (updated(left) < updated(right) ? 1 : -1)).slice(0, SHOWN);
  const count = all.length > SHOWN ? `the latest ${SHOWN} of ${all.length}` : String(all.length);
  return html`<section>
    <h2>Orders <small>${count}</small></h2>
    ${all.length === 0 ? html`<p>None yet.</p>` : ''} ${latest.map(orderCard)}
  </section>`;
}

function updated(order: JsonObject): string {
  return text(order, 'UpdatedTimestamp') ?? '';
}

function orderCard(order: JsonObject): Markup {
  const lines = rows(order, 'OrderLine');
  const ladder = ladderOf(lines);
  const badges = [
    flag(order, 'IsConfirmed') ? 'confirmed' : 'not confirmed',
    ...(flag(order, 'IsOnHold') ? ['on hold'] : []),
    ...(flag(order, 'IsCancelled') ? ['cancelled'] : []),
  ];
  return html`<article>
    <h3>${text(order, 'OrderId')} <small>${text(order, 'OrgId')}</small></h3>
    <p>
      <strong>${text(order, 'FulfillmentStatus') ?? 'no status'}</strong> · ${badges.join(' · ')} ·
      ${String(order.OrderTotal ?? 0)} ${text(order, 'CurrencyCode')} · <time>${updated(order)}</time>
    </p>
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Item</th>
            ${ladder.map((status) => html`<th scope="col" class="rung">${nameOf(status)}<br />${status}</th>`)}
            <th scope="col">Push along</th>
          </tr>
        </thead>
        <tbody>
          ${lines.map((line) => lineRow(order, line, ladder))}
        </tbody>
      </table>
    </div>
  </article>`;
}

/** The rungs of sale lines, and whatever else units stand on. */
function ladderOf(lines: JsonObject[]): number[] {
  const present = lines.flatMap((line) => rows(line, 'QuantityDetail').map(statusOf));
  const usual = lines.some((line) => !flag(line, 'IsReturn')) ? SALE : [];
  return [...new Set([...usual, ...present])].sort((left, right) => left - right);
}

function nameOf(status: number): string {
  return displayStatus({ min: status, max: status }) ?? String(status);
}

function lineRow(order: JsonObject, line: JsonObject, ladder: number[]): Markup {
  return html`<tr>
    <td>${text(line, 'OrderLineId')}</td>
    <td>${text(line, 'ItemId')}</td>
    ${ladder.map((status) => rung(line, status))}
    <td>${flag(line, 'IsReturn') ? 'by receipt events' : pushForms(order, line)}</td>
  </tr>`;
}

/** A row that emptied stays as a trace (§3.2), and is shown as 0. */
function rung(line: JsonObject, status: number): Markup {
  const detail = rows(line, 'QuantityDetail').filter((row) => statusOf(row) === status);
  if (detail.length === 0) return html`<td class="rung"></td>`;
  const quantity = fromUnits(detail.reduce((sum, row) => sum + units(row, 'Quantity'), 0));
  return html`<td class="rung ${quantity > 0 ? 'here' : 'trace'}" title="${status}: ${quantity}">${quantity}</td>`;
}

function pushForms(order: JsonObject, line: JsonObject): Markup {
  const onwards = rows(line, 'QuantityDetail')
    .filter((row) => units(row, 'Quantity') > 0)
    .flatMap((row) => ONWARDS[statusOf(row)] ?? []);
  const hidden = html`<input type="hidden" name="organization" value="${text(order, 'OrgId')}" />
    <input type="hidden" name="orderId" value="${text(order, 'OrderId')}" />
    <input type="hidden" name="orderLineId" value="${text(line, 'OrderLineId')}" />`;
  const one = (step: StepName) =>
    html`<form method="post" action="/control/page/step">
      ${hidden}<input type="hidden" name="quantity" value="1" />
      <button name="step" value="${step}">${step} one</button>
    </form>`;
  return html`${[...new Set(onwards)].map(one)}
    <form method="post" action="/control/page/step">
      ${hidden}
      <select name="step" aria-label="Step">
        ${STEP_NAMES.map((step) => html`<option>${step}</option>`)}
      </select>
      <input name="quantity" type="number" min="0" step="any" placeholder="all" aria-label="Quantity" />
      <button>do</button>
    </form>`;
}
