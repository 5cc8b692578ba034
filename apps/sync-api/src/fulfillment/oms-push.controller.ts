import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CallerProof } from '../platform/caller-proof.js';
import { bodyOf } from '../platform/raw-body.js';
import { inReceiptSpan } from '../platform/tracing.js';
import { ReceivePublishes } from './receive-publishes.js';

/** The door for publishes that are pushed over HTTP. */
@ApiTags('oms')
@ApiBearerAuth()
@Controller('v1/oms/order-events')
export class OmsPushController {
  constructor(
    private readonly commands: CommandBus,
    private readonly proof: CallerProof,
  ) {}

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
      this.commands.execute(new ReceivePublishes([publish])),
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
