import type { TenantConfig } from '../control/tenant-config.js';
import type { Caller } from '../wire/caller.js';
import { rows, text, type JsonObject } from '../wire/json.js';
import type { OrderChange, OrderLedger } from '../orders/order-ledger.js';
import { modifications, type Modification } from '../orders/mod-types.js';
import { orderTypeOf } from '../orders/modification-rules.js';
import { snapshot } from './change-log.js';
import type { MessageKind } from './message.js';
import type { Publisher } from './publisher.js';
import { releaseDocument } from './release-document.js';

const ORDER_LINE: MessageKind = {
  messageType: 'PublishOrderLineEventMSGType',
  queueName: 'queue.publishOrderLineEvent',
  component: 'order',
};

const RELEASE: MessageKind = {
  messageType: 'OB_XINT_PublishReleaseToStoreMSGType_GCPMT',
  queueName: 'OB_XINT_PublishReleaseToStoreMSGType_GCPQ-twin',
  component: 'xint',
};

/** Publishes what every transaction's rules say (§7.3): the order, lines of it, and new releases to their destinations. */
export function publishOrders(ledger: OrderLedger, publisher: Publisher, config: TenantConfig): void {
  ledger.onCommit((change) => {
    const { before, after, caller, silent } = change;
    if (silent) return;
    const found = modifications(before, after);
    const rule = ({ modType }: Modification) => config.modTypes.rule(orderTypeOf(after), modType);
    const isPublished =
      found.length === 0 ? config.now.publishUnclassified : found.some((one) => rule(one).PublishOrder);
    if (isPublished) publisher.publish(caller, before, after);
    const changed = found.filter((one) => rule(one).PublishOrderLine).map(({ row }) => row);
    const lines = rows(after, 'OrderLine').filter(
      (line) => changed.includes(line) || rows(line, 'QuantityDetail').some((unit) => changed.includes(unit)),
    );
    publishLines(publisher, change, lines);
    publishReleases(publisher, config, change);
  });
}

/** One message per line, with the id of its order. */
export function publishLines(
  publisher: Publisher,
  { before, after, caller }: Omit<OrderChange, 'silent'>,
  lines: JsonObject[],
): void {
  const wanted = new Set(lines.map((line) => line.OrderLineId));
  const published = lines.length === 0 ? [] : rows(snapshot(before, after), 'OrderLine');
  for (const line of published.filter((row) => wanted.has(row.OrderLineId)))
    publisher.announce(caller, ORDER_LINE, { ...line, OrderId: after.OrderId ?? null, OrgId: after.OrgId ?? null });
}

function publishReleases(publisher: Publisher, config: TenantConfig, { before, after, caller }: OrderChange): void {
  const known = new Set(rows(before ?? {}, 'Release').map((release) => release.ReleaseId));
  for (const release of rows(after, 'Release').filter((row) => !known.has(row.ReleaseId ?? '')))
    publishRelease(publisher, config, caller, after, release);
}

/** Sends a release in its outbound shape, if its location has a destination (§4.5). */
export function publishRelease(
  publisher: Publisher,
  config: TenantConfig,
  caller: Caller,
  order: JsonObject,
  release: JsonObject,
): void {
  const destination = config.releaseDestinations.of(text(release, 'ShipFromLocationId') ?? '');
  if (!destination) return;
  const isFull = destination.templateName === 'ReleaseOutboundFullTemplate';
  publisher.announce(caller, RELEASE, releaseDocument(order, release, isFull));
}
