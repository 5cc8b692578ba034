import { Readable } from 'node:stream';
import { Controller, HttpCode, Param, Post, Req, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { siteId, Sites } from '@tandem/domain';
import type { FastifyRequest } from 'fastify';
import { CallerProof } from '../platform/caller-proof.js';
import { readJsonBody } from '../platform/json-body.js';
import { bodyOf } from '../platform/raw-body.js';
import { siteNamed } from '../platform/site-named.js';
import { windowOf, WindowRequest } from '../platform/window-request.js';
import { RebuildLedger, type RebuildNews } from './rebuild-ledger.js';

@ApiTags('operations')
@ApiBearerAuth()
@Controller('v1/sites/:site/rebuilds')
export class RebuildsController {
  constructor(
    private readonly sites: Sites,
    private readonly ledger: RebuildLedger,
    private readonly proof: CallerProof,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Takes orders that our database has lost into it again, from what both sides show. Answers as it goes, one object of JSON a line: `progress`, `refused` for an order that cannot be, and in the end `done` or `stopped`. Hanging up stops it; called again, it goes on.',
  })
  @ApiBody({ type: WindowRequest })
  @ApiResponse({ status: 200, description: 'Lines of JSON (`application/x-ndjson`) until it is done.' })
  @ApiResponse({ status: 400, description: 'The body is malformed, or its window ends before it begins.' })
  @ApiResponse({ status: 404, description: 'There is no such site.' })
  rebuild(@Param('site') site: string, @Req() request: FastifyRequest): StreamableFile {
    this.proof.assertApiCaller(request.headers);
    const profile = siteNamed(this.sites, siteId(site));
    const window = windowOf(readJsonBody(bodyOf(request), WindowRequest));
    const lines = Readable.from(asLines(this.ledger.rebuild(profile, window)));
    return new StreamableFile(lines, { type: 'application/x-ndjson' });
  }
}

async function* asLines(news: AsyncIterable<RebuildNews>): AsyncGenerator<string> {
  for await (const one of news) yield `${JSON.stringify(one)}\n`;
}
