import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PermanentFault, TransientFault, type SyncFault } from '@tandem/domain';
import { createTestDatabase, type TestDatabase } from '../../testing/index.js';
import { parkReason } from './park-reason.js';
import { ParkedMessages, type ParkedMessage } from './parked-messages.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => database.clear());

const parked = new ParkedMessages();
const unmapped = (field: string, value: string) =>
  new PermanentFault('oms.unmapped_status', `${field} is ${value}.`, { context: { field, value } });

let made = 0;
const message = (key: string, fault: SyncFault, changes: Partial<ParkedMessage> = {}): ParkedMessage => {
  made += 1;
  const messageId = `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
  return {
    ...{ queue: 'fulfillment.record-snapshot', messageId, name: 'oms-order.published.v1', key, site: 'AURORA' },
    ...{ envelope: key, archiveId: undefined, reason: parkReason(fault, 1), attempts: 1 },
    ...changes,
  };
};
const groups = () => parked.groups(database.source.manager, 10);
const outbox = async () =>
  (await database.source.query<{ key: string }[]>('SELECT key FROM outbox_messages ORDER BY id')).map(({ key }) => key);

describe('Parked messages', () => {
  beforeEach(async () => {
    await parked.park(database.source.manager, [
      message('N-2', unmapped('OrderLine[0].StatusId', '2500')),
      message('N-1', unmapped('OrderLine[3].StatusId', '2500')),
      message('N-1', unmapped('OrderLine[0].StatusId', '2500')),
      message('N-3', unmapped('OrderLine[0].StatusId', '2600')),
      message('N-4', new TransientFault('oms.down', 'It was down.')),
      message('', unmapped('OrderLine[1].StatusId', '2500'), { messageId: undefined }),
    ]);
  });

  it('are one group for one value, in whatever place of a message it stood', async () => {
    expect(await groups()).toMatchObject([
      {
        ...{ code: 'oms.unmapped_status', field: 'OrderLine.StatusId', value: '2500' },
        ...{ count: 4, releasable: 3, keys: 3, sentence: 'OrderLine[1].StatusId is 2500.' },
      },
      { code: 'oms.down', field: null, value: null, count: 1 },
      { code: 'oms.unmapped_status', field: 'OrderLine.StatusId', value: '2600', count: 1 },
    ]);
  });

  it('are given back group by group, in the order that they were parked in', async () => {
    const group = { code: 'oms.unmapped_status', field: 'OrderLine.StatusId', value: '2500' };
    expect(await parked.release(database.source.manager, group)).toBe(3);
    expect(await outbox()).toEqual(['N-2', 'N-1', 'N-1']);
    expect((await groups()).map(({ value, count }) => [value, count])).toEqual([
      [null, 1],
      ['2500', 1],
      ['2600', 1],
    ]);
    expect(await parked.release(database.source.manager, group)).toBe(0);
    expect(await parked.release(database.source.manager, { code: 'oms.down', field: null, value: null })).toBe(1);
  });
});
