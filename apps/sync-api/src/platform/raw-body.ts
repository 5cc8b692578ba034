import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

/** The largest body that a door takes and that is read: what it becomes must fit into the memory of the process. */
export const LIMIT_BYTES = 10 * 1024 * 1024;

/** Hands every body on as the bytes that came, whatever its content type: the archive keeps those, also when they cannot be read. */
export function takeBodiesAsTheyCome(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LIMIT_BYTES }, (_request, body, done) =>
    done(null, body),
  );
}

export const bodyOf = (request: FastifyRequest): Buffer =>
  Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
