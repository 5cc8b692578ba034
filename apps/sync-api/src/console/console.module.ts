import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { HealthController } from './health.controller.js';
import { OperationsController } from './operations.controller.js';

/** What operators and their machines ask of a running installation. */
@Module({ imports: [TerminusModule.forRoot({ logger: false })], controllers: [HealthController, OperationsController] })
export class ConsoleModule {}
