import { Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { ParkedMessages, type ParkedGroup } from '@tandem/messaging';
import { IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { CallerProof } from '../platform/caller-proof.js';
import { readJsonBody } from '../platform/json-body.js';
import { bodyOf } from '../platform/raw-body.js';
import { Transactions } from '../platform/transactions.js';

const MOST_GROUPS = 200;

/** Names a group, as the list of groups does. */
class ReleaseRequest {
  @ApiProperty({ description: 'Code of the reason', example: 'oms.unmapped_status' })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  readonly code: string = '';

  @ApiPropertyOptional({ description: 'As the group has it; left out where the group has none' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  readonly field?: string | null;

  @ApiPropertyOptional({ description: 'As the group has it; left out where the group has none' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  readonly value?: string | null;
}

/** What was set aside, and how it gets going again once its cause is mended. */
@ApiTags('operations')
@ApiBearerAuth()
@Controller('v1/operations/parked-messages')
export class ParkedMessagesController {
  constructor(
    private readonly database: DataSource,
    private readonly transactions: Transactions,
    private readonly proof: CallerProof,
  ) {}

  @Get('groups')
  @ApiOperation({
    summary:
      'Parked messages by what they failed of: those of one reason and one value, such as a status that nobody has mapped, are one group.',
  })
  groups(@Req() request: FastifyRequest): Promise<readonly ParkedGroup[]> {
    this.proof.assertApiCaller(request.headers);
    return new ParkedMessages().groups(this.database.manager, MOST_GROUPS);
  }

  @Post('release')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Gives every message of a group back to its queue, oldest first. What fails again is parked again, in the group of its new reason.',
  })
  @ApiBody({ type: ReleaseRequest })
  async release(@Req() request: FastifyRequest): Promise<{ readonly released: number }> {
    this.proof.assertApiCaller(request.headers);
    const { code, field = null, value = null } = readJsonBody(bodyOf(request), ReleaseRequest);
    const released = await this.transactions.run(async (tx) => {
      const count = await tx.release({ code, field, value });
      if (count === 0) return count;
      const details = { field: field ?? '', value: value ?? '', released: count };
      await tx.audit.note([{ action: 'parked-messages.released', subject: code, actor: 'operator', details }]);
      return count;
    });
    return { released };
  }
}
