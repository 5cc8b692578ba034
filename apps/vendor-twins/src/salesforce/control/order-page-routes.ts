import type { FastifyInstance } from 'fastify';
import type { Caller } from '../org/journal.js';
import type { Org } from '../org/org.js';
import type { RecordWriter } from '../org/record-writer.js';
import { notFound, Refusal } from '../org/refusal.js';
import type { Row } from '../org/schema.js';
import { answered } from './control-answer.js';
import { editedFields, orderPage } from './order-page.js';

interface AgentDesk {
  org: Org;
  writer: RecordWriter;
  /** id of the user in whose name the page writes */
  agentId: () => string;
}

/** `GET /control/orders/<id>` shows an order, and its forms save what a person changed, as the org's own pages do (§3.1). */
export function openOrderPage(server: FastifyInstance, desk: AgentDesk) {
  server.get<{ Params: { id: string }; Querystring: { note?: string } }>('/control/orders/:id', (request, reply) =>
    answered(reply, () => {
      const page = orderPage(desk.org, orderAt(desk, request.params.id), request.query.note ?? '');
      void reply.type('text/html;charset=utf-8');
      return page;
    }),
  );
  server.post<{ Params: { id: string } }>('/control/orders/:id', ({ params, body }, reply) => {
    const note = saved(desk, new URLSearchParams(typeof body === 'string' ? body : ''));
    return reply.redirect(`/control/orders/${params.id}?note=${encodeURIComponent(note)}`, 303);
  });
}

function orderAt({ org }: AgentDesk, id: string): Row {
  const order = org.find('Order', id);
  if (!order) throw notFound();
  return order;
}

/** Only what differs is written; a refusal is told as the org words it. */
function saved({ org, writer, agentId }: AgentDesk, form: URLSearchParams): string {
  const object = org.schema.object(form.get('object') ?? '');
  const row = object && org.find(object.name, form.get('id') ?? '');
  if (!object || !row) return 'There is no such record.';
  const changed = editedFields(object).filter(
    ({ name }) => form.has(name) && form.get(name) !== String(row[name] ?? ''),
  );
  if (changed.length === 0) return 'Nothing was changed.';
  try {
    writer.update(
      object,
      String(row['Id']),
      Object.fromEntries(changed.map(({ name }) => [name, form.get(name)])),
      agent(agentId()),
    );
    return `Saved: ${changed.map(({ label }) => label).join(', ')}.`;
  } catch (error) {
    if (error instanceof Refusal) return `${error.code}: ${error.message}`;
    throw error;
  }
}

function agent(userId: string): Caller {
  const origin = 'com/salesforce/api/soap/67.0;client=SfdcInternalAPI/';
  return { client: null, traceparent: null, userId, origin, permissionSets: ['OMS_Agent_View'] };
}
