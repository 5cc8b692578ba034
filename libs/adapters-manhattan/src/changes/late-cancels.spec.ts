import { describe, expect, it } from '@jest/globals';
import { anOmsLine, anOmsOrder } from '../../testing/oms-orders.js';
import { Fields } from '../feed/fields.js';
import { lateCancelsOf } from './late-cancels.js';

const row = (OrderLineId: string, state: object, UpdatedTimestamp = '2026-03-01T11:00:00') => ({
  OrderLineId,
  UpdatedTimestamp,
  ...state,
});
const orderWith = (CancellationRequestStatus: string) =>
  Fields.of(anOmsOrder({ OrderLine: [anOmsLine('2', 1, '3000', { CancellationRequestStatus })] }), '');

describe('Cancellations after release (§3.6)', () => {
  it.each([
    [{ CancellationRequestStatus: 'Requested' }, 'requested'],
    [{ CancellationStatus: 'SUCCESS' }, 'cancelled'],
    [{ Status: { StatusId: 'Partial Cancellation' } }, 'partly-cancelled'],
    [{ StatusId: 'Failure' }, 'failed'],
    [{ RequestStatus: 'Requested' }, 'requested'],
  ])('read %j as %s', (state, told) => {
    expect(lateCancelsOf([row('1', state)], undefined)).toEqual([
      { line: '1', state: told, at: '2026-03-01T11:00:00.000Z' },
    ]);
  });

  it('are of the moment that they were made at where nothing has changed since', () => {
    const row = { OrderLineId: '1', Status: 'Requested', CreatedTimestamp: '2026-03-01T11:00:00' };
    expect(lateCancelsOf([row], undefined)).toMatchObject([{ at: '2026-03-01T11:00:00.000Z' }]);
  });

  it('are one for each line, the newest, in the order of the lines', () => {
    const rows = [
      row('10', { Status: 'Failure' }),
      row('2', { Status: 'Success' }, '2026-03-01T12:00:00.5'),
      row('2', { Status: 'Requested' }),
    ];
    expect(lateCancelsOf(rows, undefined).map(({ line, state }) => `${line} ${state}`)).toEqual([
      '2 cancelled',
      '10 failed',
    ]);
  });

  it('are told by the order where the tracker lags behind it', () => {
    const at = '2026-03-01T10:20:30.500Z';
    expect(lateCancelsOf(undefined, orderWith('Requested'))).toEqual([{ line: '2', state: 'requested', at }]);
    const early = row('2', { Status: 'Requested' }, '2026-03-01T09:00:00');
    expect(lateCancelsOf([early], orderWith('Failure'))).toEqual([{ line: '2', state: 'failed', at }]);
    expect(lateCancelsOf([early], orderWith('Requested'))).toMatchObject([{ at: '2026-03-01T09:00:00.000Z' }]);
    expect(lateCancelsOf([row('2', { Status: 'Success' })], orderWith('Requested'))).toMatchObject([
      { state: 'cancelled' },
    ]);
  });

  it.each([
    ['no state', row('1', {}), 'oms.unreadable_message'],
    ['a state that nobody knows', row('1', { Status: 'Perhaps' }), 'oms.unmapped_status'],
    ['the name of a member of objects', row('1', { Status: 'constructor' }), 'oms.unmapped_status'],
    ['no moment', row('1', { Status: 'Success' }, ''), 'oms.unreadable_message'],
  ])('name what is wrong where there is %s', (_, entry, code) => {
    expect(() => lateCancelsOf([entry], undefined)).toThrow(expect.objectContaining({ code }));
  });
});
