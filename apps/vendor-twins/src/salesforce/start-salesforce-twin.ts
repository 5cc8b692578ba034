import fastify, { type FastifyInstance } from 'fastify';
import { CallCounts } from './control/call-counts.js';
import { Chaos } from './control/chaos.js';
import { openControlDoor } from './control/control-door.js';
import type { SalesforceTwinOptions } from './options.js';
import { Org } from './org/org.js';
import { RecordWriter } from './org/record-writer.js';
import { seedOrg } from './org/seed.js';
import type { Api } from './rest/api-call.js';
import { openDataDoor } from './rest/rest-door.js';
import { openOauthDoor } from './rest/oauth-door.js';
import { answerCall } from './rest/router.js';
import { Sessions } from './rest/sessions.js';
import { QueryPages } from './soql/query-pages.js';

const oneMebibyte = 1024 * 1024;

/**
 * Starts a Salesforce org at wire level on 127.0.0.1, in memory. Resolves when it listens; `url` has no slash at its
 * end and is also the `instance_url` of every token. Rejects when the package cannot be read or the port is taken.
 */
export async function startSalesforceTwin(
  options: SalesforceTwinOptions,
): Promise<{ url: string; close(): Promise<void> }> {
  const twin = assemble(options);
  const server = openServer();
  let url = '';
  openOauthDoor(server, { ...twin, clients: options.clients, ownUrl: () => url });
  openDataDoor(server, twin);
  openControlDoor(server, twin);
  url = await server.listen({ port: options.port, host: '127.0.0.1' });
  return { url, close: () => server.close() };
}

function assemble(options: SalesforceTwinOptions) {
  const org = new Org(options);
  const chaos = new Chaos(options.seed ?? 1);
  const writer = new RecordWriter(org, chaos);
  const sessions = new Sessions(org.now);
  const budget = { used: 0, max: options.dailyRequests ?? 100_000 };
  const counts = new CallCounts();
  const admin = 'admin@twin.example';
  const usernames = [...new Set([admin, ...options.clients.map(({ runAs }) => runAs)])];
  let users = seedOrg(org, writer, usernames);
  const pages = new QueryPages(org.now);
  const api: Api = {
    org,
    writer,
    pages,
    chance: chaos.chance,
    usage: () => budget,
    answer: (call) => answerCall(call, api),
  };
  const userId = (username: string) => users.get(username) ?? '';
  const reset = () => {
    org.clear();
    users = seedOrg(org, writer, usernames);
    chaos.clear();
    counts.clear();
    budget.used = 0;
  };
  return { org, api, chaos, sessions, budget, counts, userId, adminId: () => userId(admin), reset };
}

/** Bodies stay text: each door reads them as the vendor would. Connections are cut on close, as tests end at once. */
function openServer(): FastifyInstance {
  const server = fastify({ bodyLimit: 50 * oneMebibyte, forceCloseConnections: true });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  return server;
}
