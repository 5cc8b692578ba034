import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { MessageBus, redactHeaders, type RawDelivery } from '@tandem/messaging';
import { Doors } from '../platform/doors.js';
import { Engine } from '../platform/engine.js';
import { inReceiptSpan } from '../platform/tracing.js';
import { ReceivePublishes, type ReceivedPublish } from './receive-publishes.js';

/** One transaction takes in up to so many publishes. */
const BATCH = 500;

/** The door for publishes that arrive on a queue of the broker, or have died on one. Acknowledges after they are kept. */
@Injectable()
export class OmsQueue {
  constructor(
    private readonly engine: Engine,
    private readonly bus: MessageBus,
    private readonly commands: CommandBus,
    private readonly doors: Doors,
  ) {}

  open(): void {
    for (const queue of this.doors.omsQueues)
      this.engine.intake(() => this.bus.consumeExternal(queue, { batchSize: BATCH }, (batch) => this.receive(batch)));
  }

  private async receive(batch: readonly RawDelivery[]): Promise<void> {
    const attributes = { 'messaging.batch.message_count': batch.length };
    await inReceiptSpan('fulfillment.receive-queue', batch[0]?.headers ?? {}, attributes, () =>
      this.commands.execute(new ReceivePublishes(batch.map(publishOf))),
    );
  }
}

const publishOf = ({ headers, body, contentType, messageId }: RawDelivery): ReceivedPublish => ({
  headers: {
    ...(messageId !== undefined && { 'message-id': messageId }),
    ...Object.fromEntries(
      Object.entries(redactHeaders(headers)).map(([name, value]) => [name.toLowerCase(), textOf(value)]),
    ),
  },
  body,
  contentType,
});

/** What the broker writes of the deaths of a message is a list of tables (`x-death`). */
const textOf = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
