import type { Command, CommandBus } from '@nestjs/cqrs';
import type { LaneConsumer, Message, MessageOn, Outcome, QueueName } from '@tandem/messaging';
import type { Engine } from './engine.js';

/** The edge between queues and use cases: says which command a message becomes. Faults are dealt with behind it. */
export class Lanes {
  constructor(
    private readonly engine: Engine,
    private readonly consumer: LaneConsumer,
    private readonly commands: CommandBus,
  ) {}

  /** One command for each message, one after the other within a lane. */
  each<Queue extends QueueName>(queue: Queue, toCommand: (message: Message<MessageOn<Queue>>) => Command<void>): void {
    this.engine.intake((lanes) =>
      this.consumer.consumeEach(queue, { batchSize: 16, lanes }, (message) =>
        this.commands.execute(toCommand(message)),
      ),
    );
  }

  /** One command for a batch of messages. */
  together<Queue extends QueueName>(
    queue: Queue,
    batchSize: number,
    toCommand: (messages: readonly Message<MessageOn<Queue>>[]) => Command<readonly Outcome[]>,
  ): void {
    this.engine.intake((lanes) =>
      this.consumer.consume(queue, { batchSize, lanes }, (messages) => this.commands.execute(toCommand(messages))),
    );
  }
}
