import fastify, { type FastifyInstance } from 'fastify';
import { BulkJobs } from './bulk/bulk-jobs.js';
import { CallCounts } from './control/call-counts.js';
import { Chaos } from './control/chaos.js';
import { openControlDoor } from './control/control-door.js';
import { openOrderPage } from './control/order-page-routes.js';
import { openRuleControls } from './control/rule-controls.js';
import { openEventControls } from './control/event-controls.js';
import { Channels } from './events/channels.js';
import { Events } from './events/events.js';
import type { SalesforceTwinOptions, Tls } from './options.js';
import { Org } from './org/org.js';
import { RecordWriter } from './org/record-writer.js';
import { seedOrg } from './org/seed.js';
import type { Api } from './rest/api-call.js';
import { openDataDoor } from './rest/rest-door.js';
import { openOauthDoor } from './rest/oauth-door.js';
import { answerCall } from './rest/router.js';
import { Sessions } from './rest/sessions.js';
import type { PubsubApi } from './pubsub/pubsub-api.js';
import { OpenStreams } from './pubsub/open-streams.js';
import { startPubsubServer } from './pubsub/pubsub-server.js';
import { QueryPages } from './soql/query-pages.js';

const oneMebibyte = 1024 * 1024;

export interface SalesforceTwin {
  url: string;
  /** `host:port` of the Pub/Sub API */
  pubsub: string;
  close(): Promise<void>;
}

/**
 * Starts a Salesforce org at wire level on 127.0.0.1, in memory. Resolves when it listens; `url` has no slash at its
 * end and is, unless another is given, also the `instance_url` of every token. Rejects when the package cannot be read or the port is taken.
 */
export async function startSalesforceTwin(options: SalesforceTwinOptions): Promise<SalesforceTwin> {
  const twin = assemble(options);
  const server = openServer(options.tls);
  let url = '';
  const instanceUrl = () => options.instanceUrl ?? url;
  const streams = new OpenStreams();
  const bus: PubsubApi = { ...twin, organizationId: twin.org.id, instanceUrl, delivered: { events: 0 } };
  const pubsub = await startPubsubServer(bus, streams, options.pubsubPort ?? 0, options.tls);
  openOauthDoor(server, { ...twin, clients: options.clients, ownUrl: instanceUrl });
  openDataDoor(server, twin);
  openControlDoor(server, twin);
  openRuleControls(server, twin.org);
  openOrderPage(server, { ...twin.api, agentId: twin.agentId });
  openEventControls(server, { ...twin, bus, streams, pubsub });
  url = await server.listen({ port: options.port, host: '127.0.0.1' });
  const close = async () => {
    pubsub.close();
    twin.api.bulk.clear();
    await server.close();
  };
  return { url, pubsub: pubsub.address, close };
}

/** Users of the org beside those of the apps: who sets it up, and who edits orders on its page. */
const admin = 'admin@twin.example';
const agent = 'agent@twin.example';

function assemble(options: SalesforceTwinOptions) {
  const org = new Org(options);
  const chaos = new Chaos(options.seed ?? 1);
  const writer = new RecordWriter(org, chaos);
  const sessions = new Sessions(org.now);
  const budget = { used: 0, max: options.dailyRequests ?? 100_000 };
  const counts = new CallCounts();
  const usernames = [...new Set([admin, agent, ...options.clients.map(({ runAs }) => runAs)])];
  const selected = options.changeEvents ?? ['Account', 'Contact', 'Order'];
  const channels = new Channels(org.schema, options.objectsFolder, selected, options.mostSelectedEntities ?? 5);
  const events = new Events(org, chaos, channels);
  let users = seedOrg(org, writer, usernames);
  const pages = new QueryPages(org.now, () => chaos.takes('expiredLocators'));
  const bulk = new BulkJobs(org, writer, chaos);
  const api: Api = {
    org,
    writer,
    events,
    pages,
    bulk,
    chance: chaos.chance,
    usage: () => budget,
    answer: (call) => answerCall(call, api),
  };
  const userId = (username: string) => users.get(username) ?? '';
  const reset = () => {
    org.clear();
    users = seedOrg(org, writer, usernames);
    events.log.clear();
    bulk.clear();
    chaos.clear();
    counts.clear();
    budget.used = 0;
  };
  const desks = { adminId: () => userId(admin), agentId: () => userId(agent) };
  return { org, api, events, chaos, sessions, budget, counts, userId, ...desks, reset };
}

/** Bodies stay text: each door reads them as the vendor would. Connections are cut on close, as tests end at once. */
function openServer(tls: Tls | undefined): FastifyInstance {
  const shared = { bodyLimit: 50 * oneMebibyte, forceCloseConnections: true };
  // The server type of HTTPS differs in nothing that is used here.
  const server = tls ? (fastify({ ...shared, https: tls }) as unknown as FastifyInstance) : fastify(shared);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  return server;
}
