import type { Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/**
 * Lets the service end as soon as what was asked is answered. Connections over which nothing was asked yet, as balancers and agents open
 * in advance, Node takes for busy; and those whose answer is under way it would keep open for another question, for more than a minute.
 */
export function letConnectionsGo(app: NestFastifyApplication): void {
  const unused = new Set<Socket>();
  let ending = false;
  app
    .getHttpServer()
    .on('connection', (socket: Socket) => {
      if (ending) return void socket.destroy();
      unused.add(socket);
      socket.once('close', () => unused.delete(socket));
    })
    .on('request', ({ socket }) => unused.delete(socket));
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('preClose', (done) => {
      ending = true;
      for (const socket of unused) socket.destroy();
      done();
    })
    .addHook('onSend', (_request, reply, _payload, done) => {
      if (ending) void reply.header('connection', 'close');
      done();
    });
}
