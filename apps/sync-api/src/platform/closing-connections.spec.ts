import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { letConnectionsGo } from './closing-connections.js';

const gate = Promise.withResolvers<string>();

@Controller()
class SlowController {
  @Get()
  answer(): Promise<string> {
    return gate.promise;
  }
}

@Module({ controllers: [SlowController] })
class SlowModule {}

it('lets go of a connection over which nothing was asked, answers what was, and ends with that', async () => {
  const app = await NestFactory.create<NestFastifyApplication>(SlowModule, new FastifyAdapter(), { logger: false });
  letConnectionsGo(app);
  await app.listen(0, '127.0.0.1');
  const server = app.getHttpServer();
  const { port } = server.address() as AddressInfo;
  const unused = connect(port, '127.0.0.1').resume();
  await once(unused, 'connect');
  const asked = once(server, 'request');
  const answer = fetch(`http://127.0.0.1:${port}/`).then((response) => response.text());
  await asked;
  const closing = app.close();
  await once(unused, 'close');
  gate.resolve('what was asked');
  expect(await answer).toBe('what was asked');
  await closing;
}, 5_000);
