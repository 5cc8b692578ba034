import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { CertificateAuthority } from '@tandem/test/environment';
import { envelope, optionsFor, startVendor, token, type Script } from '../../testing/scripted-vendor.js';
import type { ManhattanConnectionOptions } from './connection-options.js';
import { ManhattanConnection } from './manhattan-connection.js';

const SAVE = '/order/api/order/order/save';
const STOCK = '/inventory/api/availability/location/availabilitydetail';
const open: { close(): Promise<void> }[] = [];
let now = 0;

async function vendorOf(script: Script = () => envelope({})) {
  const vendor = await startVendor((request, position) =>
    request.path.endsWith('/oauth/token') ? token() : script(request, position),
  );
  open.push(vendor);
  return vendor;
}

function connectionTo(url: string, changes: Partial<ManhattanConnectionOptions>) {
  const connection = new ManhattanConnection(optionsFor(url, changes), () => now);
  open.unshift(connection);
  return connection;
}

afterEach(async () => {
  now = 0;
  for (const one of open.splice(0)) await one.close();
});

describe('The ways of a connection to the OMS (§1, §12)', () => {
  it('lead to a host of its own for availability, and for nothing else (§6.2)', async () => {
    const [api, stock] = [await vendorOf(), await vendorOf()];
    const connection = connectionTo(api.url, { availabilityUrl: `${stock.url}/` });
    await connection.call('POST', STOCK, {});
    await connection.call('POST', SAVE, {});
    expect(api.requests.map(({ path }) => path)).toEqual(['/oauth/token', SAVE]);
    expect(stock.requests.map(({ path }) => path)).toEqual([STOCK]);
  });

  it('name a location where told to (§1)', async () => {
    const vendor = await vendorOf();
    const locationHeader = { name: 'SelectedLocation', location: 'STORE-7' };
    await connectionTo(vendor.url, { locationHeader }).call('POST', SAVE, {});
    await connectionTo(vendor.url, {}).call('POST', SAVE, {});
    expect(vendor.to(SAVE).map(({ headers }) => headers['selectedlocation'])).toEqual(['STORE-7', undefined]);
  });

  it('go through a proxy', async () => {
    const proxy = await vendorOf();
    await connectionTo('http://oms.invalid', { proxyUrl: proxy.url }).call('POST', SAVE, {});
    expect(proxy.requests.map(({ path }) => path)).toEqual([
      'http://oms.invalid/oauth/token',
      `http://oms.invalid${SAVE}`,
    ]);
  });

  it('trust an authority of the house, and no stranger', async () => {
    const authority = new CertificateAuthority('house.test');
    const server = createServer(authority.issue('oms.test'), (request, response) =>
      response.end(JSON.stringify((request.url === '/oauth/token' ? token() : envelope({ OrderId: 'A-1' })).body)),
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    open.push({
      close: async () => {
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
      },
    });
    const { port } = server.address() as AddressInfo;
    const url = `https://127.0.0.1:${port}`;
    const trusting = connectionTo(url, { certificateAuthority: authority.cert });
    await expect(trusting.call('POST', SAVE, {})).resolves.toMatchObject({ data: { OrderId: 'A-1' } });
    const stranger = connectionTo(url, { certificateAuthority: new CertificateAuthority('stranger.test').cert });
    await expect(stranger.call('POST', SAVE, {})).rejects.toMatchObject({ code: 'oms.unreachable' });
  });

  it('end for an hour where the budget is spent, at once and without a call (§2.7)', async () => {
    const vendor = await vendorOf();
    const connection = connectionTo(vendor.url, { budget: { perHour: 2, keptForOrders: 1 } });
    await connection.call('POST', STOCK, {});
    await expect(connection.call('POST', STOCK, {})).rejects.toMatchObject({
      kind: 'suspending',
      code: 'oms.budget_spent',
    });
    await connection.call('POST', SAVE, {});
    await expect(connection.call('POST', SAVE, {})).rejects.toMatchObject({ code: 'oms.budget_spent' });
    expect(vendor.requests).toHaveLength(3);
  });

  it('count the call that is repeated with a new token', async () => {
    const vendor = await vendorOf(() => ({ status: 401 }));
    const connection = connectionTo(vendor.url, { budget: { perHour: 1 } });
    await expect(connection.call('POST', SAVE, {})).rejects.toMatchObject({ code: 'oms.budget_spent' });
    expect(vendor.to(SAVE)).toHaveLength(1);
  });

  it.each([
    ['availabilityUrl', { availabilityUrl: 'stock.example' }],
    ['proxyUrl', { proxyUrl: 'proxy.example:3128' }],
    ['budget', { budget: { perHour: 0 } }],
    ['budget', { budget: { perHour: 10, keptForOrders: 11 } }],
    ['authorizationCode, redirectUri', { grant: 'authorization_code' }],
  ] as const)('do not begin without a valid %s', (names, changes) => {
    const make = () => new ManhattanConnection(optionsFor('http://127.0.0.1:1', changes));
    expect(make).toThrow(`The connection to the OMS organization AURORA lacks a valid ${names}.`);
  });
});
