import type { CrmRecord, CrmWrite } from '../support/stack/crm-twin.js';
import type { OmsWrite } from '../support/stack/oms-shapes.js';
import type { Sides } from '../support/stack/start-stack.js';
import { textOf, type OrderEvidence } from './judge/evidence.js';
import { backOffice, type PlayedOrder } from './play-order.js';

export interface Testimony {
  readonly orders: readonly OrderEvidence[];
  /** Effective writes that belong to no order that was played. */
  readonly strays: { readonly crm: readonly CrmWrite[]; readonly oms: readonly OmsWrite[] };
}

/** All at once, the last answer would come after its time is up. */
const askedTogether = 25;

/**
 * Asks both twins for all that the judge needs of the orders that are watched.
 * @param known every order that was played: whatever else was written belongs to nobody.
 */
export async function takeEvidence(
  stack: Sides,
  watched: readonly PlayedOrder[],
  known: readonly PlayedOrder[] = watched,
): Promise<Testimony> {
  const [crm, oms] = await Promise.all([readCrm(stack), stack.oms.writes()]);
  const orders: OrderEvidence[] = [];
  const witness = async (one: PlayedOrder): Promise<OrderEvidence> => {
    const { number } = one.expected;
    const [order, life] = await Promise.all([stack.oms.order(number), stack.oms.life(number)]);
    const writes = oms.effective.filter((write) => keysOf(one).includes(keyOf(write)));
    return { ...one, oms: { order, life, writes }, crm: crm.of(one.crmOrderId) };
  };
  for (let at = 0; at < watched.length; at += askedTogether)
    orders.push(...(await Promise.all(watched.slice(at, at + askedTogether).map(witness))));
  const omsKeys = new Set(known.flatMap(keysOf));
  const crmIds = new Set(known.map(({ crmOrderId }) => crmOrderId));
  return {
    orders,
    strays: {
      crm: crm.writes.filter((write) => !crmIds.has(crm.orderOf(write.recordId))),
      oms: oms.effective.filter((write) => write.traceparent !== null && !omsKeys.has(keyOf(write))),
    },
  };
}

const keyOf = ({ entity, key }: Pick<OmsWrite, 'entity' | 'key'>) => `${entity} ${key}`;

const keysOf = ({ expected: { number, terms } }: PlayedOrder): string[] => [
  `order ${number}`,
  ...(terms.customerId === undefined ? [] : [`customer ${terms.customerId}`]),
];

/** All records of all orders in a handful of calls, sorted to their orders here. */
async function readCrm({ crm }: Sides) {
  // Writes first: a record that is made in between is then there for every write that is seen.
  const writes = (await crm.writes()).effective.filter(({ client }) => client !== backOffice);
  const [orders, items, tenders, history, parcels, parcelLines, returns, returnLines] = await Promise.all(
    [
      'Order',
      'OrderItem',
      'Order_Tender__c',
      'Order_Status_History__c',
      'OMS_Shipment__c',
      'OMS_Shipment_Line__c',
      'OMS_Return__c',
      'OMS_Return_Line__c',
    ].map((object) => crm.records(object)),
  );
  const owners = new Map<string, string>();
  const own = (records: readonly CrmRecord[] = [], ownerOf: (record: CrmRecord) => string) => {
    for (const record of records) owners.set(textOf(record, 'Id'), ownerOf(record));
  };
  own(orders, (record) => textOf(record, 'Id'));
  own(items, (record) => textOf(record, 'OrderId'));
  for (const list of [tenders, history, parcels, returns]) own(list, (record) => textOf(record, 'Order__c'));
  own(returnLines, (record) => owners.get(textOf(record, 'Return__c')) ?? '');
  own(parcelLines, (record) => owners.get(textOf(record, 'Shipment__c')) ?? '');
  const orderOf = (recordId: string) => owners.get(recordId) ?? '';
  const ownedBy = (id: string) => (record: CrmRecord) => orderOf(textOf(record, 'Id')) === id;
  return {
    writes,
    orderOf,
    of: (id: string): OrderEvidence['crm'] => ({
      order: orders?.find(ownedBy(id)),
      lines: (items ?? []).filter((item) => ownedBy(id)(item) && textOf(item, 'Type') === 'Order Product'),
      tenders: (tenders ?? []).filter(ownedBy(id)),
      returns: (returns ?? []).filter(ownedBy(id)),
      history: (history ?? []).filter(ownedBy(id)),
      parcels: (parcels ?? []).filter(ownedBy(id)),
      parcelLines: (parcelLines ?? []).filter(ownedBy(id)),
      writes: writes.filter(({ recordId }) => orderOf(recordId) === id),
    }),
  };
}
