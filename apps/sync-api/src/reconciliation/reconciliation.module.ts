import { Module } from '@nestjs/common';
import { CompareOrders } from './compare-orders.js';
import { ReconciliationWorker } from './reconciliation-worker.js';
import { ReconciliationsController } from './reconciliations.controller.js';
import { RepairOrders } from './repair-orders.js';
import { RunReconciliation } from './run-reconciliation.js';

/** OMS, ledger and CRM held against each other: what a lost message left undone is found and made good. */
@Module({
  controllers: [ReconciliationsController],
  providers: [CompareOrders, RepairOrders, RunReconciliation, ReconciliationWorker],
})
export class ReconciliationModule {}
