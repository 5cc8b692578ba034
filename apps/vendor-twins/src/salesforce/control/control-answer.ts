import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../org/refusal.js';

/** Answers what the work gives; a Refusal becomes its error array. */
export function answered(reply: FastifyReply, work: () => unknown) {
  try {
    return reply.send(work());
  } catch (error) {
    if (error instanceof Refusal) return reply.code(error.status).send(error.body);
    throw error;
  }
}

/** The body as JSON; nothing when there was none. Throws a Refusal when it is no JSON. */
export function body(request: FastifyRequest): unknown {
  try {
    return typeof request.body === 'string' ? JSON.parse(request.body) : undefined;
  } catch {
    throw new Refusal('JSON_PARSER_ERROR', 'The body is not JSON.');
  }
}
