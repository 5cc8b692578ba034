import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';

/** The body of a call to submit an order. */
export class SubmissionRequest {
  @ApiPropertyOptional({
    description: 'Who asked for it, as the CRM names the user; stands in the audit trail.',
    maxLength: 80,
  })
  @IsOptional()
  @IsString()
  @MaxLength(80)
  readonly requestedBy?: string;
}
