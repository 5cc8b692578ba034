import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { trackAccepted, type TrackedOrder } from '@tandem/domain';
import { anAcceptedOrder, aSite } from '@tandem/domain/testing';
import { freshDatabase, type FreshDatabase } from '@tandem/test/environment';
import type { DataSource } from 'typeorm';
import { connectDatabase } from './database.js';
import { TypeormOrderLedgerWriter } from './typeorm-order-ledger-writer.js';

const kept = trackAccepted(anAcceptedOrder());
const shown = (version: number, status: string): TrackedOrder => ({
  ...kept,
  version,
  acknowledged: { order: { status } },
});

describe('What the CRM is known to show', () => {
  let fresh: FreshDatabase;
  let database: DataSource;
  let writer: TypeormOrderLedgerWriter;

  beforeAll(async () => {
    fresh = await freshDatabase();
    database = await connectDatabase(fresh.url);
    writer = new TypeormOrderLedgerWriter(database.manager, { find: () => aSite(), all: () => [aSite()] });
    await writer.save([kept]);
  });

  afterAll(async () => {
    await database.destroy();
    await fresh.drop();
  });

  const known = () => database.query('SELECT acknowledged, acknowledged_version AS version FROM orders');

  it('is what a replica noted that showed the later version, whatever one notes that stood still meanwhile', async () => {
    await writer.doubt([shown(4, 'allocated')]);
    await writer.acknowledge([shown(5, 'shipped')]);

    await expect(writer.acknowledge([shown(4, 'released')])).rejects.toMatchObject({ code: 'orders.shown_meanwhile' });
    await expect(writer.doubt([shown(4, 'released')])).rejects.toMatchObject({ kind: 'conflict' });
    expect(await known()).toEqual([{ acknowledged: { order: { status: 'shipped' } }, version: 5 }]);
  });

  it('is in doubt while the same version is written once more', async () => {
    await writer.doubt([shown(5, 'unknown')]);
    expect(await known()).toEqual([{ acknowledged: { order: { status: 'unknown' } }, version: 5 }]);
  });
});
