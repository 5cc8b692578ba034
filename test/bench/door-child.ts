import { Module, Controller, HttpCode, Post, Req, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  CallerProof,
  OmsPushController,
  ReceivePublishes,
  ReceivePublishesHandler,
  takeBodiesAsTheyCome,
  Transactions,
} from '@tandem/sync-api';
import { OmsOrderFeed } from '@tandem/domain';
import { MessageWriter } from '@tandem/messaging';
import type { FastifyRequest } from 'fastify';
import pg from 'pg';
import { beChild } from './child.js';
import { ownProfile } from './inspector.js';
import { receiverOn } from './receiver.js';

/** A door for publishes over HTTP: ours, or one that does the least. It greets with its address; its last word is its profile, where one is wanted. */
const [kind = '', databaseUrl = '', token = '', profiled = ''] = process.argv.slice(2);

interface Kept {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly contentType: string | undefined;
}

abstract class Keeper {
  abstract keep(one: Kept): Promise<void>;
}

/** R4: while one commit is under way, the next gathers. */
class GatheringKeeper extends Keeper {
  private readonly gathered: Kept[] = [];
  private underWay: Promise<void> | undefined;
  private next: Promise<void> | undefined;

  constructor(private readonly pool: pg.Pool) {
    super();
  }

  override keep(one: Kept): Promise<void> {
    this.gathered.push(one);
    this.next ??= this.afterThisOne();
    return this.next;
  }

  private async afterThisOne(): Promise<void> {
    await this.underWay;
    this.underWay = this.next;
    this.next = undefined;
    const together = this.gathered.splice(0);
    await this.pool.query({
      name: 'keep-all',
      text: 'INSERT INTO kept SELECT * FROM unnest($1::text[], $2::text[])',
      values: [together.map(({ headers }) => headers['msg_id_pk']), together.map(({ body }) => body.toString('utf8'))],
    });
  }
}

/** All that ours does, and a commit for each request. */
class SingleKeeper extends Keeper {
  constructor(private readonly handler: ReceivePublishesHandler) {
    super();
  }

  override keep(one: Kept): Promise<void> {
    return this.handler.execute(new ReceivePublishes([one]));
  }
}

@Controller('v1/oms/order-events')
class LeastController {
  constructor(private readonly keeper: Keeper) {}

  @Post()
  @HttpCode(202)
  async receive(@Req() { headers, body }: FastifyRequest): Promise<{ readonly state: 'received' }> {
    await this.keeper.keep({
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
      contentType: headers['content-type'],
    });
    return { state: 'received' };
  }
}

async function ourDoor(): Promise<Type> {
  const { feed, transactions, writer } = await receiverOn(databaseUrl);
  const secrets = { api: token, pushHmac: undefined, pushBearer: token };
  const proof = new CallerProof(secrets, { now: () => new Date() });

  @Module({
    imports: [CqrsModule.forRoot()],
    controllers: [OmsPushController],
    providers: [
      ReceivePublishesHandler,
      { provide: OmsOrderFeed, useValue: feed },
      { provide: Transactions, useValue: transactions },
      { provide: MessageWriter, useValue: writer },
      { provide: CallerProof, useValue: proof },
    ],
  })
  class OurDoor {}
  return OurDoor;
}

async function gatheringKeeper(): Promise<Keeper> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
  await pool.query('CREATE TABLE kept (id text PRIMARY KEY, body text NOT NULL)');
  return new GatheringKeeper(pool);
}

async function leastDoor(keeper: Keeper): Promise<Type> {
  @Module({ controllers: [LeastController], providers: [{ provide: Keeper, useValue: keeper }] })
  class LeastDoor {}
  return LeastDoor;
}

const doors: Readonly<Record<string, () => Promise<Type>>> = {
  ours: ourDoor,
  gathered: async () => leastDoor(await gatheringKeeper()),
  single: async () => leastDoor(new SingleKeeper((await receiverOn(databaseUrl)).handler)),
};
const door = await doors[kind]?.();
if (door === undefined) throw new Error(`There is no door of the kind ${kind}.`);
const app = await NestFactory.create<NestFastifyApplication>(door, new FastifyAdapter(), {
  bodyParser: false,
  logger: false,
});
takeBodiesAsTheyCome(app);
await app.listen(0, '127.0.0.1');
const ended = Promise.withResolvers<true>();
const profile = profiled === '' ? undefined : ownProfile(() => ended.promise);
beChild({ url: await app.getUrl() }, async () => {
  ended.resolve(true);
  return { profile: await profile };
});
