import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsInt, IsOptional, Max, Min } from 'class-validator';
import { WindowRequest } from '../platform/window-request.js';

/** The body of a call that asks for a reconciliation. */
export class ReconciliationRequest extends WindowRequest {
  @ApiPropertyOptional({ description: 'True to repair what is found; otherwise it is a dry run.', default: false })
  @IsOptional()
  @IsBoolean()
  readonly apply?: boolean;

  @ApiPropertyOptional({
    description: 'A difference counts when it is still there so long after the first look. Seconds.',
    default: 60,
    minimum: 0,
    maximum: 3600,
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(3600)
  readonly settleSeconds?: number;
}
