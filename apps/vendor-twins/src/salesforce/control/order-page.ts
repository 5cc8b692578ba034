import type { Org } from '../org/org.js';
import { fieldOf, type Field, type Row, type SObject } from '../org/schema.js';
import { escaped, pageOf } from './page-markup.js';

/** What an agent edits on an order; a field that the org does not have is left out. */
const edited: Readonly<Record<string, readonly string[]>> = {
  Order: [
    'Status',
    'PoNumber',
    'Description',
    'BillingEmailAddress',
    'BillingPhoneNumber',
    'ShippingStreet',
    'ShippingCity',
    'ShippingState',
    'ShippingStateCode',
    'ShippingPostalCode',
    'ShippingCountry',
    'ShippingCountryCode',
  ],
  OrderItem: ['Quantity', 'UnitPrice', 'Description'],
};

export function editedFields(object: SObject): Field[] {
  return (edited[object.name] ?? []).flatMap((name) => fieldOf(object, name) ?? []);
}

/** An order with its lines, each a form; `note` says what became of the last one. */
export function orderPage(org: Org, order: Row, note: string): string {
  const orders = org.schema.object('Order');
  const lines = org.schema.object('OrderItem');
  const account = org.find('Account', order['AccountId'])?.['Name'] ?? '';
  const name = String(order['OrderNumber'] ?? order['Id']);
  const items = org.childrenOf('OrderItem', 'OrderId', order['Id']);
  return pageOf(
    `Order ${name}`,
    `<p><a href="/control">All records</a></p>
    ${note === '' ? '' : `<p role="status">${escaped(note)}</p>`}
    <p>${escaped(String(account))} · ${escaped(String(order['StatusCode'] ?? ''))} · OMS: ${escaped(String(order['OMS_Status__c'] ?? 'nothing yet'))}</p>
    ${orders ? form(orders, order, order, 'Order') : ''}
    ${lines ? items.map((line) => form(lines, line, order, lineTitle(org, line))).join('') : ''}`,
  );
}

function lineTitle(org: Org, line: Row): string {
  const product = org.find('Product2', line['Product2Id'])?.['Name'] ?? '';
  return `Line ${String(line['OrderItemNumber'] ?? '')} ${String(product)}`;
}

function form(object: SObject, row: Row, order: Row, title: string): string {
  const id = String(row['Id']);
  const inputs = editedFields(object).map(({ name, label, length }) => {
    const value = escaped(String(row[name] ?? ''));
    const most = length > 0 ? ` maxlength="${length}"` : '';
    return `<label>${escaped(label)} <input name="${name}" value="${value}"${most}></label>`;
  });
  return `<form method="post" action="/control/orders/${String(order['Id'])}"><h2>${escaped(title)}</h2>
    <input type="hidden" name="object" value="${object.name}"><input type="hidden" name="id" value="${id}">
    ${inputs.join('')}<button>Save</button></form>`;
}
