import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsInt, IsISO8601, IsOptional, Max, Min } from 'class-validator';

/** The body of a call that asks for a reconciliation. */
export class ReconciliationRequest {
  @ApiProperty({ description: 'Begin of the window by the clock of the OMS, ISO 8601 with its offset.' })
  @IsISO8601({ strict: true })
  readonly from!: string;

  @ApiProperty({ description: 'End of the window, included.' })
  @IsISO8601({ strict: true })
  readonly to!: string;

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
