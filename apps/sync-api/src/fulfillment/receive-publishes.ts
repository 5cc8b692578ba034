import { createHash } from 'node:crypto';
import { faultOf, OmsOrderFeed, PermanentFault, type FeedEnvelope, type SyncFault } from '@tandem/domain';
import { MessageWriter, parkReason, type Message, type ParkedMessage } from '@tandem/messaging';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { currentTraceId, currentTraceparent, traceIdIn } from '../platform/tracing.js';
import { LIMIT_BYTES } from '../platform/raw-body.js';
import { Transactions, type Transaction } from '../platform/transactions.js';

/** A publish of the OMS as a door took it in. Header names in lower case. */
export interface ReceivedPublish {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly contentType: string | undefined;
  /** W3C trace context of the request that brought it; where there is none, that of the whole receipt counts. */
  readonly traceparent?: string | undefined;
}

/** Keeps publishes of the OMS, tells new ones from repeats, and puts the work in the outbox. One transaction, whatever the number. */
export class ReceivePublishes extends Command<void> {
  constructor(readonly publishes: readonly ReceivedPublish[]) {
    super();
  }
}

/** The same whichever door a publish came through, so that a repeat is known at another door as well. */
const SOURCE = 'oms.order-events';

/** A publish with what its envelope says, or why that cannot be read. */
interface Opened {
  readonly publish: ReceivedPublish;
  readonly envelope: FeedEnvelope | undefined;
  readonly fault: SyncFault | undefined;
  readonly dedupeKey: string;
}

interface Kept extends Opened {
  readonly archiveId: string;
}

@CommandHandler(ReceivePublishes)
export class ReceivePublishesHandler implements ICommandHandler<ReceivePublishes> {
  constructor(
    private readonly feed: OmsOrderFeed,
    private readonly transactions: Transactions,
    private readonly messages: MessageWriter,
  ) {}

  async execute({ publishes }: ReceivePublishes): Promise<void> {
    const opened = publishes.map((publish) => this.open(publish));
    await this.transactions.run(async (tx) => {
      const kept = await keep(tx, opened);
      const { fresh, duplicates } = await tx.claimForeign(SOURCE, kept);
      await tx.archive.mark(
        duplicates.map(({ archiveId }) => archiveId),
        'duplicate',
      );
      await park(tx, fresh);
      await tx.send(fresh.flatMap((one) => this.work(one)));
    });
  }

  /** Told apart by the bytes that are kept: a token that the OMS renews would make a repeat look new. */
  private open(received: ReceivedPublish): Opened {
    const publish = { ...received, body: Buffer.from(this.feed.keepable(received)) };
    try {
      if (publish.body.length > LIMIT_BYTES) throw oversized(publish.body.length);
      const envelope = this.feed.open(publish);
      return { publish, envelope, fault: undefined, dedupeKey: envelope.messageId ?? hashOf(publish.body) };
    } catch (thrown) {
      return { publish, envelope: undefined, fault: faultOf(thrown), dedupeKey: hashOf(publish.body) };
    }
  }

  private work({ publish, envelope, archiveId }: Kept): readonly Message[] {
    const cause = { archiveId, traceparent: publish.traceparent ?? currentTraceparent() };
    return (envelope?.orders ?? []).map(({ organization, orderNumber }, position) =>
      this.messages.write('oms-order.published.v1', {
        key: orderNumber,
        site: organization,
        body: { organization, orderNumber, archiveId, position },
        cause,
      }),
    );
  }
}

async function keep(tx: Transaction, opened: readonly Opened[]): Promise<readonly Kept[]> {
  const ids = await tx.archive.store(
    opened.map(({ publish, envelope, dedupeKey }) => ({
      source: SOURCE,
      direction: 'inbound' as const,
      headers: publish.headers,
      body: publish.body,
      contentType: publish.contentType,
      organization: envelope?.orders[0]?.organization,
      businessKey: envelope?.orders.length === 1 ? envelope.orders[0]?.orderNumber : undefined,
      dedupeKey,
      traceId: publish.traceparent === undefined ? currentTraceId() : traceIdIn(publish.traceparent),
    })),
  );
  return opened.map((one, index) => ({ ...one, archiveId: ids[index] ?? '' }));
}

async function park(tx: Transaction, fresh: readonly Kept[]): Promise<void> {
  for (const { fault, archiveId } of fresh) {
    if (fault) await tx.archive.mark([archiveId], 'parked', parkReason(fault, 1));
  }
  await tx.park(fresh.flatMap(({ fault, archiveId }) => (fault ? [parkedPublish(fault, archiveId)] : [])));
}

/** A broker brings what an HTTP door would have refused; it is kept as it came, and not read. */
function oversized(bytes: number): PermanentFault {
  const sentence = `The body has ${bytes} bytes; more than ${LIMIT_BYTES} are not read.`;
  const remedy =
    'Let the publish template of the OMS send fewer orders at a time, or fewer attributes, and publish again.';
  const violations = [{ field: 'body', rule: 'body.oversized', sentence, remedy }];
  return new PermanentFault('oms.oversized_message', `A publish of the OMS is too large: ${sentence}`, { violations });
}

const parkedPublish = (fault: SyncFault, archiveId: string): ParkedMessage => ({
  queue: SOURCE,
  messageId: undefined,
  name: 'oms.publish',
  key: '',
  site: '',
  envelope: '',
  archiveId,
  reason: parkReason(fault, 1),
  attempts: 1,
});

const hashOf = (body: Buffer) => `sha256:${createHash('sha256').update(body).digest('hex')}`;
