import { Module } from '@nestjs/common';
import { PresentOrders } from './present-orders.js';
import { RebuildLedger } from './rebuild-ledger.js';
import { RebuildsController } from './rebuilds.controller.js';

/** The ledger, from what both sides show: for when our own database is lost. */
@Module({ controllers: [RebuildsController], providers: [PresentOrders, RebuildLedger] })
export class RebuildModule {}
