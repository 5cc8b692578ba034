import { displayStatus, statusOf, STATUS } from '../orders/status-ladder.js';
import { fromUnits, units } from '../wire/decimals.js';
import { flag, rows, text, type JsonObject } from '../wire/json.js';
import { html, type Markup } from './markup.js';

const { open, backOrdered, allocated, released, inProcess, picked, packed, fulfilled, delivered } = STATUS;
const SALE = [open, backOrdered, allocated, released, inProcess, picked, packed, fulfilled, delivered];
const RETURN = [STATUS.pendingReturn, STATUS.pendingApproval, STATUS.received, STATUS.returnCompleted];

/** Stages that a reader should notice, by the colour that they get. */
const COLOURS: Record<number, 'good' | 'wait' | 'bad'> = {
  [backOrdered]: 'wait',
  [fulfilled]: 'good',
  [delivered]: 'good',
  [STATUS.returnPending]: 'wait',
  [STATUS.canceled]: 'bad',
  [STATUS.returnCompleted]: 'good',
  [STATUS.returnCanceled]: 'bad',
};

/** Where the units of a line stand (§3.2): its usual way, and whatever else they stand on or came by. */
export function stageStrip(line: JsonObject): Markup {
  const details = rows(line, 'QuantityDetail');
  const usual = flag(line, 'IsReturn') ? RETURN : SALE;
  const end: number[] = flag(line, 'IsCancelled')
    ? [flag(line, 'IsReturn') ? STATUS.returnCanceled : STATUS.canceled]
    : [];
  const stages = [...new Set([...usual, ...details.map(statusOf), ...end])].sort((left, right) => left - right);
  return html`<ol class="strip" aria-label="Stages of line ${text(line, 'OrderLineId')}">
    ${stages.map((status) => stage(status, end.includes(status) ? [] : details))}
  </ol>`;
}

/** A row that emptied stays as a trace (§3.2), and is shown as 0. */
function stage(status: number, details: JsonObject[]): Markup {
  const own = details.filter((row) => statusOf(row) === status);
  const isEnd = status === STATUS.canceled || status === STATUS.returnCanceled;
  const quantity = fromUnits(own.reduce((sum, row) => sum + units(row, 'Quantity'), 0));
  const name = html`<span>${nameOf(status)}</span><small>${status}</small>`;
  if (isEnd && own.length === 0)
    return html`<li class="here bad"><b aria-hidden="true">×</b><span class="sr">all units</span> ${name}</li>`;
  if (own.length === 0) return html`<li><b aria-hidden="true">·</b>${name}</li>`;
  const kind = quantity > 0 ? `here ${COLOURS[Math.floor(status)] ?? ''}` : 'trace';
  const substitutes = own.filter((row) => row.SubstitutionType !== undefined && units(row, 'Quantity') > 0);
  return html`<li class="${kind}" title="${status}: ${quantity}">
    <b aria-hidden="true">${quantity > 0 ? quantity : '✓'}</b
    ><span class="sr">${quantity > 0 ? `${quantity} units` : 'passed'}</span>${name}
    ${substitutes.map((row) => html`<small>as ${text(row, 'ItemId')}</small>`)}
  </li>`;
}

function nameOf(status: number): string {
  return displayStatus({ min: status, max: status }) ?? String(status);
}
