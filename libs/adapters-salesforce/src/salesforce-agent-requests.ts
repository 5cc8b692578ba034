import {
  CrmAgentRequests,
  crmOrderId,
  given,
  type AgentAsk,
  type AskedAction,
  type CrmOrgName,
  type CrmRecordId,
} from '@tandem/domain';
import { ACTION_REQUEST } from './mapping/order-fields.js';
import { numberOf, textOf, type RowOf } from './mapping/row.js';
import type { SalesforceOrgs } from './salesforce-orgs.js';
import { literal, pagesOfQuery } from './soql.js';

/** By the values of the package's picklist. */
const ACTIONS: Readonly<Record<string, AskedAction>> = {
  Cancel: 'cancel',
  Hold: 'hold',
  'Release hold': 'release-hold',
  Reroute: 'reroute',
  'Change address': 'change-address',
};

/** An event that carries no record's id has one of its own, which no record has. */
const RECORD_ID = /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/;

export class SalesforceAgentRequests extends CrmAgentRequests {
  constructor(private readonly orgs: SalesforceOrgs) {
    super();
  }

  override async read(org: CrmOrgName, id: CrmRecordId): Promise<AgentAsk | undefined> {
    if (!RECORD_ID.test(id)) return undefined;
    const { object, fields } = ACTION_REQUEST;
    const soql = `SELECT ${fields.join(', ')} FROM ${object} WHERE Id = ${literal(id)}`;
    for await (const page of pagesOfQuery(this.orgs.of(org), soql)) {
      const [json] = page;
      if (json !== undefined) return askOf({ json }, id);
    }
    return undefined;
  }
}

function askOf(row: RowOf<typeof ACTION_REQUEST>, id: CrmRecordId): AgentAsk {
  return {
    ...{ id, order: crmOrderId(textOf(row, 'Order__c') ?? ''), action: ACTIONS[textOf(row, 'Action__c') ?? ''] },
    ...given({
      lineKey: textOf(row, 'Order_Line_Key__c'),
      quantity: numberOf(row, 'Quantity__c'),
      comment: textOf(row, 'Reason__c'),
    }),
  };
}
