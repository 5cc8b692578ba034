import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Logger } from 'nestjs-pino';
import { AppModule, type Installation } from './app.module.js';
import { letConnectionsGo } from './platform/closing-connections.js';
import { Engine } from './platform/engine.js';
import { traceRequests } from './platform/http-tracing.js';
import { takeBodiesAsTheyCome } from './platform/raw-body.js';

export interface RunningService {
  readonly url: string;
  /** Finishes what is being handled and gives back the rest. */
  stop(): Promise<void>;
}

/** Starts the service: the doors open once everything behind them stands. */
export async function startService(installation: Installation): Promise<RunningService> {
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(installation), new FastifyAdapter(), {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  traceRequests(app);
  takeBodiesAsTheyCome(app);
  letConnectionsGo(app);
  describeApi(app);
  await app.init();
  const engine = app.get(Engine);
  await engine.start();
  const { host, port } = installation.settings.http;
  await app.listen(port, host);
  return {
    url: await app.getUrl(),
    stop: async () => {
      await engine.stop();
      await app.close();
    },
  };
}

function describeApi(app: NestFastifyApplication): void {
  const description = new DocumentBuilder()
    .setTitle('Tandem')
    .setDescription(
      'Keeps a CRM and an OMS in step. Errors are application/problem+json and name field, rule and remedy.',
    )
    .setVersion('1')
    .addBearerAuth()
    .build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, description));
}
