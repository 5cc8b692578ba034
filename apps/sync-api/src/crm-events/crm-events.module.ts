import { Logger, Module, type OnModuleInit } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { CrmDoor, type CrmBatch, type CrmChannel, type SyncFault } from '@tandem/domain';
import { Duties, type DutyToken } from '@tandem/messaging';
import { Engine } from '../platform/engine.js';
import { FeedCursors } from '../platform/feed-cursors.js';
import { inReceiptSpan } from '../platform/tracing.js';
import { ChannelReader } from './channel-reader.js';
import { ReceiveChanges, ReceiveChangesHandler } from './receive-changes.js';

const logger = new Logger('crm-events');

/** What the CRM tells of itself: changes of customers and orders, and what agents ask for. Taken in here, dealt with by the flows. */
@Module({ providers: [ReceiveChangesHandler] })
export class CrmEventsModule implements OnModuleInit {
  constructor(
    private readonly door: CrmDoor,
    private readonly cursors: FeedCursors,
    private readonly duties: Duties,
    private readonly engine: Engine,
    private readonly commands: CommandBus,
  ) {}

  onModuleInit(): void {
    const parts = {
      door: this.door,
      cursors: this.cursors,
      duties: this.duties,
      receive: (batch: CrmBatch, duty: DutyToken) => this.receive(batch, duty),
      onFault: logged,
    };
    for (const channel of this.door.channels()) {
      const reader = new ChannelReader(channel, parts);
      this.engine.door(() => {
        reader.start();
        return Promise.resolve({ close: () => reader.stop() });
      });
    }
  }

  private async receive(batch: CrmBatch, duty: DutyToken): Promise<void> {
    const attributes = { 'crm.channel': batch.channel.name, 'messaging.batch.message_count': batch.events.length };
    await inReceiptSpan('crm-events.receive', {}, attributes, () =>
      this.commands.execute(new ReceiveChanges(batch, duty)),
    );
  }
}

const logged = (fault: SyncFault, channel: CrmChannel, afterMs: number): void =>
  logger.warn(
    { code: fault.code, kind: fault.kind, org: channel.org, channel: channel.name, afterMs },
    `${fault.message} The channel is opened again later.`,
  );
