import { Controller, Get, Headers, HttpCode, Param, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { crmOrderId } from '@tandem/domain';
import type { FastifyRequest } from 'fastify';
import { CallerProof } from '../platform/caller-proof.js';
import { bodyOf } from '../platform/raw-body.js';
import { inReceiptSpan } from '../platform/tracing.js';
import { RequestSubmission, type SubmissionReceipt } from './request-submission.js';
import { SubmissionRequest } from './submission-request.js';
import { SubmissionStatuses, type SubmissionStatus } from '../platform/submission-statuses.js';

@ApiTags('orders')
@ApiBearerAuth()
@Controller('v1/sites/:site/orders/:crmOrderId')
export class SubmitOrderController {
  constructor(
    private readonly commands: CommandBus,
    private readonly statuses: SubmissionStatuses,
    private readonly proof: CallerProof,
  ) {}

  @Post('submit')
  @HttpCode(202)
  @ApiOperation({
    summary:
      'Sends an order of the CRM to the OMS. Answers once the request is safely kept; the order itself is read afterwards.',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Same key and body: same answer. Same key and other body: 422.',
  })
  @ApiBody({ type: SubmissionRequest, required: false })
  @ApiResponse({ status: 202, description: 'Kept; `follow` tells where to ask how it went.' })
  @ApiResponse({ status: 400, description: 'The body is malformed or has an unknown field.' })
  @ApiResponse({ status: 404, description: 'There is no such site.' })
  @ApiResponse({ status: 422, description: 'The idempotency key was used for another request.' })
  submit(
    @Param('site') site: string,
    @Param('crmOrderId') order: string,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<SubmissionReceipt> {
    this.proof.assertApiCaller(request.headers);
    const call = { headers: request.headers, body: bodyOf(request), idempotencyKey };
    const attributes = { 'tandem.site': site, 'tandem.crm_order_id': order };
    return inReceiptSpan('orders.receive-submission', request.headers, attributes, () =>
      this.commands.execute(new RequestSubmission(site, crmOrderId(order), call)),
    );
  }

  @Get()
  @ApiOperation({
    summary:
      'Tells how far an order has come: received, parked with its reasons, accepted, or at the OMS with its status.',
  })
  @ApiResponse({ status: 404, description: 'The order was never submitted here.' })
  follow(
    @Param('site') site: string,
    @Param('crmOrderId') order: string,
    @Req() request: FastifyRequest,
  ): Promise<SubmissionStatus> {
    this.proof.assertApiCaller(request.headers);
    return this.statuses.find(site, crmOrderId(order));
  }
}
