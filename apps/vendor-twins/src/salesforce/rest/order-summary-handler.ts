import { text } from '../org/json.js';
import type { Caller } from '../org/journal.js';
import { notFound, Refusal } from '../org/refusal.js';
import { isActivated } from '../org/rules/orders.js';
import { fieldOf, type Row, type Scalar, type SObject } from '../org/schema.js';
import { bodyObject, type Api, type Handler } from './api-call.js';
import { idAt } from './row-handlers.js';

/** The only way to an OrderSummary: it and its parts are made from an activated order, once (§4.3). */
export const createOrderSummary: Handler = (call, api) => {
  const body = bodyObject(call);
  const summary = api.org.schema.object('OrderSummary');
  const orders = api.org.schema.object('Order');
  if (!summary || !orders) throw notFound();
  const order = api.org.store.live(orders, idAt(orders, text(body, 'orderId') ?? ''));
  if (!order) throw notFound();
  const lifeCycle = text(body, 'orderLifeCycleType') ?? 'MANAGED';
  if (lifeCycle !== 'MANAGED' && lifeCycle !== 'UNMANAGED')
    throw new Refusal('INVALID_INPUT', 'orderLifeCycleType is MANAGED or UNMANAGED', ['orderLifeCycleType']);
  if (!isActivated(order)) throw new Refusal('INVALID_INPUT', 'The order is not activated.', ['orderId']);
  if (api.org.childrenOf('OrderSummary', 'OriginalOrderId', order['Id']).length > 0)
    throw new Refusal('DUPLICATE_VALUE', 'The order has an order summary.', ['orderId']);
  const given = {
    Status: text(body, 'status') ?? order['Status'] ?? null,
    OrderNumber: text(body, 'name') ?? order['OrderNumber'] ?? null,
    ExternalReferenceIdentifier: text(body, 'externalReferenceIdentifier') ?? null,
    BusinessModel: text(body, 'businessModel') ?? null,
    SourceProcess: text(body, 'sourceProcess') ?? 'Standard',
    OrderLifeCycleType: lifeCycle,
    OriginalOrderId: order['Id'] ?? null,
  };
  const id = api.org.store.atomically(() => {
    const made = api.writer.system(summary, { ...copied(orders, summary, order), ...given }, call.caller);
    summarizeParts(api, order, made, call.caller);
    return made;
  });
  return { status: 201, body: { orderSummaryId: id, success: true, errors: [] }, records: 1 };
};

const own = new Set(['id', 'ownerid', 'recordtypeid', 'status']);

/** What both have by the same API name, custom fields too, but no dates among those (§4.3). */
function copied(from: SObject, to: SObject, row: Row): Record<string, Scalar> {
  const shared = [...from.fields.values()].filter(({ name, custom, type }) => {
    const there = fieldOf(to, name);
    return there && !isSystem(name) && !own.has(name.toLowerCase()) && !(custom && type === 'date');
  });
  return Object.fromEntries(shared.map(({ name }) => [name, row[name] ?? null]));
}

function isSystem(name: string): boolean {
  return /^(?:IsDeleted|CreatedDate|CreatedById|LastModifiedDate|LastModifiedById|SystemModstamp)$/.test(name);
}

function summarizeParts(api: Api, order: Row, summaryId: string, caller: Caller) {
  const { org, writer } = api;
  const [groups, groupSummary] = [
    org.schema.object('OrderDeliveryGroup'),
    org.schema.object('OrderDeliveryGroupSummary'),
  ];
  const [lines, lineSummary] = [org.schema.object('OrderItem'), org.schema.object('OrderItemSummary')];
  if (!groups || !groupSummary || !lines || !lineSummary) return;
  const byGroup = new Map<Scalar, string>();
  for (const group of org.childrenOf('OrderDeliveryGroup', 'OrderId', order['Id'])) {
    const tied = { OrderSummaryId: summaryId, OriginalOrderDeliveryGroupId: group['Id'] ?? null };
    byGroup.set(
      group['Id'] ?? null,
      writer.system(groupSummary, { ...copied(groups, groupSummary, group), ...tied }, caller),
    );
  }
  for (const line of org.childrenOf('OrderItem', 'OrderId', order['Id'])) {
    const product = org.find('Product2', line['Product2Id']);
    const quantity = line['Quantity'] ?? 0;
    const tied = {
      OrderSummaryId: summaryId,
      OriginalOrderItemId: line['Id'] ?? null,
      OrderDeliveryGroupSummaryId: byGroup.get(line['OrderDeliveryGroupId'] ?? null) ?? null,
      ProductCode: product?.['ProductCode'] ?? null,
      StockKeepingUnit: product?.['StockKeepingUnit'] ?? null,
      QuantityOrdered: quantity,
    };
    writer.system(lineSummary, { ...copied(lines, lineSummary, line), ...tied }, caller);
  }
}
