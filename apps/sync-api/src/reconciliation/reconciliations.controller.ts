import { Controller, Get, HttpCode, Param, ParseIntPipe, Post, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { siteId, Sites, type SiteId } from '@tandem/domain';
import type { FastifyRequest } from 'fastify';
import { CallerProof } from '../platform/caller-proof.js';
import { readJsonBody } from '../platform/json-body.js';
import { bodyOf } from '../platform/raw-body.js';
import {
  Reconciliations,
  type ReconciliationReport,
  type ReconciliationWish,
  type ToldDifference,
} from '../platform/reconciliations.js';
import { siteNamed } from '../platform/site-named.js';
import { windowOf } from '../platform/window-request.js';
import { SETTLE_SECONDS } from './reconciliation-clock.js';
import { ReconciliationRequest } from './reconciliation-request.js';
import { ReconciliationWorker } from './reconciliation-worker.js';

/** Reports that are told at once, and the differences of one answer. */
const REPORTS = 50;
const DIFFERENCES = 500;

interface DifferencePage {
  readonly differences: readonly ToldDifference[];
  /** Ask on after this position; null at the end. */
  readonly after: number | null;
}

@ApiTags('reconciliation')
@ApiBearerAuth()
@Controller('v1/sites/:site/reconciliations')
export class ReconciliationsController {
  constructor(
    private readonly sites: Sites,
    private readonly reconciliations: Reconciliations,
    private readonly worker: ReconciliationWorker,
    private readonly proof: CallerProof,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary:
      'Holds the orders of a window against each other at the OMS, here and in the CRM. A dry run unless `apply` is true.',
  })
  @ApiBody({ type: ReconciliationRequest })
  @ApiResponse({ status: 202, description: 'Asked for; `id` tells where to ask how far it is.' })
  @ApiResponse({ status: 400, description: 'The body is malformed, or the window ends before it begins.' })
  async ask(@Param('site') name: string, @Req() request: FastifyRequest): Promise<ReconciliationReport> {
    this.proof.assertApiCaller(request.headers);
    const site = this.known(name);
    const id = await this.reconciliations.request(wishOf(site, readJsonBody(bodyOf(request), ReconciliationRequest)));
    this.worker.wake();
    return this.reconciliations.report(site, id);
  }

  @Get()
  @ApiOperation({ summary: 'The latest reconciliations of the site, the newest first.' })
  latest(@Param('site') name: string, @Req() request: FastifyRequest): Promise<readonly ReconciliationReport[]> {
    this.proof.assertApiCaller(request.headers);
    return this.reconciliations.latest(this.known(name), REPORTS);
  }

  @Get(':id')
  @ApiOperation({ summary: 'How far a reconciliation is, and what it found, by class and by repair.' })
  @ApiResponse({ status: 404, description: 'The site has no such reconciliation.' })
  report(
    @Param('site') name: string,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<ReconciliationReport> {
    this.proof.assertApiCaller(request.headers);
    return this.reconciliations.report(this.known(name), id);
  }

  @Get(':id/differences')
  @ApiOperation({ summary: 'What it found, order by order, with the repair of each.' })
  @ApiQuery({ name: 'after', required: false, description: 'The position that the answer before ended with.' })
  async differences(
    @Param('site') name: string,
    @Param('id') id: string,
    @Query('after', new ParseIntPipe({ optional: true })) after: number | undefined,
    @Req() request: FastifyRequest,
  ): Promise<DifferencePage> {
    this.proof.assertApiCaller(request.headers);
    const report = await this.reconciliations.report(this.known(name), id);
    const differences = await this.reconciliations.differences(report.id, after ?? 0, DIFFERENCES);
    return { differences, after: differences.length < DIFFERENCES ? null : (differences.at(-1)?.position ?? null) };
  }

  private known(name: string): SiteId {
    return siteNamed(this.sites, siteId(name)).id;
  }
}

const wishOf = (site: SiteId, body: ReconciliationRequest): ReconciliationWish => ({
  site,
  ...windowOf(body),
  apply: body.apply ?? false,
  settleMs: (body.settleSeconds ?? SETTLE_SECONDS) * 1_000,
});
