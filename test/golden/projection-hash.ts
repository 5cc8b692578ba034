import { createHash } from 'node:crypto';
import type { CrmRecord } from '../support/stack/crm-twin.js';
import type { OrderEvidence } from './judge/evidence.js';

/** What differs from run to run though the CRM shows the same: ids, who wrote when, how often, and keys that are digests of names. */
const passing =
  /^(Id|.*Id|attributes|Name|OMS_Version__c|OMS_Event_Id__c|OMS_Shipment_Key__c|OMS_Shipment_Line_Key__c|OMS_Return_Key__c|OMS_Return_Line_Key__c|Return_Number__c|Source_Message__c|Late__c|SystemModstamp|CreatedDate|LastModifiedDate|Order__c|Shipment__c|Return__c|.*Number)$/;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/**
 * One hash of all that the CRM shows of the orders in the end. Equal for two runs that show the same, whatever way the messages took:
 * order numbers lose the name of their run, and moments count only as being there.
 */
export function projectionHash(orders: readonly OrderEvidence[], run: string): string {
  const shown = orders.map(({ expected, crm }) => {
    const kinds = [[crm.order ?? {}], crm.lines, crm.tenders, crm.returns, crm.history, crm.parcels, crm.parcelLines];
    return `${expected.shape} ${expected.site.id} ${kinds.map((records) => recordsText(records, run)).join(' ')}`;
  });
  return createHash('sha256').update(shown.sort().join('\n')).digest('hex').slice(0, 16);
}

const recordsText = (records: readonly CrmRecord[], run: string): string =>
  JSON.stringify(records.map((record) => recordText(record, run)).sort());

const recordText = (record: CrmRecord, run: string): string =>
  JSON.stringify(
    Object.entries(record)
      .filter(([field, value]) => !passing.test(field) && value !== null)
      .map(([field, value]) => [field, shownValue(value, run)])
      .sort(),
  );

function shownValue(value: unknown, run: string): unknown {
  if (typeof value !== 'string') return value;
  return moment.test(value) ? 'a moment' : value.replaceAll(run, 'RUN').replaceAll(run.toLowerCase(), 'run');
}
