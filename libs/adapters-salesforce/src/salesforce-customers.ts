import {
  CrmCustomers,
  type AccountHead,
  type CapturedAccount,
  type CrmOrgName,
  type CrmRecordId,
  type CustomerRecord,
} from '@tandem/domain';
import { valueAt } from './json.js';
import { ACCOUNT, ACCOUNT_HEAD, CONTACT, CONTACT_HEAD } from './mapping/account-fields.js';
import { capturedAccount, headOfAccount, headOfContact } from './mapping/captured-account.js';
import type { Selection } from './mapping/order-fields.js';
import { idOf, type Row } from './mapping/row.js';
import { fieldsFor } from './org-schema.js';
import type { SalesforceConnection } from './salesforce-connection.js';
import type { SalesforceOrgs } from './salesforce-orgs.js';
import { chunkedIn, pagesFrom, pagesOfQuery } from './soql.js';

/** Customers of the CRM, by SOQL: one query for all accounts, one for all contacts. */
export class SalesforceCustomers extends CrmCustomers {
  constructor(private readonly orgs: SalesforceOrgs) {
    super();
  }

  override async owners(
    org: CrmOrgName,
    records: readonly CustomerRecord[],
  ): Promise<ReadonlyMap<CrmRecordId, AccountHead>> {
    const connection = this.orgs.of(org);
    const idsOf = (entity: CustomerRecord['entity']) =>
      records.filter((record) => record.entity === entity).map(({ id }) => id);
    const accounts = await this.rows(connection, ACCOUNT_HEAD, idsOf('account'));
    // Deleted contacts too: an account that lost one is not as it was (§2.6).
    const contacts = await this.rows(connection, CONTACT_HEAD, idsOf('contact'), { resource: 'queryAll' });
    return byAskedId(
      records.map(({ id }) => id),
      [
        ...accounts.map((row) => [idOf(row), headOfAccount(row)] as const),
        ...contacts.map((row) => [idOf(row), headOfContact(row)] as const),
      ],
    );
  }

  override async read(
    org: CrmOrgName,
    accounts: readonly CrmRecordId[],
  ): Promise<ReadonlyMap<CrmRecordId, CapturedAccount>> {
    const connection = this.orgs.of(org);
    const contactFields = fieldsFor(CONTACT, await this.orgs.schemas.of(connection)).join(', ');
    const rows = await this.rows(connection, ACCOUNT, accounts, { also: `(SELECT ${contactFields} FROM Contacts)` });
    const captured: [string, CapturedAccount][] = [];
    for (const row of rows) {
      const contacts: Row<string>[] = [];
      for await (const page of pagesFrom(connection, valueAt(row.json, 'Contacts')))
        contacts.push(...page.map((json) => ({ json })));
      captured.push([idOf(row), capturedAccount(row, contacts)]);
    }
    return byAskedId(accounts, captured);
  }

  private async rows(
    connection: SalesforceConnection,
    asked: Selection,
    ids: readonly CrmRecordId[],
    { also, resource = 'query' }: { readonly also?: string; readonly resource?: 'query' | 'queryAll' } = {},
  ): Promise<readonly Row<string>[]> {
    if (ids.length === 0) return [];
    const schema = await this.orgs.schemas.of(connection);
    const fields = [...fieldsFor(asked, schema), ...(also === undefined ? [] : [also])].join(', ');
    const rows: Row<string>[] = [];
    for (const soql of chunkedIn(`SELECT ${fields} FROM ${asked.object} WHERE Id`, [...new Set(ids)])) {
      for await (const page of pagesOfQuery(connection, soql, { resource }))
        rows.push(...page.map((json) => ({ json })));
    }
    return rows;
  }
}

/** Ids may be asked with 15 characters and answered with 18 (§2.10). */
function byAskedId<Value>(
  asked: readonly CrmRecordId[],
  found: readonly (readonly [string, Value | undefined])[],
): ReadonlyMap<CrmRecordId, Value> {
  const known = new Map(found.map(([id, value]) => [id.slice(0, 15), value]));
  return new Map(
    asked.flatMap((id) => {
      const value = known.get(id.slice(0, 15));
      return value === undefined ? [] : [[id, value] as const];
    }),
  );
}
