import type { Chaos } from '../control/chaos.js';
import type { WriteRecord } from '../control/write-record.js';
import type { Caller } from '../wire/caller.js';
import { success, type VendorMessage } from '../wire/envelope.js';
import type { JsonObject } from '../wire/json.js';
import { Refusal } from '../wire/refusal.js';
import { orderIdOf, saveOrder, type SaveSurroundings } from './save-order.js';

export interface RecordedSaveParts extends SaveSurroundings {
  record: WriteRecord;
  chaos: Chaos;
}

/** A save as a caller meets it: faults may strike, and its effect, repeat or refusal is recorded. @throws Refusal */
export function recordedSave(
  { record, chaos, ...surroundings }: RecordedSaveParts,
  caller: Caller,
  body: JsonObject,
): JsonObject {
  if (chaos.strikes('lockWaitRatio'))
    throw new Refusal(500, '99999', 'Lock wait timeout exceeded; try restarting transaction');
  if (chaos.strikes('warningRatio'))
    throw new Refusal(400, '10209', 'Shipping restriction: the item may be delayed', 'error.400', 'WARNING');
  if (chaos.strikes('softFailureRatio'))
    return success('order', null, [problem('99999', 'The order could not be saved')]);
  try {
    const { order, effective } = saveOrder(surroundings, caller, body);
    if (!effective) record.repeated(String(order.OrderId));
    return success('order', order, effective ? messagesOf(surroundings, caller) : []);
  } catch (error) {
    if (error instanceof Refusal) record.refused(orderIdOf(body) ?? '');
    throw error;
  }
}

/** Business messages of a save that was saved all the same (§2.3). */
const MESSAGES: Record<string, VendorMessage> = {
  '10208': {
    type: 'ERROR',
    code: '10208',
    description: 'Shipping restriction: the item cannot be shipped to this address',
  },
  '10209': { type: 'WARNING', code: '10209', description: 'Shipping restriction: the item may be delayed' },
  '10254': { type: 'INFO', code: '10254', description: 'The request has been completed' },
  'pay::10001': { type: 'ERROR', code: 'pay::10001', description: 'Payment could not be processed' },
  'pay::10002': { type: 'ERROR', code: 'pay::10002', description: 'Payment authorization failed' },
  '99999': { type: 'ERROR', code: '99999', description: 'An unexpected error occurred' },
};

function messagesOf({ returnsIn }: SaveSurroundings, { organization }: Caller): VendorMessage[] {
  const message = MESSAGES[returnsIn(organization).switches.saveMessage];
  return message ? [message] : [];
}

export function problem(code: string, description: string): VendorMessage {
  return { type: 'ERROR', code, description };
}
