import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { crmOrderId, customerKey, trackAccepted } from '@tandem/domain';
import { anAcceptedOrder, aSite } from '@tandem/domain/testing';
import { freshDatabase, type FreshDatabase } from '@tandem/test/environment';
import type { DataSource } from 'typeorm';
import { connectDatabase } from './database.js';
import { SqlSubmissionStatuses } from './sql-submission-statuses.js';
import { TypeormOrderLedgerWriter } from './typeorm-order-ledger-writer.js';

const accepted = anAcceptedOrder();
const { crmOrderId: id, number, site } = accepted.terms;

describe('How far an order has come', () => {
  let fresh: FreshDatabase;
  let database: DataSource;

  beforeAll(async () => {
    fresh = await freshDatabase();
    database = await connectDatabase(fresh.url);
    const sites = { find: () => aSite(), all: () => [aSite()] };
    await new TypeormOrderLedgerWriter(database.manager, sites).save([trackAccepted(accepted)]);
  });

  afterAll(async () => {
    await database.destroy();
    await fresh.drop();
  });

  const park = (queue: string, name: string, key: string, body: object) =>
    database.query(
      `INSERT INTO parked_messages (queue, message_id, name, key, site, envelope, reason, attempts)
       VALUES ($1, gen_random_uuid(), $2, $3, $4, $5, $6, 1)`,
      [
        queue,
        name,
        key,
        site,
        JSON.stringify({ name, key, body }),
        JSON.stringify({ kind: 'permanent', code: 'oms.refused', sentence: 'No.', tried: '', remedy: 'Mend it.' }),
      ],
    );

  const state = async () => (await new SqlSubmissionStatuses(database).find(site, crmOrderId(id))).state;

  it('is not parked because another order of its customer, or a change of the customer, is', async () => {
    const key = customerKey('C-7');
    await park('customers.save-customer', 'customer.needed.v1', key, { orderNumber: 'A-OTHER' });
    await park('customers.save-customer', 'customer.changed.v1', key, { accountId: '001' });
    expect(await state()).toBe('accepted');
  });

  it('is parked where the customer that it needs cannot be saved', async () => {
    await park('customers.save-customer', 'customer.needed.v1', 'C-7', { orderNumber: number });
    expect(await state()).toBe('parked');
  });
});
