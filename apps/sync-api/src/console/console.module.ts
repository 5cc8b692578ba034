import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { CrmOrgsController } from './crm-orgs.controller.js';
import { HealthController } from './health.controller.js';
import { OperationsController } from './operations.controller.js';
import { ParkedMessagesController } from './parked-messages.controller.js';
import { ReplayWorker } from './replay-worker.js';
import { ReplaysController } from './replays.controller.js';

/** What operators and their machines ask of a running installation. */
@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController, OperationsController, ParkedMessagesController, ReplaysController, CrmOrgsController],
  providers: [ReplayWorker],
})
export class ConsoleModule {}
