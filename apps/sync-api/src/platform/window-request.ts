import { instantOf, PermanentFault, type Instant } from '@tandem/domain';
import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601 } from 'class-validator';

/** Orders by when the OMS last changed them. */
export interface Window {
  readonly from: Instant;
  readonly to: Instant;
}

/** What a call says of a window. Both ends included. */
export class WindowRequest {
  @ApiProperty({ description: 'An instant of ISO 8601 by the clock of the OMS, such as `2026-03-01T00:00:00Z`.' })
  @IsISO8601({ strict: true })
  readonly from!: string;

  @ApiProperty({ description: 'An instant of ISO 8601, not before `from`.' })
  @IsISO8601({ strict: true })
  readonly to!: string;
}

/** A PermanentFault `api.bad_request` where it ends before it begins. */
export function windowOf({ from, to }: WindowRequest): Window {
  const window = { from: instantOf(new Date(from)), to: instantOf(new Date(to)) };
  if (window.to < window.from) throw windowTurned();
  return window;
}

const windowTurned = () =>
  new PermanentFault('api.bad_request', 'The window ends before it begins.', {
    violations: [
      {
        field: 'to',
        rule: 'window.forward',
        sentence: '`to` is before `from`.',
        remedy: 'Give the earlier instant as `from`; both ends are included.',
      },
    ],
  });
