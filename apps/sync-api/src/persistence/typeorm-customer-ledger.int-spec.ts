import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { customerKey, omsOrganization, untracked, type TrackedCustomer } from '@tandem/domain';
import { freshDatabase, type FreshDatabase } from '@tandem/test/environment';
import type { DataSource } from 'typeorm';
import { connectDatabase } from './database.js';
import { TypeormCustomerLedger, TypeormCustomerLedgerWriter } from './typeorm-customer-ledger.js';

describe('The ledger of customers', () => {
  let fresh: FreshDatabase;
  let database: DataSource;

  beforeAll(async () => {
    fresh = await freshDatabase();
    database = await connectDatabase(fresh.url);
  });

  afterAll(async () => {
    await database.destroy();
    await fresh.drop();
  });

  const save = (...customers: readonly TrackedCustomer[]) =>
    database.transaction((manager) => new TypeormCustomerLedgerWriter(manager).save(customers));
  const find = (key: string) => new TypeormCustomerLedger(database).findByKey([customerKey(key)]);
  const aurora = (key: string) => untracked(omsOrganization('AURORA'), customerKey(key));

  it('keeps a customer for each organization that knows it, and finds all of them by the key', async () => {
    const boreal = untracked(omsOrganization('BOREAL'), customerKey('C-1'));
    await save({ ...aurora('C-1'), confirmed: { lastName: 'd1' }, version: 2 }, boreal, aurora('C-2'));
    expect([...(await find('C-1'))].sort((a, b) => (a.organization < b.organization ? -1 : 1))).toEqual([
      { organization: 'AURORA', key: 'C-1', confirmed: { lastName: 'd1' }, version: 2, revision: 1 },
      { organization: 'BOREAL', key: 'C-1', confirmed: {}, version: 0, revision: 1 },
    ]);
  });

  it('keeps nothing of two writers who began with the same but what the first one wrote', async () => {
    await save(aurora('C-3'));
    const [before] = await find('C-3');
    if (!before) throw new Error('The customer was not kept.');
    await save({ ...before, confirmed: { lastName: 'first' } });
    await expect(save(aurora('C-4'), { ...before, confirmed: { lastName: 'second' } })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'customers.changed_meanwhile',
    });
    expect(await find('C-3')).toMatchObject([{ confirmed: { lastName: 'first' }, revision: 2 }]);
    expect(await find('C-4')).toEqual([]);
  });

  it('records what a customer was given by the names of the fields, once a version', async () => {
    const { organization, key } = aurora('C-5');
    const entry = { organization, key, version: 1, fields: ['phone', 'billing/home/city'], sourceMessage: 'm1' };
    const writer = new TypeormCustomerLedgerWriter(database.manager);
    await writer.record([entry, { ...entry, version: 2, fields: [] }]);
    await writer.record([{ ...entry, fields: ['again'] }]);
    expect(
      await database.query('SELECT version, fields FROM customer_history WHERE key = $1 ORDER BY version', [key]),
    ).toEqual([
      { version: 1, fields: ['phone', 'billing/home/city'] },
      { version: 2, fields: [] },
    ]);
  });
});
