import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CallCounter } from '../control/call-counter.js';
import type { LoggedRequest, RequestLog } from '../control/request-log.js';
import type { Chaos } from '../control/chaos.js';
import type { TenantConfig } from '../control/tenant-config.js';
import { listed } from './listed.js';
import { failure } from './envelope.js';
import { parsedObject } from './json.js';
import { Refusal } from './refusal.js';
import type { TokenEndpoint } from './token-endpoint.js';

interface HttpParts {
  calls: CallCounter;
  requests: RequestLog;
  chaos: Chaos;
  endpoint: TokenEndpoint;
  config: TenantConfig;
}

/** What all of the twin's HTTP has in common: trace id, call counting, form bodies, error envelopes, the token endpoint. */
export function prepareHttp(app: FastifyInstance, { calls, requests, chaos, endpoint, config }: HttpParts): void {
  app.addHook('onRequest', async (_, reply) => {
    reply.header('cp-trace-id', randomUUID().replaceAll('-', ''));
  });
  const arrived = new WeakMap<FastifyRequest, LoggedRequest>();
  app.addHook('preHandler', async (request) => {
    const path = pathOf(request);
    const body = /^\/(control|oauth)/.test(path) ? undefined : parsedObject(request.body);
    if (body) arrived.set(request, requests.arrive(request.method, path, body));
  });
  app.addHook('onResponse', async (request, reply) => {
    const path = pathOf(request);
    if (!path.startsWith('/control')) calls.count(request.method, path, reply.statusCode);
    const logged = arrived.get(request);
    if (logged) logged.status = reply.statusCode;
  });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))));
  });
  app.setErrorHandler((error, _, reply) => {
    const refusal = error instanceof Refusal ? error : refusalOf(error);
    return reply.status(refusal.status).send(failure('framework', refusal));
  });
  app.setNotFoundHandler((request, reply) => {
    const refusal = new Refusal(404, '404', `No handler for ${request.method} ${request.url}`);
    return reply.status(404).send(failure('framework', refusal));
  });
  app.post('/control/authorization-codes', ({ body }, reply) => {
    const code = endpoint.authorizationCode(String(parsedObject(body)?.username));
    return code === undefined ? reply.status(404).send({ error: 'there is no such user' }) : { code };
  });
  app.post('/oauth/token', (request, reply) => {
    const parameters = stringsIn(request.query, request.body);
    const { authorization } = request.headers;
    const rules = { lockAfter: chaos.now.ipLockAfter, grants: listed(config.now.grants) };
    const { status, body } = endpoint.answer({ authorization, parameters, ip: request.ip }, rules);
    return reply.status(status).header('cache-control', 'no-store').send(body);
  });
}

const pathOf = (request: FastifyRequest) => request.routeOptions.url ?? request.url;

/** A body that is no JSON is the caller's fault; everything else is ours. */
function refusalOf(error: unknown): Refusal {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  const words = error instanceof Error ? error.message : 'Internal server error';
  return new Refusal(status >= 400 && status < 500 ? status : 500, '99999', words);
}

function stringsIn(...sources: unknown[]): Record<string, string> {
  const entries = sources.flatMap((source) => Object.entries(parsedObject(source) ?? {}));
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
