import { createHash } from 'node:crypto';
import {
  CrmChangeFeed,
  faultOf,
  type CrmBatch,
  type CrmHappening,
  type CrmOrgName,
  type FeedDelivery,
  type SyncFault,
} from '@tandem/domain';
import {
  MessageWriter,
  parkReason,
  routesOf,
  type DutyToken,
  type Message,
  type ParkedMessage,
} from '@tandem/messaging';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { currentTraceId, currentTraceparent } from '../platform/tracing.js';
import { Transactions, type Transaction } from '../platform/transactions.js';

/**
 * Keeps events of the CRM, tells new ones from repeats, puts the work in the outbox and moves the cursor. One transaction, whatever the
 * number. Echoes of our own writes only move the cursor: what we wrote is in the audit trail.
 */
export class ReceiveChanges extends Command<void> {
  /** @param duty to read the channel; the cursor moves for nobody else. */
  constructor(
    readonly batch: CrmBatch,
    readonly duty: DutyToken,
  ) {
    super();
  }
}

/** One happening of an event, or the event itself where it cannot be read. An event about several records is several of these. */
interface Told {
  readonly delivery: FeedDelivery;
  readonly happening: CrmHappening | undefined;
  readonly fault: SyncFault | undefined;
  readonly dedupeKey: string;
}

interface Kept extends Told {
  readonly archiveId: string;
}

@CommandHandler(ReceiveChanges)
export class ReceiveChangesHandler implements ICommandHandler<ReceiveChanges> {
  constructor(
    private readonly feed: CrmChangeFeed,
    private readonly transactions: Transactions,
    private readonly messages: MessageWriter,
  ) {}

  async execute({ batch, duty }: ReceiveChanges): Promise<void> {
    const { channel, position, because, events } = batch;
    const told = events.flatMap((delivery) => this.open(delivery));
    await this.transactions.run(async (tx) => {
      const kept = await keep(tx, batch, told);
      const { fresh, duplicates } = await tx.claimForeign(sourceOf(channel.org), kept);
      await tx.archive.mark(idsOf(duplicates), 'duplicate');
      await park(tx, channel.org, fresh);
      const work = fresh.flatMap((one) => this.work(channel.org, one));
      const routed = new Set(work.filter(({ name }) => routesOf(name).length > 0).map(({ archiveId }) => archiveId));
      const idle = fresh.filter(({ fault, archiveId }) => !fault && !routed.has(archiveId));
      await tx.archive.mark(idsOf(idle), 'done', { nothingIn: 'No flow waits for this.' });
      await tx.send(work);
      if (because) await tx.audit.note([reconciled(batch)]);
      if (position) await tx.feeds.advance(channel, duty, position);
    });
  }

  private open(delivery: FeedDelivery): readonly Told[] {
    try {
      const { isEcho, happenings } = this.feed.open(delivery);
      if (isEcho) return [];
      return happenings.map((happening) => ({
        delivery,
        happening,
        fault: undefined,
        dedupeKey: happening.dedupeKey,
      }));
    } catch (thrown) {
      return [{ delivery, happening: undefined, fault: faultOf(thrown), dedupeKey: hashOf(delivery.body) }];
    }
  }

  private work(org: CrmOrgName, { happening, archiveId }: Kept): readonly Message[] {
    if (!happening) return [];
    const parts = { site: org, cause: { archiveId, traceparent: currentTraceparent() } };
    if (happening.kind === 'agent-requested') {
      const { requestId, action, orderId } = happening;
      const body = { org, requestId, action, crmOrderId: orderId, archiveId };
      return [this.messages.write('agent-action.asked.v1', { ...parts, key: orderId, body })];
    }
    const { entity, recordId, change, committedAt } = happening;
    const body = { org, recordId, change, committedAt, archiveId };
    return entity === 'order'
      ? [this.messages.write('crm-order.changed.v1', { ...parts, key: recordId, body })]
      : [this.messages.write('crm-customer.changed.v1', { ...parts, key: recordId, body: { ...body, entity } })];
  }
}

const sourceOf = (org: CrmOrgName) => `crm.events.${org}`;

/** An event about several records is kept once for each: each has an end of its own. */
async function keep(tx: Transaction, { channel }: CrmBatch, told: readonly Told[]): Promise<readonly Kept[]> {
  const ids = await tx.archive.store(
    told.map(({ delivery, happening, dedupeKey }) => ({
      source: sourceOf(channel.org),
      direction: 'inbound' as const,
      headers: delivery.headers,
      body: Buffer.from(delivery.body),
      contentType: delivery.headers['content-type'],
      organization: channel.org,
      businessKey: happening && (happening.kind === 'record-changed' ? happening.recordId : happening.orderId),
      dedupeKey,
      traceId: currentTraceId(),
    })),
  );
  return told.map((one, index) => ({ ...one, archiveId: ids[index] ?? '' }));
}

async function park(tx: Transaction, org: CrmOrgName, fresh: readonly Kept[]): Promise<void> {
  for (const { fault, archiveId } of fresh) {
    if (fault) await tx.archive.mark([archiveId], 'parked', parkReason(fault, 1));
  }
  await tx.park(fresh.flatMap(({ fault, archiveId }) => (fault ? [parkedEvent(org, fault, archiveId)] : [])));
}

const parkedEvent = (org: CrmOrgName, fault: SyncFault, archiveId: string): ParkedMessage => ({
  queue: sourceOf(org),
  messageId: undefined,
  name: 'crm.event',
  key: '',
  site: org,
  envelope: '',
  archiveId,
  reason: parkReason(fault, 1),
  attempts: 1,
});

const reconciled = ({ channel, because, events }: CrmBatch) => ({
  action: 'crm-channel.reconciled',
  subject: `${channel.org}:${channel.name}`,
  actor: 'tandem',
  details: { because: because ?? '', records: events.length },
});

const idsOf = (kept: readonly Kept[]) => kept.map(({ archiveId }) => archiveId);

const hashOf = (body: Uint8Array) => `sha256:${createHash('sha256').update(body).digest('hex')}`;
