import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601 } from 'class-validator';

/** The body of a call to rebuild the ledger: which orders, by when the OMS last changed them. Both ends included. */
export class RebuildRequest {
  @ApiProperty({ description: 'An instant of ISO 8601, such as `2026-03-01T00:00:00Z`.' })
  @IsISO8601({ strict: true })
  readonly from!: string;

  @ApiProperty({ description: 'An instant of ISO 8601, not before `from`.' })
  @IsISO8601({ strict: true })
  readonly to!: string;
}
