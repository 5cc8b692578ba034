import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CallerProof } from '../platform/caller-proof.js';
import { Gathering } from '../platform/gathering.js';
import { bodyOf } from '../platform/raw-body.js';
import { currentTraceparent, inReceiptSpan } from '../platform/tracing.js';
import { ReceivePublishes, type ReceivedPublish } from './receive-publishes.js';

/** One commits while the next is prepared: quicker than one alone while few push; more of them would gather less each. */
const COMMITS = { underWay: 2, together: 100 };

/** The door for publishes that are pushed over HTTP. */
@ApiTags('oms')
@ApiBearerAuth()
@Controller('v1/oms/order-events')
export class OmsPushController {
  private readonly receipts: Gathering<ReceivedPublish>;

  constructor(
    commands: CommandBus,
    private readonly proof: CallerProof,
  ) {
    this.receipts = new Gathering((publishes) => commands.execute(new ReceivePublishes(publishes)), COMMITS);
  }

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary:
      'Takes order publishes of the OMS: single or consolidated, bare or wrapped; signed, or with a bearer token.',
    description:
      'Answers once the message is safely kept. One that cannot be read is kept and parked for a person, and answered all the same: sending it again would not help.',
  })
  @ApiResponse({ status: 202, description: 'Kept.' })
  @ApiResponse({ status: 401, description: 'Neither signature nor bearer token was right.' })
  async receive(@Req() request: FastifyRequest): Promise<{ readonly state: 'received' }> {
    const body = bodyOf(request);
    this.proof.assertOmsPush(request.headers, body);
    const publish = { headers: singleValued(request.headers), body, contentType: request.headers['content-type'] };
    await inReceiptSpan('fulfillment.receive-push', request.headers, {}, () =>
      this.receipts.add({ ...publish, traceparent: currentTraceparent() }),
    );
    return { state: 'received' };
  }
}

const singleValued = (headers: FastifyRequest['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
