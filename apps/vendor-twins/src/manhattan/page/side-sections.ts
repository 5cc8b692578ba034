import type { AvailabilityView } from '../inventory/view.js';
import type { Publisher } from '../publishing/publisher.js';
import type { Broker } from '../pubsub/broker.js';
import type { Supply } from '../supply/supply-store.js';
import { fromUnits } from '../wire/decimals.js';
import { html, table, type Markup } from './markup.js';

/** Where messages go, how many went, and what waits in Pub/Sub. */
export function publishingSection(report: ReturnType<Publisher['report']>, bus: ReturnType<Broker['report']>): Markup {
  const { http, amqp, pubsub, published, delivered, pending } = report;
  const targets = [
    ...(http ? [`HTTP ${http.url} (${http.shape})`] : []),
    ...(amqp ? [`AMQP ${amqp.queue} (${amqp.shape})`] : []),
    ...(pubsub ? [`Pub/Sub ${pubsub.topic} (${pubsub.shape})`] : []),
  ];
  const subscriptions = bus.subscriptions.map(
    ({ name, waiting, leased }) =>
      html`<tr>
        <td>${name}</td>
        <td>${waiting}</td>
        <td>${leased}</td>
      </tr>`,
  );
  return html`<section>
    <h2>Publishing</h2>
    <p>${targets.length === 0 ? 'To nowhere.' : `To ${targets.join(', ')}.`}</p>
    <dl>
      <dt>published</dt>
      <dd>${published}</dd>
      <dt>delivered</dt>
      <dd>${delivered}</dd>
      <dt>pending</dt>
      <dd>${pending}</dd>
    </dl>
    ${subscriptions.length === 0 ? '' : table(['Subscription', 'waiting', 'leased'], subscriptions)}
  </section>`;
}

export interface OrganizationStock {
  organization: string;
  views: AvailabilityView[];
  supply: Supply[];
}

/** The availability views with their thresholds, and the stock that they are made of. */
export function stockSection(stocks: OrganizationStock[]): Markup {
  const views = stocks.flatMap(({ organization, views: own }) =>
    own.map(
      ({ name, type, active, outThreshold, limitedThreshold, locations }) =>
        html`<tr>
          <td>${organization}</td>
          <td>${name}${active ? '' : ' (off)'}</td>
          <td>${type}</td>
          <td>${fromUnits(outThreshold)} / ${fromUnits(limitedThreshold)}</td>
          <td>${locations.map(({ id }) => id).join(', ')}</td>
        </tr>`,
    ),
  );
  const supply = stocks.flatMap(({ organization, supply: own }) =>
    own.map(
      ({ itemId, locationId, supplyType, quantity, allocated }) =>
        html`<tr>
          <td>${organization}</td>
          <td>${itemId}</td>
          <td>${locationId}</td>
          <td>${supplyType}</td>
          <td>${fromUnits(quantity)}</td>
          <td>${fromUnits(allocated)}</td>
        </tr>`,
    ),
  );
  return html`<section class="card scroll" aria-label="Stock">
    <h2>Stock</h2>
    ${views.length === 0 ? html`<p>No views.</p>` : table(['Organization', 'View', 'Type', 'out / limited', 'Locations'], views)}
    ${supply.length === 0 ? '' : table(['Organization', 'Item', 'Location', 'Supply', 'Quantity', 'allocated'], supply)}
  </section>`;
}

/** The time that the twin goes by, and buttons that push it ahead. */
export function clockSection(now: string): Markup {
  const ahead = [
    ['1 minute', 60],
    ['1 hour', 3_600],
    ['1 day', 86_400],
  ] as const;
  return html`<form method="post" action="/control/page/clock" aria-label="Clock">
    <time>${now}</time>
    ${ahead.map(([words, seconds]) => html`<button name="seconds" value="${seconds}">+ ${words}</button>`)}
  </form>`;
}
