import { afterEach, describe, expect, it } from '@jest/globals';
import { aSite } from '@tandem/domain/testing';
import { connected, disconnectAll } from '../../testing/connected.js';
import { envelope, failure } from '../../testing/scripted-vendor.js';
import { ManhattanReasons, type ReasonOptions } from './manhattan-reasons.js';

const site = aSite();
const rows = [
  { ReasonId: 2000, CancellationInitiatedBy: 'System', ReallocateOnShort: 'true' },
  {
    ReasonId: '1000.000',
    Description: 'Customer changed mind',
    CancellationInitiatedBy: 'Customer',
    EligibleForSelfService: true,
  },
  { ReasonId: '900', CancellationInitiatedBy: 'NA', EligibleForContactCenter: true },
];

async function reasons(pages: readonly (readonly object[])[], options: ReasonOptions = {}) {
  const { connections, calls } = await connected((_, position) => envelope(pages[position] ?? []));
  return { port: new ManhattanReasons(connections, options), calls };
}

afterEach(disconnectAll);

describe('The reasons of the OMS (§3.1, §3.6)', () => {
  it('are those of a use, in the order of their ids, with who may choose them', async () => {
    const { port, calls } = await reasons([rows]);
    const nobody = { reallocates: false, forCustomers: false, forAgents: false };
    await expect(port.reasons(site, 'cancel')).resolves.toEqual([
      { ...nobody, id: '900', name: '900', forAgents: true },
      { ...nobody, id: '1000.000', name: 'Customer changed mind', initiatedBy: 'customer', forCustomers: true },
      { ...nobody, id: '2000', name: '2000', initiatedBy: 'system', reallocates: true },
    ]);
    expect(calls()[0]).toEqual({
      call: 'POST /order/api/order/reason/search',
      body: { Query: "ReasonTypeId = 'Cancel'", Size: 100, Page: 0 },
    });
  });

  it('are read page by page until one tells nothing new, by the type that the tenant names', async () => {
    const { port, calls } = await reasons(
      rows.map((row) => [row]),
      { types: { short: "Short's" }, pageSize: 50 },
    );
    await expect(port.reasons(site, 'short')).resolves.toHaveLength(3);
    expect(calls().map(({ body }) => body)).toMatchObject(
      [0, 1, 2, 3].map((Page) => ({ Page, Query: "ReasonTypeId = 'Short''s'" })),
    );
  });

  it('need a right of their own', async () => {
    const { connections } = await connected(() =>
      failure(403, { Type: 'ERROR', Code: '403', Description: 'Forbidden' }),
    );
    await expect(new ManhattanReasons(connections).reasons(site, 'cancel')).rejects.toMatchObject({
      kind: 'suspending',
      code: 'oms.forbidden',
    });
  });
});
