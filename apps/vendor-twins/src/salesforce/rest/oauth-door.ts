import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CallCounts } from '../control/call-counts.js';
import type { TwinClient } from '../options.js';
import type { Org } from '../org/org.js';
import type { Sessions } from './sessions.js';
import { decideGrant, tokenAnswer } from './token-endpoint.js';

export interface OauthDoor {
  org: Org;
  sessions: Sessions;
  clients: readonly TwinClient[];
  /** id of the user behind a username */
  userId: (username: string) => string;
  /** the twin's own address, without a slash at the end */
  ownUrl: () => string;
  counts: CallCounts;
}

/** Token and revoke endpoints (§1.1). Error bodies are objects here, not arrays (§1.5). */
export function openOauthDoor(server: FastifyInstance, door: OauthDoor) {
  const seen = new Set<string>();

  server.post('/services/oauth2/token', (request, reply) => {
    const now = door.org.now();
    const context = { now, ownUrl: door.ownUrl(), seen };
    const grant = decideGrant(form(request), basic(request), door.clients, context);
    const status = grant.kind === 'granted' ? 200 : 400;
    door.counts.add({ method: 'POST', resource: '/services/oauth2/token', status, records: 0, written: new Map() });
    if (grant.kind === 'denied')
      return reply.code(400).send({ error: grant.error, error_description: grant.description });
    const userId = door.userId(grant.client.runAs);
    const token = door.sessions.start(door.org.id, grant.client, userId);
    return reply.send(tokenAnswer(token, door.ownUrl(), door.org.id, userId, now));
  });

  server.post('/services/oauth2/revoke', (request, reply) => {
    door.sessions.revoke(form(request).get('token') ?? '');
    return reply.send();
  });
}

function form(request: FastifyRequest): URLSearchParams {
  return new URLSearchParams(typeof request.body === 'string' ? request.body : '');
}

function basic(request: FastifyRequest): { id: string; secret: string } | undefined {
  const encoded = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { id: decodeURIComponent(id), secret: decodeURIComponent(secret.join(':')) };
}
