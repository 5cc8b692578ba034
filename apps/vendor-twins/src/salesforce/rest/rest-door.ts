import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CallCounts } from '../control/call-counts.js';
import type { Chaos } from '../control/chaos.js';
import type { Caller } from '../org/journal.js';
import { notFound, Refusal } from '../org/refusal.js';
import type { Api, ApiAnswer, ApiCall } from './api-call.js';
import { isUpload } from './bulk-ingest-handlers.js';
import { isKnownVersion, versions } from './org-handlers.js';
import { answerCall, resourceOf } from './router.js';
import type { Session, Sessions } from './sessions.js';
import { parseTarget } from './target.js';

export interface Budget {
  used: number;
  max: number;
}

/** Everything that stands between the wire and the handlers. */
export interface DataDoor {
  api: Api;
  chaos: Chaos;
  sessions: Sessions;
  budget: Budget;
  counts: CallCounts;
}

/** `/services/data/**`: session, budget and faults first, then the call itself (§1.6, §2, §2.8). */
export function openDataDoor(server: FastifyInstance, door: DataDoor) {
  server.get('/services/data', () => versions());
  server.all('/services/data/*', async (request, reply) => {
    const { answer, written } = await admitted(request, door);
    const [address = ''] = request.url.split('?');
    const target = parseTarget(request.url);
    const resource = target ? resourceOf(target.path) : address;
    const { status, records = 0 } = answer;
    door.counts.add({
      method: request.method,
      resource,
      status,
      records,
      written,
    });
    if (request.method !== 'GET' && answer.status < 400 && door.chaos.strikes('answerLost')) {
      // The write stands; the caller never learns of it (§8 item 15).
      reply.hijack();
      request.raw.socket.destroy();
      return reply;
    }
    return send(reply, answer, door.budget);
  });
}

interface Admitted {
  answer: ApiAnswer;
  /** record writes that the call tried, by object type */
  written: ReadonlyMap<string, number>;
}

const unadmitted = (answer: ApiAnswer): Admitted => ({ answer, written: new Map() });

async function admitted(request: FastifyRequest, door: DataDoor): Promise<Admitted> {
  const { chaos } = door;
  const wait = chaos.delay();
  if (wait > 0) await delay(wait);
  if (chaos.strikes('status503Html')) return unadmitted({ status: 503, body: maintenance });
  if (chaos.strikes('status502Html')) return unadmitted({ status: 502, body: maintenance });
  if (chaos.strikes('status420')) return unadmitted({ status: 420, body: maintenance });
  try {
    const call = readCall(request, door);
    const { journal } = door.api.org;
    // What others tried meanwhile, such as a bulk job at work, is none of this call's.
    journal.takeAttempts();
    const answer = answerCall(call, door.api);
    return { answer, written: journal.takeAttempts() };
  } catch (error) {
    if (error instanceof Refusal) return unadmitted({ status: error.status, body: error.body });
    throw error;
  }
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

const maintenance =
  '<html><head><title>Service Unavailable</title></head><body>We are down for maintenance.</body></html>';

function readCall(request: FastifyRequest, door: DataDoor): ApiCall {
  const session = admit(request, door);
  const target = parseTarget(request.url);
  if (!target || !isKnownVersion(target.version)) throw notFound();
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value?.toString()]));
  return {
    ...target,
    method: request.method,
    headers,
    body: isUpload({ method: request.method, path: target.path }) ? request.body : parsedBody(request),
    caller: callerOf(session, target.version, headers),
  };
}

/** §2.8: the client of Sforce-Call-Options stands in the origin of what it changed. */
function callerOf(session: Session, version: string, headers: ApiCall['headers']): Caller {
  const named = /client=([^;,]+)/.exec(headers['sforce-call-options'] ?? '')?.[1];
  return {
    client: named ?? session.client.clientId,
    traceparent: headers['traceparent'] ?? null,
    userId: session.userId,
    permissionSets: session.client.permissionSets ?? ['OMS_Integration'],
    savesDuplicates: /\ballowSave=true\b/i.test(headers['sforce-duplicate-rule-header'] ?? ''),
    origin: `com/salesforce/api/rest/${version.slice(1)}${named === undefined ? '' : `;client=${named}`}`,
  };
}

function admit(request: FastifyRequest, { chaos, sessions, budget, api }: DataDoor): Session {
  const now = api.org.now().getTime();
  const token = /^(?:Bearer|OAuth) (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const session = token === undefined ? undefined : sessions.use(token);
  if (session && chaos.switches.permanent401) chaos.count('permanent401');
  const expired = session !== undefined && chaos.expiresSession();
  if (expired && token !== undefined) sessions.revoke(token);
  if (!session || expired || chaos.switches.permanent401)
    throw new Refusal('INVALID_SESSION_ID', 'Session expired or invalid', [], 401);
  budget.used += 1;
  if (chaos.switches.concurrentLimitExceeded) throw concurrentLimit(chaos);
  const limited = chaos.isLimited(now);
  if (limited) chaos.count('requestLimitExceeded');
  if (limited || budget.used > budget.max)
    throw new Refusal('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', [], 403);
  return session;
}

/** §2.11: too many calls of twenty seconds and more at once. */
function concurrentLimit(chaos: Chaos): Refusal {
  chaos.count('concurrentLimitExceeded');
  const message = 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.';
  return new Refusal('REQUEST_LIMIT_EXCEEDED', message, [], 403);
}

function parsedBody(request: FastifyRequest): unknown {
  if (typeof request.body !== 'string' || request.body === '') return undefined;
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    throw new Refusal('UNSUPPORTED_MEDIA_TYPE', 'Content type of the request is not supported', [], 415);
  try {
    return JSON.parse(request.body);
  } catch (error) {
    const because = error instanceof Error ? error.message : 'unreadable';
    throw new Refusal('JSON_PARSER_ERROR', `Unexpected character in the body of the request: ${because}`);
  }
}

function send(reply: FastifyReply, answer: ApiAnswer, budget: Budget) {
  reply.code(answer.status).header('sforce-limit-info', `api-usage=${budget.used}/${budget.max}`);
  for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value);
  if (answer.csv !== undefined) return reply.type('text/csv;charset=UTF-8').send(answer.csv);
  if (answer.body === undefined) return reply.send();
  if (answer.body === maintenance) return reply.type('text/html;charset=utf-8').send(maintenance);
  return reply.type('application/json;charset=UTF-8').send(JSON.stringify(answer.body));
}
