import { omsOrganization } from '@tandem/domain';
import { ManhattanConnection } from '../src/connection/manhattan-connection.js';
import { ManhattanConnections } from '../src/connection/manhattan-connections.js';
import { optionsFor, startVendor, token, type Script } from './scripted-vendor.js';

const open: { close(): Promise<void> }[] = [];

/** A vendor that lets everybody in and then answers as it is told, and connections to it. */
export async function connected(script: Script) {
  const vendor = await startVendor((request, position) =>
    request.path === '/oauth/token' ? token() : script(request, position),
  );
  const connection = new ManhattanConnection(optionsFor(vendor.url));
  const connections = new ManhattanConnections(new Map([[omsOrganization('AURORA'), connection]]));
  open.push(connections, vendor);
  const calls = () =>
    vendor.requests
      .filter(({ path }) => path !== '/oauth/token')
      .map(({ method, path, body }) => ({ call: `${method} ${path}`, body: body === '' ? undefined : parsed(body) }));
  return { vendor, connections, calls };
}

const parsed = (text: string): unknown => JSON.parse(text) as unknown;

/** For `afterEach`: nothing stays open. */
export async function disconnectAll(): Promise<void> {
  for (const one of open.splice(0)) await one.close();
}
