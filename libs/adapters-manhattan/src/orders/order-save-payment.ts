import { amountAsNumber, given, type Minor, type Tender } from '@tandem/domain';
import { writeMoment } from '../moment.js';
import type { JsonObject } from '../json.js';
import { vendorAddress } from '../vendor-address.js';
import { someOf, type SaveContext } from './order-save-parts.js';

/** The tenders, with what the payment provider has already authorized and captured (§3.4). The OMS only books them. */
export const paymentOf = (context: SaveContext): JsonObject => ({
  ProcessingMode: { ProcessingModeId: context.words.processingMode },
  PaymentMethod: context.order.tenders.map((tender, index) => paymentMethodOf(context, tender, index)),
});

function paymentMethodOf(context: SaveContext, tender: Tender, index: number): JsonObject {
  const { order, site } = context;
  const { billTo } = order;
  return given({
    PaymentMethodId: tender.id,
    PaymentType: { PaymentTypeId: site.oms.tenderTypes[tender.type] },
    CardType: tender.cardBrand === undefined ? undefined : { CardTypeId: tender.cardBrand },
    Amount: amountAsNumber(tender.amount, order.currency),
    CurrentAuthAmount: amountAsNumber(tender.authorized, order.currency),
    CurrentSettledAmount: amountAsNumber(tender.captured, order.currency),
    CurrencyCode: order.currency,
    GatewayId: tender.gateway,
    AccountNumber: tender.token,
    AccountDisplayNumber: tender.displayNumber,
    ChargeSequence: index + 1,
    BillingAddress: billTo && { Address: vendorAddress(billTo) },
    PaymentTransaction: someOf([...authorizationOf(context, tender), ...settlementOf(context, tender)]),
  });
}

function authorizationOf(context: SaveContext, tender: Tender): readonly JsonObject[] {
  if (tender.authorized === 0) return [];
  const expires = tender.authorizationExpires;
  return [
    {
      ...transactionOf(context, tender, 'Authorization', tender.authorized),
      ...given({
        RequestId: tender.authorizationId,
        TransactionExpiryDate: expires && writeMoment(expires),
        IsValidForRefund: false,
      }),
    },
  ];
}

function settlementOf(context: SaveContext, tender: Tender): readonly JsonObject[] {
  if (tender.captured === 0) return [];
  return [
    {
      ...transactionOf(context, tender, 'Settlement', tender.captured),
      ...given({ FollowOnId: tender.authorizationId, IsValidForRefund: true }),
    },
  ];
}

/** A transaction that is done: the provider has answered, nothing is to be sent. Its id follows from the tender, so a repeat merges. */
function transactionOf({ order }: SaveContext, tender: Tender, type: string, done: Minor): JsonObject {
  const amount = amountAsNumber(done, order.currency);
  return {
    PaymentTransactionId: `${tender.id}-${type.toLowerCase()}`,
    TransactionType: { PaymentTransactionTypeId: type },
    Status: { PaymentTransactionStatusId: 'Closed' },
    PaymentResponseStatus: { PaymentResponseStatusId: 'Success' },
    TransmissionStatus: { PaymentTransmissionStatusId: 'Closed' },
    RequestedAmount: amount,
    ProcessedAmount: amount,
    TransactionDate: writeMoment(order.capturedAt),
    IsActive: true,
  };
}
