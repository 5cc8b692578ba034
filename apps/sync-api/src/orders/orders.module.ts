import { Module, type OnModuleInit } from '@nestjs/common';
import { Lanes } from '../platform/lanes.js';
import { FollowOrder, FollowOrderHandler } from './follow-order.js';
import { PlaceOrder, PlaceOrderHandler } from './place-order.js';
import { ProjectOrders, ProjectOrdersHandler } from './project-orders.js';
import { RequestSubmissionHandler } from './request-submission.js';
import { ReviseOrder, ReviseOrderHandler } from './revise-order.js';
import { SubmitOrderController } from './submit-order.controller.js';
import { SubmitOrder, SubmitOrderHandler } from './submit-order.js';
import { WantedEdit } from './wanted-edit.js';

/** A lane waits while its batch is written: what came meanwhile should fit into the next one. */
const ORDERS_TOGETHER = 200;

/** Orders on their way out: from the CRM to the OMS, and back to the CRM as what it shows. */
@Module({
  controllers: [SubmitOrderController],
  providers: [
    RequestSubmissionHandler,
    SubmitOrderHandler,
    PlaceOrderHandler,
    FollowOrderHandler,
    ReviseOrderHandler,
    ProjectOrdersHandler,
    WantedEdit,
  ],
})
export class OrdersModule implements OnModuleInit {
  constructor(private readonly lanes: Lanes) {}

  onModuleInit(): void {
    this.lanes.each('orders.submit-order', (message) =>
      message.name === 'crm-order.changed.v1' ? new FollowOrder(message) : new SubmitOrder(message),
    );
    this.lanes.each('orders.place-order', (message) =>
      message.name === 'order.revision-requested.v1' ? new ReviseOrder(message) : new PlaceOrder(message),
    );
    this.lanes.together('orders.project-order', ORDERS_TOGETHER, (messages) => new ProjectOrders(messages));
  }
}
