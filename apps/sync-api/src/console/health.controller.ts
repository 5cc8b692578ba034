import { Controller, Get } from '@nestjs/common';
import {
  HealthCheck,
  HealthCheckService,
  HealthIndicatorService,
  TypeOrmHealthIndicator,
  type HealthCheckResult,
} from '@nestjs/terminus';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CrmOrgReports, type CallBudget } from '@tandem/domain';
import { LaneConsumer, MessageBus, OutboxRelay } from '@tandem/messaging';

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
    private readonly orgs: CrmOrgReports,
    private readonly lanes: LaneConsumer,
  ) {}

  @Get()
  @HealthCheck()
  @ApiOperation({
    summary:
      'Whether the database answers, messages flow, the outbox is sent in time, which far sides do not answer, and how many calls of the CRM are left.',
  })
  check(): Promise<HealthCheckResult> {
    return this.health.check([
      () => this.database.pingCheck('database', { timeout: 2000 }),
      () => this.busFlows(),
      () => this.relayKeepsUp(),
      () => this.farSides(),
      ...this.orgs.budgets().map(
        ({ org, budget }) =>
          () =>
            this.callsLeft(org, budget),
      ),
    ]);
  }

  private async busFlows() {
    const { up, detail } = await this.bus.healthy();
    const indicator = this.indicators.check('bus');
    return up ? indicator.up({ detail }) : indicator.down({ detail });
  }

  /** As this process knows it. Shown, never a reason to be down: messages wait for the far side, and a restart would not bring it back. */
  private farSides() {
    return this.indicators.check('farSides').up({ down: this.lanes.connectionsDown() });
  }

  /** Shown, never a reason to be down: nobody is helped where the service restarts because an org is busy. */
  private callsLeft(org: string, budget: CallBudget | undefined) {
    return this.indicators.check(`crm-${org}`).up(budget ? { ...budget } : { calls: 'not known yet' });
  }

  private async relayKeepsUp() {
    const { due, oldestMs } = await this.relay.lag();
    const indicator = this.indicators.check('relay');
    return oldestMs < LAG_LIMIT_MS ? indicator.up({ due, oldestMs }) : indicator.down({ due, oldestMs });
  }
}
