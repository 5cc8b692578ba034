import type { Org } from '../org/org.js';
import type { Row } from '../org/schema.js';
import { escaped, pageOf } from './page-markup.js';

const shownFields = [
  'Id',
  'Name',
  'OrderNumber',
  'Status',
  'OMS_Status__c',
  'OMS_Order_Key__c',
  'Sku__c',
  'To_Status__c',
  'LastModifiedDate',
];

/** A plain page of what the org holds: the newest fifty records of each object that has any. */
export function recordsPage(org: Org): string {
  const sections = org.schema.objects.flatMap((object) => {
    const rows = org.rows(object.name);
    const columns = shownFields.filter((name) => object.fields.has(name.toLowerCase()));
    return rows.length === 0 ? [] : [section(object.name, rows, columns)];
  });
  return pageOf('Salesforce twin', sections.join(''));
}

function section(name: string, rows: readonly Row[], columns: readonly string[]): string {
  const head = columns.map((column) => `<th>${escaped(column)}</th>`).join('');
  const body = rows
    .slice(-50)
    .reverse()
    .map(
      (row) =>
        `<tr>${columns.map((column) => `<td>${cell(name, column, String(row[column] ?? ''))}</td>`).join('')}</tr>`,
    )
    .join('');
  return `<h2>${escaped(name)} (${rows.length})</h2><table><tr>${head}</tr>${body}</table>`;
}

function cell(object: string, column: string, value: string): string {
  const isLink = object === 'Order' && column === 'Id';
  return isLink ? `<a href="/control/orders/${escaped(value)}">${escaped(value)}</a>` : escaped(value);
}
