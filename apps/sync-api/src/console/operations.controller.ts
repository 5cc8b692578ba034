import { Controller, Get, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { CallerProof } from '../platform/caller-proof.js';

interface Summary {
  /** Foreign messages by what became of them. */
  readonly archive: Readonly<Record<string, number>>;
  readonly outbox: { readonly waiting: number };
  readonly orders: { readonly accepted: number; readonly submitted: number; readonly notYetShown: number };
  readonly parked: readonly {
    readonly queue: string;
    readonly key: string;
    readonly code: string;
    readonly sentence: string;
  }[];
}

const ARCHIVE = 'SELECT state, count(*)::int AS count FROM message_archive GROUP BY state';
const OUTBOX = 'SELECT count(*)::int AS waiting FROM outbox_messages WHERE sent_at IS NULL';
const ORDERS = `
  SELECT count(*) FILTER (WHERE state = 'accepted')::int AS accepted, count(*) FILTER (WHERE state = 'submitted')::int AS submitted,
    count(*) FILTER (WHERE version <> acknowledged_version)::int AS "notYetShown" FROM orders`;
const PARKED = `
  SELECT queue, key, reason->>'code' AS code, reason->>'sentence' AS sentence FROM parked_messages ORDER BY parked_at DESC LIMIT 100`;

const NOTHING_YET = { received: 0, done: 0, waiting: 0, parked: 0, duplicate: 0 };

/** What operators look at first. */
@ApiTags('operations')
@ApiBearerAuth()
@Controller('v1/operations')
export class OperationsController {
  constructor(
    private readonly database: DataSource,
    private readonly proof: CallerProof,
  ) {}

  @Get('summary')
  @ApiOperation({
    summary: 'Messages by state, what waits to be sent, and the latest parked messages with their reasons.',
  })
  async summary(@Req() request: FastifyRequest): Promise<Summary> {
    this.proof.assertApiCaller(request.headers);
    const [states, [outbox], [orders], parked] = await Promise.all([
      this.database.query<{ state: string; count: number }[]>(ARCHIVE),
      this.database.query<Summary['outbox'][]>(OUTBOX),
      this.database.query<Summary['orders'][]>(ORDERS),
      this.database.query<Summary['parked']>(PARKED),
    ]);
    return {
      archive: { ...NOTHING_YET, ...Object.fromEntries(states.map(({ state, count }) => [state, count])) },
      outbox: outbox ?? { waiting: 0 },
      orders: orders ?? { accepted: 0, submitted: 0, notYetShown: 0 },
      parked,
    };
  }
}
