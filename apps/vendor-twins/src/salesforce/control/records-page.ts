import type { Org } from '../org/org.js';
import type { Row } from '../org/schema.js';

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
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Salesforce twin</title>
<style>body{font:14px sans-serif;margin:2em}table{border-collapse:collapse;margin:0 0 2em}td,th{border:1px solid #ccc;padding:.2em .6em;text-align:left}</style>
<h1>Salesforce twin</h1>${sections.join('')}</html>`;
}

function section(name: string, rows: readonly Row[], columns: readonly string[]): string {
  const head = columns.map((column) => `<th>${escaped(column)}</th>`).join('');
  const body = rows
    .slice(-50)
    .reverse()
    .map((row) => `<tr>${columns.map((column) => `<td>${escaped(String(row[column] ?? ''))}</td>`).join('')}</tr>`)
    .join('');
  return `<h2>${escaped(name)} (${rows.length})</h2><table><tr>${head}</tr>${body}</table>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
