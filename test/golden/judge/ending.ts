import type { CrmRecord } from '../../support/stack/crm-twin.js';
import { centsOf, inWords } from '../cents.js';
import type { BesideTrack, CrmFields } from '../golden-order.js';
import { differs, setsDiffer } from './differences.js';
import { numberOf, orderKeyOf, textOf, type OrderEvidence } from './evidence.js';
import { parcelInWords, readOmsOrder } from './oms-reading.js';

/** Whether order and history came to the end that the golden order has: every difference in a sentence. */
export function missedEndings(evidence: OrderEvidence): string[] {
  const { expected, crm, oms } = evidence;
  const held = oms.order === undefined ? [] : readOmsOrder(oms.order, expected.terms.lines).parcels;
  const cancelled = expected.ending.cancelledTotal;
  const shown = textOf(crm.order, 'OMS_Cancelled_Total__c');
  return [
    ...differs('The last status', textOf(crm.order, 'OMS_Status__c'), expected.ending.status),
    ...differs(
      'What the site calls the last status',
      textOf(crm.order, 'OMS_Status_Label__c'),
      expected.site.labels[expected.ending.status] ?? '',
    ),
    ...differs(
      'The cancelled total',
      shown === '' ? '' : inWords(centsOf(shown)),
      cancelled === null ? '' : inWords(cancelled),
    ),
    ...setsDiffer('Shipped parcel', held.map(parcelInWords), expected.ending.parcels.map(parcelInWords)),
    ...fieldsDiffer(evidence),
    ...historyGaps(evidence),
  ];
}

/** Whether the history in the CRM is complete, in order and without gaps, for the order and each of its lines. */
export function historyGaps(evidence: OrderEvidence): string[] {
  const { expected, crm } = evidence;
  const ofOrder = crm.history.filter((entry) => textOf(entry, 'Order_Line_Key__c') === '' && onTrack(entry, 'status'));
  const steps = chain('The order', ofOrder);
  return [
    ...steps.faults,
    ...differs(
      'The history of the order',
      steps.entries.map((entry) => textOf(entry, 'To_Status__c')).join(' → '),
      expected.ending.orderHistory.join(' → '),
    ),
    ...Object.entries(expected.ending.lineHistory).flatMap(([id, wanted]) => {
      const key = `${orderKeyOf(evidence)}:${id}`;
      const line = chain(
        `Line ${id}`,
        crm.history.filter((entry) => textOf(entry, 'Order_Line_Key__c') === key && onTrack(entry, 'status')),
      );
      const told = line.entries.map((entry) => textOf(entry, 'Quantities__c')).join(' → ');
      return [...line.faults, ...differs(`The history of line ${id}`, told, wanted.join(' → '))];
    }),
    ...(expected.ending.beside ?? []).flatMap((track) => besideGaps(evidence, track)),
  ];
}

const onTrack = (entry: CrmRecord, track: string) => textOf(entry, 'Track__c') === track;

/** Holds, promises and late cancels: each beside the status, and each a chain of its own. */
function besideGaps(evidence: OrderEvidence, { track, line, steps }: BesideTrack): string[] {
  const key = line === null ? '' : `${orderKeyOf(evidence)}:${line}`;
  const entries = evidence.crm.history.filter(
    (entry) => onTrack(entry, track) && textOf(entry, 'Order_Line_Key__c') === key,
  );
  const told = chain(`The ${track}`, entries);
  const words = told.entries.map((entry) => {
    const reason = textOf(entry, 'Reason__c');
    return `${textOf(entry, 'To_Status__c')}${reason === '' ? '' : ` (${reason})`}`;
  });
  return [...told.faults, ...differs(`The history of the ${track}`, words.join(' → '), steps.join(' → '))];
}

/** What else order, lines and tenders show in the end. */
function fieldsDiffer({ expected: { ending }, crm }: OrderEvidence): string[] {
  const compare = (name: string, record: CrmRecord | undefined, fields: CrmFields = {}) =>
    Object.entries(fields).flatMap(([field, value]) =>
      differs(`${field} of ${name}`, plain(record?.[field]), plain(value)),
    );
  const tenders = [...crm.tenders].sort((a, b) => (textOf(a, 'Tender_Key__c') < textOf(b, 'Tender_Key__c') ? -1 : 1));
  return [
    ...compare('the order', crm.order, ending.order),
    ...Object.entries(ending.lineFields ?? {}).flatMap(([id, fields]) =>
      compare(
        `line ${id}`,
        crm.lines.find((line) => textOf(line, 'LineNumber') === id),
        fields,
      ),
    ),
    ...differs('The count of returns', crm.returns.length, (ending.returns ?? []).length),
    ...(ending.returns ?? []).flatMap((fields, index) => compare(`return ${index + 1}`, crm.returns[index], fields)),
    ...(ending.tenders ?? []).flatMap((fields, index) => compare(`tender ${index + 1}`, tenders[index], fields)),
  ];
}

/** A moment to its second; nothing as empty text. */
const plain = (value: unknown): string =>
  value === null || value === undefined ? '' : String(value).replace(/(T\d\d:\d\d:\d\d)\.\d+(Z|\+0000)$/, '$1Z');

/** Strings entries together: each goes on from where the one before ended, and none is earlier than that. */
function chain(name: string, all: readonly CrmRecord[]): { entries: readonly CrmRecord[]; faults: readonly string[] } {
  const rest = [...all].sort((left, right) => timeOf(left) - timeOf(right));
  const entries: CrmRecord[] = [];
  const faults: string[] = [];
  let standing = '';
  for (;;) {
    const next = rest.findIndex((entry) => textOf(entry, 'From_Status__c') === standing);
    const [entry] = next < 0 ? [] : rest.splice(next, 1);
    if (entry === undefined) break;
    const before = entries.at(-1);
    if (before !== undefined && timeOf(entry) < timeOf(before)) {
      faults.push(`${name} was ${textOf(entry, 'To_Status__c')} before it was ${textOf(before, 'To_Status__c')}.`);
    }
    entries.push(entry);
    standing = textOf(entry, 'To_Status__c');
  }
  const loose = rest.map(
    (entry) =>
      `${name} has a step from “${textOf(entry, 'From_Status__c')}” to “${textOf(entry, 'To_Status__c')}” that hangs in the air.`,
  );
  return { entries, faults: [...faults, ...loose] };
}

const timeOf = (entry: CrmRecord): number => {
  const moment = Date.parse(textOf(entry, 'OMS_Time__c').replace(/\+0000$/, 'Z'));
  return Number.isNaN(moment) ? numberOf(entry, 'OMS_Time__c') : moment;
};
