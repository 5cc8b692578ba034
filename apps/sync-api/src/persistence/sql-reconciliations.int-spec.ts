import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { instantOf, orderNumber, siteId, TransientFault, type Difference } from '@tandem/domain';
import { freshDatabase, type FreshDatabase } from '@tandem/test/environment';
import type { DataSource } from 'typeorm';
import type { Finding } from '../platform/reconciliations.js';
import { connectDatabase } from './database.js';
import { SqlReconciliations } from './sql-reconciliations.js';

const site = siteId('aurora-us');
const wish = {
  ...{ site, apply: true, settleMs: 1_000 },
  from: instantOf(new Date('2026-03-01T00:00:00Z')),
  to: instantOf(new Date('2026-03-02T00:00:00Z')),
};
const compared = { oms: 3, ledger: 2, crm: 1 };
const HOUR = 3_600_000;

describe('The reconciliations that were asked for', () => {
  let fresh: FreshDatabase;
  let database: DataSource;
  let kept: SqlReconciliations;

  beforeAll(async () => {
    fresh = await freshDatabase();
    database = await connectDatabase(fresh.url);
    kept = new SqlReconciliations(database);
  });

  afterAll(async () => {
    await database.destroy();
    await fresh.drop();
  });

  beforeEach(() => database.query('TRUNCATE reconciliations CASCADE'));

  it('are run by one replica at a time, in the order they were asked for', async () => {
    const [first, second] = [await kept.request(wish), await kept.request(wish)];
    expect(await kept.take('a', 60_000)).toEqual({ ...wish, id: first });
    expect(await kept.take('b', 60_000)).toMatchObject({ id: second });
    expect(await kept.take('c', 60_000)).toBeUndefined();
  });

  it('pass to another replica once the first is silent, which may say nothing of it any more', async () => {
    const id = await kept.request(wish);
    await kept.take('a', 0);
    expect(await kept.take('b', 60_000)).toMatchObject({ id });
    await expect(kept.progressed(id, 'a', 60_000, compared)).rejects.toMatchObject({ kind: 'conflict' });
    await expect(kept.complete(id, 'a', 1)).rejects.toMatchObject({ code: 'reconciliation.taken_over' });
    await kept.progressed(id, 'b', 60_000, compared);
    await kept.complete(id, 'b', 1);
    expect(await kept.report(site, id)).toMatchObject({ state: 'complete', compared, repaired: 1, sentence: null });
  });

  it('wait after a fault, and tell why', async () => {
    const id = await kept.request(wish);
    await kept.take('a', 60_000);
    await kept.letGo(id, 'a', new TransientFault('oms.unavailable', 'The OMS does not answer.'), HOUR);
    expect(await kept.report(site, id)).toMatchObject({ state: 'requested', sentence: 'The OMS does not answer.' });
    expect(await kept.take('a', 60_000)).toBeUndefined();
  });

  it('are due by the clock where the last window ended, and once for all replicas', async () => {
    const clock = { ...wish, everyMs: HOUR, lagMs: 60_000, reachMs: 72 * HOUR };
    await Promise.all([kept.requestDue(clock), kept.requestDue(clock), kept.requestDue(clock)]);
    const [first, ...others] = await kept.latest(site, 10);
    expect(others).toEqual([]);
    expect(Date.parse(first?.to ?? '') - Date.parse(first?.from ?? '')).toBe(72 * HOUR - 60_000);
    await database.query(`UPDATE reconciliations SET window_to = '2026-03-02T00:00:00.000Z'`);
    await kept.requestDue(clock);
    expect((await kept.latest(site, 10)).map(({ from }) => from)).toEqual(['2026-03-02T00:00:00.000Z', first?.from]);
  });

  it('tell of what was found by class and repair, and of what a person was left with before', async () => {
    const difference: Difference = {
      ...{ class: 'status', behind: 'crm', record: 'order:801', field: 'status', expected: 'shipped', found: null },
    };
    const found: readonly Finding[] = [
      { number: orderNumber('A-1'), difference, repair: { kind: 're-send' } },
      {
        number: orderNumber('A-2'),
        difference: { ...difference, class: 'missing-in-crm', record: null, field: null, expected: null },
        repair: { kind: 'ignore', reason: 'The CRM has deleted the order.' },
      },
    ];
    const ran = async (findings: readonly Finding[]) => {
      const id = await kept.request(wish);
      await kept.take('a', 60_000);
      await kept.keep(id, findings);
      await kept.keep(id, findings);
      await kept.complete(id, 'a', 1);
      return kept.report(site, id);
    };
    const first = await ran(found);
    expect(first.differences).toEqual({
      ...{ found: 2, leftBefore: 0, orders: 2 },
      ...{ byClass: { 'missing-in-crm': 1, status: 1 }, byRepair: { ignore: 1, 're-send': 1 } },
    });
    expect((await ran(found)).differences).toMatchObject({ found: 1, leftBefore: 1, byRepair: { 're-send': 1 } });
    expect(await kept.differences(first.id, 1, 10)).toMatchObject([
      { position: 2, orderNumber: 'A-2', repair: 'ignore', reason: 'The CRM has deleted the order.', expected: null },
    ]);
  });

  it('are not told of to another site', async () => {
    const id = await kept.request(wish);
    await expect(kept.report(siteId('boreal-eu'), id)).rejects.toMatchObject({ code: 'reconciliation.not_found' });
  });
});
