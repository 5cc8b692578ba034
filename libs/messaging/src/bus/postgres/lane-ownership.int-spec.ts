import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { createTestDatabase, eventually, type TestDatabase } from '@tandem/messaging/testing';
import { LaneOwnership } from './lane-ownership.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => void jest.restoreAllMocks());
afterAll(() => database.drop());

it('is given up by a process that stood still, before it hears that it was taken away', async () => {
  const connection = { connectionString: database.url };
  const ownership = new LaneOwnership({
    ...{ connection, pollMs: 200, onMessages: () => undefined },
    onFailure: () => undefined,
  });
  await ownership.start();
  ownership.want(['orders.place-order.lane-0']);
  await eventually('the lane is ours', () => ownership.holds('orders.place-order.lane-0'));
  const moment = performance.now();
  const clock = jest.spyOn(performance, 'now').mockReturnValue(moment + 5_001);
  expect(ownership.holds('orders.place-order.lane-0')).toBe(false);
  clock.mockRestore();
  expect(ownership.holds('orders.place-order.lane-0')).toBe(true);
  await ownership.stop();
});
