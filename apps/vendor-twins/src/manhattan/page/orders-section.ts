import { fromUnits, units } from '../wire/decimals.js';
import { flag, objectIn, rows, text, type JsonObject } from '../wire/json.js';
import { html, type Markup } from './markup.js';
import { pushForms } from './push-forms.js';
import { stageStrip } from './stage-strip.js';

/** The latest orders come first, and no more than fit a page. */
const SHOWN = 50;

/** Every order, or those whose id or organization holds the words, with the stages of its lines and buttons that push units along. */
export function ordersSection(all: JsonObject[], wanted: string): Markup {
  const fits = (order: JsonObject) => `${text(order, 'OrderId') ?? ''} ${text(order, 'OrgId') ?? ''}`.toLowerCase();
  const found = all.filter((order) => fits(order).includes(wanted.trim().toLowerCase()));
  const latest = found.sort((left, right) => (updated(left) < updated(right) ? 1 : -1)).slice(0, SHOWN);
  const count = found.length > SHOWN ? `the latest ${SHOWN} of ${found.length}` : String(found.length);
  return html`<section id="orders" aria-label="Orders">
    <h2>Orders <small>${count}</small></h2>
    <form class="find" method="get" action="/control" role="search">
      <input
        type="search"
        name="orders"
        value="${wanted}"
        placeholder="Order or organization"
        aria-label="Find orders"
      />
      <button>Find</button>
    </form>
    ${found.length === 0 ? html`<p class="card">${wanted === '' ? 'None yet.' : 'None of that name.'}</p>` : ''}
    ${latest.map(orderCard)}
  </section>`;
}

function updated(order: JsonObject): string {
  return text(order, 'UpdatedTimestamp') ?? '';
}

function orderCard(order: JsonObject): Markup {
  const id = text(order, 'OrderId') ?? '';
  return html`<article aria-label="Order ${id}">
    <div class="head">
      <h3>${id} <small>${text(order, 'OrgId')}</small></h3>
      <strong>${text(order, 'FulfillmentStatus') ?? text(order, 'ReturnStatus') ?? 'no status'}</strong>
      ${badges(order)}
      <span class="sum">${amount(order)}</span>
      <small>changed <time>${updated(order)}</time></small>
    </div>
    ${rows(order, 'OrderLine').map((line) => lineOf(order, line))}
  </article>`;
}

function amount(order: JsonObject): string {
  return `${String(order.OrderTotal ?? 0)} ${text(order, 'CurrencyCode') ?? ''}`;
}

function badges(order: JsonObject): Markup[] {
  const holds = rows(order, 'OrderHold').filter((hold) => Math.floor(Number(hold.StatusId)) === 1000);
  const badge = (kind: string, words: string) => html`<span class="badge ${kind}">${words}</span>`;
  return [
    flag(order, 'IsConfirmed') ? badge('good', 'confirmed') : badge('', 'not confirmed'),
    ...holds.map((hold) => badge('wait', `on hold: ${text(hold, 'HoldTypeId') ?? ''}`)),
    ...(flag(order, 'IsCancelled') ? [badge('bad', 'cancelled')] : []),
    badge('', paymentOf(order)),
  ];
}

/** The payment ladder of §3.2, by name. */
const PAYMENT: Record<number, string> = {
  0: 'nothing to pay',
  1000: 'awaiting payment info',
  2000: 'awaiting authorization',
  3000: 'authorized',
  4000: 'awaiting settlement',
  5000: 'paid',
  6000: 'awaiting refund',
  7000: 'refunded',
};

function paymentOf(order: JsonObject): string {
  const status = Number(objectIn(order, 'PaymentStatus')?.StatusId ?? 0);
  return PAYMENT[Math.floor(status)] ?? `payment ${status}`;
}

function lineOf(order: JsonObject, line: JsonObject): Markup {
  const parent = text(line, 'ParentOrderId');
  const quantity = fromUnits(units(line, 'Quantity'));
  return html`<div class="line">
    <h4>
      Line ${text(line, 'OrderLineId')} · ${quantity} × ${text(line, 'ItemId')}
      ${flag(line, 'IsReturn') ? html`<small>return of ${parent}</small>` : ''}
    </h4>
    ${stageStrip(line)} ${pushForms(order, line)}
  </div>`;
}
