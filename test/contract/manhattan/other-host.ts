import type { LineId, OrderNumber } from '@tandem/domain';
import type { BookedTender, OtherHost, RawAnswer } from '@tandem/domain/testing';
import { codesOf, sentencesOf, type OmsApi } from './oms-api.js';
import { recordsIn, textIn, type OmsRecord } from './record.js';

const SAVE = '/order/api/order/order/save';

/** A call centre, say: it saves orders as we do, without a version unless told (§2.6). */
export class CallCenter implements OtherHost {
  constructor(private readonly api: OmsApi) {}

  async addNote(OrderId: OrderNumber, text: string): Promise<void> {
    const note = { NoteId: 'call-center', NoteText: text, NoteCategory: { NoteCategoryId: 'Communication' } };
    await this.api.post(SAVE, { OrderId, OrderNote: [note] });
  }

  async claimVersion(OrderId: OrderNumber, version: number): Promise<void> {
    await this.api.post(SAVE, { OrderId, OrderActions: { VersionTimestamp: version } });
  }

  async applyHold(OrderId: OrderNumber, type: string): Promise<void> {
    await this.api.post(SAVE, { OrderId, OrderHold: [{ HoldTypeId: type, StatusId: '1000' }] });
  }

  async keepUntil(OrderId: OrderNumber, line: LineId, moment: string): Promise<void> {
    const PickupExpiryDate = moment.replace(/Z$/, '');
    await this.api.post(SAVE, { OrderId, OrderLine: [{ OrderLineId: line, PickupExpiryDate }] });
  }

  async promise(OrderId: OrderNumber, line: LineId, moment: string): Promise<void> {
    const PromisedDeliveryDate = moment.replace(/Z$/, '');
    await this.api.post(SAVE, { OrderId, OrderLine: [{ OrderLineId: line, PromisedDeliveryDate }] });
  }

  async book(OrderId: OrderNumber, { transactions = [], ...tender }: BookedTender): Promise<void> {
    const PaymentTransaction = transactions.map(({ type, requested, processed, answer }, index) => ({
      PaymentTransactionId: `${tender.id}-${index}`,
      TransactionType: { PaymentTransactionTypeId: type },
      Status: { PaymentTransactionStatusId: 'Closed' },
      RequestedAmount: requested,
      ...(processed !== undefined && { ProcessedAmount: processed }),
      ...(answer && { PaymentResponseStatus: { PaymentResponseStatusId: answer } }),
    }));
    const PaymentMethod = [{ ...methodOf(tender), ...(PaymentTransaction.length > 0 && { PaymentTransaction }) }];
    await this.api.post(SAVE, { OrderId, Payment: [{ PaymentMethod }] });
  }

  async cancel(OrderId: OrderNumber, reason: string): Promise<void> {
    await this.api.post(SAVE, { OrderId, IsCancelled: true, CancelReason: { ReasonId: reason } });
  }

  async saveRaw(record: OmsRecord): Promise<RawAnswer> {
    const { status, headers, body } = await this.api.call('POST', SAVE, record);
    const [exception] = recordsIn(body, 'exceptions');
    return {
      status,
      success: body['success'] === true,
      sentences: sentencesOf(body),
      codes: codesOf(body),
      resource: exception && textIn(exception, 'resource'),
      traceId: headers.get('cp-trace-id') ?? undefined,
    };
  }
}

const methodOf = ({
  id,
  type,
  amount,
  authorized,
  settled,
  voided,
}: Omit<BookedTender, 'transactions'>): OmsRecord => ({
  PaymentMethodId: id,
  PaymentType: { PaymentTypeId: type },
  Amount: amount,
  ...(authorized !== undefined && { CurrentAuthAmount: authorized }),
  ...(settled !== undefined && { CurrentSettledAmount: settled }),
  ...(voided && { IsVoided: true }),
});
