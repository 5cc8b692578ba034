import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FeedDelivery } from '@tandem/domain';
import { OmsDoors } from '../platform/doors.js';
import { Engine } from '../platform/engine.js';
import { inReceiptSpan } from '../platform/tracing.js';
import { ReceivePublishes } from './receive-publishes.js';

/** The doors for publishes that are pulled from the OMS's own broker. Acknowledged after they are kept. */
@Injectable()
export class OmsPull {
  constructor(
    private readonly engine: Engine,
    private readonly commands: CommandBus,
    private readonly doors: OmsDoors,
  ) {}

  open(): void {
    for (const door of this.doors.all) this.engine.door(() => door.open((batch) => this.receive(batch)));
  }

  private async receive(batch: readonly FeedDelivery[]): Promise<void> {
    const attributes = { 'messaging.batch.message_count': batch.length };
    const publishes = batch.map(({ headers, body }) => ({ headers, body: Buffer.from(body), contentType: undefined }));
    await inReceiptSpan('fulfillment.receive-pull', batch[0]?.headers ?? {}, attributes, () =>
      this.commands.execute(new ReceivePublishes(publishes)),
    );
  }
}
