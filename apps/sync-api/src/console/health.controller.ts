import { Controller, Get } from '@nestjs/common';
import {
  HealthCheck,
  HealthCheckService,
  HealthIndicatorService,
  TypeOrmHealthIndicator,
  type HealthCheckResult,
} from '@nestjs/terminus';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { MessageBus, OutboxRelay } from '@tandem/messaging';

/** A relay that is further behind has stopped, or cannot keep up. */
const LAG_LIMIT_MS = 60_000;

@ApiTags('operations')
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly database: TypeOrmHealthIndicator,
    private readonly bus: MessageBus,
    private readonly relay: OutboxRelay,
  ) {}

  @Get()
  @HealthCheck()
  @ApiOperation({ summary: 'Whether the database answers, messages flow, and the outbox is sent in time.' })
  check(): Promise<HealthCheckResult> {
    return this.health.check([
      () => this.database.pingCheck('database', { timeout: 2000 }),
      () => this.busFlows(),
      () => this.relayKeepsUp(),
    ]);
  }

  private async busFlows() {
    const { up, detail } = await this.bus.healthy();
    const indicator = this.indicators.check('bus');
    return up ? indicator.up({ detail }) : indicator.down({ detail });
  }

  private async relayKeepsUp() {
    const { due, oldestMs } = await this.relay.lag();
    const indicator = this.indicators.check('relay');
    return oldestMs < LAG_LIMIT_MS ? indicator.up({ due, oldestMs }) : indicator.down({ due, oldestMs });
  }
}
