import { Module, type OnModuleInit } from '@nestjs/common';
import { Lanes } from '../platform/lanes.js';
import { OmsPushController } from './oms-push.controller.js';
import { OmsPull } from './oms-pull.js';
import { OmsQueue } from './oms-queue.js';
import { ReceivePublishesHandler } from './receive-publishes.js';
import { RecordSnapshots, RecordSnapshotsHandler } from './record-snapshots.js';

const SNAPSHOTS_TOGETHER = 100;

/** What the OMS says of orders: received at a door, kept, and taken into the order's life. */
@Module({
  controllers: [OmsPushController],
  providers: [OmsQueue, OmsPull, ReceivePublishesHandler, RecordSnapshotsHandler],
})
export class FulfillmentModule implements OnModuleInit {
  constructor(
    private readonly lanes: Lanes,
    private readonly queue: OmsQueue,
    private readonly pull: OmsPull,
  ) {}

  onModuleInit(): void {
    this.lanes.together('fulfillment.record-snapshot', SNAPSHOTS_TOGETHER, (messages) => new RecordSnapshots(messages));
    this.queue.open();
    this.pull.open();
  }
}
