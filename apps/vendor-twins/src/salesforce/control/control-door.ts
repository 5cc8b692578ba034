import type { FastifyInstance } from 'fastify';
import { isJsonObject, list } from '../org/json.js';
import { notFound } from '../org/refusal.js';
import { fieldOf, type Row } from '../org/schema.js';
import { seedRecords } from '../org/seed.js';
import type { DataDoor } from '../rest/rest-door.js';
import { noSuchColumn } from '../rest/show-record.js';
import { answered, body } from './control-answer.js';
import { recordsPage } from './records-page.js';

export interface ControlDoor extends DataDoor {
  /** id of the user whom seeded records belong to */
  adminId: () => string;
  reset: () => void;
}

type Query = Readonly<Record<string, string | undefined>>;

/** The twin's own controls, for tests and demos: no part of the vendor's surface, and without a login. */
export function openControlDoor(server: FastifyInstance, door: ControlDoor) {
  const { org, writer } = door.api;
  server.get('/control', (_request, reply) => reply.type('text/html;charset=utf-8').send(recordsPage(org)));
  server.get('/control/health', () => ({ status: 'ok', twin: 'salesforce', organizationId: org.id }));
  server.get('/control/calls', () => door.counts.read());
  server.post('/control/calls/reset', (_request, reply) => {
    door.counts.clear();
    return reply.code(204).send();
  });
  server.get<{ Querystring: Query }>('/control/writes', ({ query }) =>
    org.journal.read({ object: query['object'], key: query['key'], recordId: query['recordId'] }),
  );
  server.get<{ Params: { object: string }; Querystring: Query }>('/control/records/:object', (request, reply) =>
    answered(reply, () => recordsOf(door, request.params.object, request.query)),
  );
  server.post('/control/reset', (_request, reply) => {
    door.reset();
    return reply.code(204).send();
  });
  server.post('/control/seed', (request, reply) =>
    answered(reply, () => ({ ids: seedRecords(org, writer, list(body(request), 'records') ?? [], door.adminId()) })),
  );
  server.get('/control/chaos', () => door.chaos.read());
  server.put('/control/chaos', (request, reply) => answered(reply, () => changeChaos(door, body(request))));
}

function changeChaos({ chaos, sessions, api }: ControlDoor, change: unknown) {
  chaos.merge(change, api.org.now().getTime());
  if (isJsonObject(change) && change['revokeSessions'] === true) {
    sessions.revokeAll();
    chaos.count('revokeSessions');
  }
  return chaos.read();
}

/** The live records with every field, null where nothing is stored; `?field=value` compares as text. */
function recordsOf({ api }: ControlDoor, name: string, query: Query): { records: Row[] } {
  const object = api.org.schema.object(name);
  if (!object) throw notFound();
  const wanted = Object.entries(query).map(([given, value]) => {
    const field = fieldOf(object, given);
    if (!field) throw noSuchColumn(given, object);
    return { name: field.name, value };
  });
  const names = [...object.fields.values()].map((field) => field.name);
  const rows = api.org
    .rows(object.name)
    .filter((row) => wanted.every((want) => String(row[want.name] ?? '') === want.value));
  return { records: rows.map((row) => Object.fromEntries(names.map((field) => [field, row[field] ?? null]))) };
}
