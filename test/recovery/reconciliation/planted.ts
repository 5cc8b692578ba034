import type { Stack } from '../../support/stack/start-stack.js';
import type { ManyOrder } from './many-orders.js';

/** What a reconciliation is to tell of one planted difference. */
export interface Told {
  readonly class: string;
  readonly behind: string;
  readonly field: string | null;
  readonly repair: string;
}

export interface PlantedClass extends Told {
  /** Makes one order differ in just that. */
  readonly plant: (stack: Stack, order: ManyOrder) => Promise<void>;
}

const SAVE = '/order/api/order/order/save';

/** Someone edits the order, or its line, in the CRM. */
const edited =
  (object: 'Order' | 'OrderItem', fields: Readonly<Record<string, unknown>>): PlantedClass['plant'] =>
  (stack, { crmOrderId, crmLineId }) =>
    stack.agent.change(object, object === 'Order' ? crmOrderId : crmLineId, fields);

async function childOf({ crm }: Stack, object: string, { crmOrderId }: ManyOrder): Promise<string> {
  const [record] = await crm.records(object, { field: 'Order__c', value: crmOrderId });
  if (typeof record?.['Id'] !== 'string') throw new Error(`The order has no ${object}.`);
  return record['Id'];
}

const childEdited =
  (object: string, fields: Readonly<Record<string, unknown>>): PlantedClass['plant'] =>
  async (stack, order) =>
    stack.agent.change(object, await childOf(stack, object, order), fields);

const inCrm = (what: string, field: string, plant: PlantedClass['plant']): PlantedClass => ({
  ...{ class: what, behind: 'crm', field, repair: 're-send', plant },
});

/** Nine classes by what somebody did on one side; the tenth are orders that the OMS never had. */
export const PLANTED: readonly PlantedClass[] = [
  inCrm('status', 'status', edited('Order', { OMS_Status__c: 'delivered' })),
  inCrm('identity', 'omsOrderId', edited('Order', { OMS_Order_Ref__c: 'elsewhere' })),
  inCrm('amounts', 'total', edited('Order', { OMS_Order_Total__c: 41 })),
  inCrm('quantities', 'open', edited('OrderItem', { OMS_Qty_Open__c: 7 })),
  inCrm('promises', 'promisedDelivery', edited('OrderItem', { OMS_Promised_Delivery__c: '2026-12-24T12:00:00.000Z' })),
  inCrm('tenders', 'authorized', childEdited('Order_Tender__c', { OMS_Authorized__c: 1 })),
  inCrm('history', 'to', childEdited('Order_Status_History__c', { To_Status__c: 'shipped' })),
  {
    ...{ class: 'record-missing', behind: 'crm', field: null, repair: 're-send' },
    plant: async (stack, order) =>
      stack.agent.remove('Order_Status_History__c', await childOf(stack, 'Order_Status_History__c', order)),
  },
  {
    ...{ class: 'holds', behind: 'ledger', field: 'holds', repair: 'pull' },
    plant: async ({ oms }, { number }) => {
      await oms.callAs('AURORA', SAVE, { OrderId: number, OrderHold: [{ HoldTypeId: 'FRAUD', StatusId: '1000' }] });
    },
  },
];

export const NEVER_AT_OMS: Told = { class: 'missing-at-oms', behind: 'oms', field: null, repair: 'place-again' };
