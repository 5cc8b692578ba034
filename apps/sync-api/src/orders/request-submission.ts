import { createHash } from 'node:crypto';
import { faultOf, PermanentFault, siteId, Sites, type CrmOrderId } from '@tandem/domain';
import { MessageWriter } from '@tandem/messaging';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { readJsonBody } from '../platform/json-body.js';
import { siteNamed } from '../platform/site-named.js';
import { currentTraceId, currentTraceparent } from '../platform/tracing.js';
import { Transactions, type GivenAnswer, type Transaction } from '../platform/transactions.js';
import { SubmissionRequest } from './submission-request.js';

/** Keeps a request to submit an order, and puts the work in the outbox. The order itself is read later. */
export class RequestSubmission extends Command<SubmissionReceipt> {
  constructor(
    readonly site: string,
    readonly order: CrmOrderId,
    readonly call: {
      readonly headers: Readonly<Record<string, unknown>>;
      readonly body: Buffer;
      readonly idempotencyKey: string | undefined;
    },
  ) {
    super();
  }
}

export interface SubmissionReceipt {
  readonly messageId: string;
  readonly site: string;
  readonly crmOrderId: string;
  readonly state: 'received';
  /** Where to ask how it went. */
  readonly follow: string;
}

const SOURCE = 'api.submit-order';

@CommandHandler(RequestSubmission)
export class RequestSubmissionHandler implements ICommandHandler<RequestSubmission> {
  constructor(
    private readonly sites: Sites,
    private readonly transactions: Transactions,
    private readonly messages: MessageWriter,
  ) {}

  async execute(request: RequestSubmission): Promise<SubmissionReceipt> {
    const refusal = this.refusalOf(request);
    if (refusal) {
      await this.transactions.run((tx) => this.keep(tx, request, refusal));
      throw refusal;
    }
    const given = await this.transactions.run((tx) => this.receive(tx, request));
    if (given.kind === 'key-used-otherwise') throw keyUsedOtherwise();
    return given.answer;
  }

  private refusalOf({ site, call }: RequestSubmission): PermanentFault | undefined {
    try {
      siteNamed(this.sites, siteId(site));
      readJsonBody(call.body, SubmissionRequest);
      return undefined;
    } catch (thrown) {
      const fault = faultOf(thrown);
      if (fault.kind === 'permanent') return fault;
      throw thrown;
    }
  }

  private async receive(tx: Transaction, request: RequestSubmission): Promise<GivenAnswer<SubmissionReceipt>> {
    const { site, order, call } = request;
    const archiveId = await this.keep(tx, request);
    const body = { site, crmOrderId: order };
    const cause = { archiveId, traceparent: currentTraceparent() };
    const message = this.messages.write('order.submission-requested.v1', { key: order, site, body, cause });
    const receipt: SubmissionReceipt = {
      messageId: message.id,
      site,
      crmOrderId: order,
      state: 'received',
      follow: `/v1/sites/${site}/orders/${order}`,
    };
    const given = await this.answer(tx, request, receipt);
    if (given.kind === 'given-now') {
      const actor = readJsonBody(call.body, SubmissionRequest).requestedBy ?? 'api';
      await tx.audit.note([
        { action: 'order.submission-requested', subject: order, actor, messageId: message.id, ...cause },
      ]);
      await tx.send([message]);
    } else {
      await tx.archive.mark([archiveId], 'duplicate');
    }
    return given;
  }

  private answer(
    tx: Transaction,
    request: RequestSubmission,
    receipt: SubmissionReceipt,
  ): Promise<GivenAnswer<SubmissionReceipt>> {
    const { site, order, call } = request;
    if (call.idempotencyKey === undefined) return Promise.resolve({ kind: 'given-now', answer: receipt });
    const requestHash = createHash('sha256').update(`${site} ${order} `).update(call.body).digest('hex');
    return tx.answers.answerOnce({ scope: SOURCE, key: call.idempotencyKey, requestHash }, receipt);
  }

  private async keep(
    tx: Transaction,
    { site, order, call }: RequestSubmission,
    refusal?: PermanentFault,
  ): Promise<string> {
    const [archiveId = ''] = await tx.archive.store([
      {
        source: SOURCE,
        direction: 'inbound',
        headers: call.headers,
        body: call.body,
        contentType: 'application/json',
        site,
        businessKey: order,
        dedupeKey: call.idempotencyKey,
        traceId: currentTraceId(),
      },
    ]);
    if (refusal) {
      const { code, message: sentence, violations } = refusal;
      await tx.archive.mark([archiveId], 'done', { refused: { code, sentence, violations } });
    }
    return archiveId;
  }
}

const keyUsedOtherwise = () =>
  new PermanentFault('api.idempotency_key_reused', 'The idempotency key was used for another request before.', {
    violations: [
      {
        field: 'Idempotency-Key',
        rule: 'idempotency_key.one_request',
        sentence: 'The key was used with another order or another body before.',
        remedy: 'Use a new key for a new request; repeat a request with the body that it had.',
      },
    ],
  });
