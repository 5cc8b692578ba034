import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { PermanentFault } from '@tandem/domain';
import { Replays, type ParkedCount, type ParkedSelection, type Replay } from '@tandem/messaging';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { CallerProof } from '../platform/caller-proof.js';
import { readJsonBody } from '../platform/json-body.js';
import { bodyOf } from '../platform/raw-body.js';
import { Transactions } from '../platform/transactions.js';
import { ReplayRequest, selectionOf } from './replay-request.js';
import { ReplayWorker } from './replay-worker.js';

const MOST_REPLAYS = 50;
const PER_SECOND = 20;

/** Parked messages that are given back by selection, at a pace that the far sides can bear. */
@ApiTags('operations')
@ApiBearerAuth()
@Controller('v1/operations/parked-messages/replays')
export class ReplaysController {
  private readonly replays = new Replays();

  constructor(
    private readonly database: DataSource,
    private readonly transactions: Transactions,
    private readonly worker: ReplayWorker,
    private readonly proof: CallerProof,
  ) {}

  @Post()
  @ApiOperation({
    summary:
      'Gives the parked messages of a selection back to their queues, oldest first, so many a second. A dry run, which tells how many they are, unless `apply` is true.',
  })
  @ApiBody({ type: ReplayRequest })
  @ApiResponse({ status: 200, description: 'A dry run: how many messages are meant.' })
  @ApiResponse({ status: 202, description: 'Begun; `id` tells where to ask how far it is.' })
  @ApiResponse({ status: 400, description: 'The body is malformed, or says nothing of which messages are meant.' })
  async begin(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ParkedCount | Replay> {
    this.proof.assertApiCaller(request.headers);
    const { apply = false, perSecond = PER_SECOND, ...meant } = readJsonBody(bodyOf(request), ReplayRequest);
    const selection = selectionOf(meant);
    reply.status(apply ? 202 : 200);
    if (!apply) return this.replays.count(this.database.manager, selection);
    const replay = await this.transactions.run(async (tx) => {
      const begun = await tx.beginReplay(selection, perSecond);
      const details = { ...begunWith(selection), perSecond, selected: begun.selected };
      await tx.audit.note([{ action: 'parked-messages.replay-begun', subject: begun.id, actor: 'operator', details }]);
      return begun;
    });
    this.worker.wake();
    return replay;
  }

  @Get()
  @ApiOperation({ summary: 'The latest replays, the newest first.' })
  latest(@Req() request: FastifyRequest): Promise<readonly Replay[]> {
    this.proof.assertApiCaller(request.headers);
    return this.replays.latest(this.database.manager, MOST_REPLAYS);
  }

  @Get(':id')
  @ApiOperation({ summary: 'How far a replay is.' })
  @ApiResponse({ status: 404, description: 'There is no such replay.' })
  async report(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Replay> {
    this.proof.assertApiCaller(request.headers);
    return known(await this.replays.find(this.database.manager, id));
  }

  @Post(':id/stop')
  @HttpCode(200)
  @ApiOperation({ summary: 'Stops a replay: what it has not given back yet stays parked.' })
  @ApiResponse({ status: 404, description: 'There is no such replay.' })
  async stop(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Replay> {
    this.proof.assertApiCaller(request.headers);
    return this.transactions.run(async (tx) => {
      const replay = known(await tx.stopReplay(id));
      if (replay.state !== 'stopped') return replay;
      const details = { released: replay.released };
      await tx.audit.note([{ action: 'parked-messages.replay-stopped', subject: id, actor: 'operator', details }]);
      return replay;
    });
  }
}

function known(replay: Replay | undefined): Replay {
  if (replay) return replay;
  throw new PermanentFault('replay.not_found', 'There is no such replay.');
}

const begunWith = (selection: ParkedSelection): Record<string, string> =>
  Object.fromEntries(Object.entries(selection).filter((entry): entry is [string, string] => entry[1] !== undefined));
