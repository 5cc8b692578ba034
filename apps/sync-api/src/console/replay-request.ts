import { ApiPropertyOptional } from '@nestjs/swagger';
import { PermanentFault } from '@tandem/domain';
import type { ParkedSelection } from '@tandem/messaging';
import { IsBoolean, IsInt, IsISO8601, IsOptional, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';

/** The body of a call that asks for a replay. What it names must hold all together. */
export class ReplayRequest {
  @ApiPropertyOptional({ example: 'orders.place-order' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  readonly queue?: string;

  @ApiPropertyOptional({ description: 'Code of the reason', example: 'oms.unavailable' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  readonly code?: string;

  @ApiPropertyOptional({ description: 'As the message has it: a site, or the organization of a publish of the OMS' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  readonly site?: string;

  @ApiPropertyOptional({ description: 'The number of an order, say' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  readonly key?: string;

  @ApiPropertyOptional({ description: 'Parked at this instant or later, ISO 8601' })
  @IsOptional()
  @IsISO8601({ strict: true })
  readonly from?: string;

  @ApiPropertyOptional({ description: 'Parked at this instant or earlier, ISO 8601' })
  @IsOptional()
  @IsISO8601({ strict: true })
  readonly to?: string;

  @ApiPropertyOptional({ description: 'So many messages a second at the most', default: 20, minimum: 1, maximum: 2000 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2000)
  readonly perSecond?: number;

  @ApiPropertyOptional({ description: 'True to give them back; otherwise it is a dry run', default: false })
  @IsOptional()
  @IsBoolean()
  readonly apply?: boolean;
}

/** A PermanentFault `api.bad_request` where nothing is named: all that is parked is hardly ever meant. */
export function selectionOf({ queue, code, site, key, from, to }: ParkedSelection): ParkedSelection {
  const selection = { queue, code, site, key, from: instant(from), to: instant(to) };
  if (Object.values(selection).some((value) => value !== undefined)) return selection;
  const sentence = 'The call says nothing of which messages are meant.';
  const remedy = 'Name at least one of queue, code, site, key, from and to.';
  const violations = [{ field: 'body', rule: 'selection.named', sentence, remedy }];
  throw new PermanentFault('api.bad_request', sentence, { violations });
}

/** The database would read an instant without an offset by its own clock's zone. */
const instant = (text: string | undefined) => (text === undefined ? undefined : new Date(text).toISOString());
