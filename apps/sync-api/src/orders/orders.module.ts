import { Module, type OnModuleInit } from '@nestjs/common';
import { Lanes } from '../platform/lanes.js';
import type { Command } from '@nestjs/cqrs';
import type { Message, MessageOn } from '@tandem/messaging';
import { CarryOutRequest, CarryOutRequestHandler } from './carry-out-request.js';
import { FollowOrder, FollowOrderHandler } from './follow-order.js';
import { PlaceOrder, PlaceOrderHandler } from './place-order.js';
import { ProjectOrders, ProjectOrdersHandler } from './project-orders.js';
import { RequestSubmissionHandler } from './request-submission.js';
import { ReviseOrder, ReviseOrderHandler } from './revise-order.js';
import { SubmitOrderController } from './submit-order.controller.js';
import { SubmitOrder, SubmitOrderHandler } from './submit-order.js';
import { TakeRequest, TakeRequestHandler } from './take-request.js';
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
    TakeRequestHandler,
    CarryOutRequestHandler,
    ProjectOrdersHandler,
    WantedEdit,
  ],
})
export class OrdersModule implements OnModuleInit {
  constructor(private readonly lanes: Lanes) {}

  onModuleInit(): void {
    this.lanes.each('orders.submit-order', submitting);
    this.lanes.each('orders.place-order', placing);
    this.lanes.together('orders.project-order', ORDERS_TOGETHER, (messages) => new ProjectOrders(messages));
  }
}

function submitting(message: Message<MessageOn<'orders.submit-order'>>): Command<void> {
  if (message.name === 'crm-order.changed.v1') return new FollowOrder(message);
  if (message.name === 'agent-action.asked.v1') return new TakeRequest(message);
  return new SubmitOrder(message);
}

function placing(message: Message<MessageOn<'orders.place-order'>>): Command<void> {
  if (message.name === 'order.revision-requested.v1') return new ReviseOrder(message);
  if (message.name === 'order.action-requested.v1') return new CarryOutRequest(message);
  return new PlaceOrder(message);
}
