import { all, children, object, references, type Shape } from './shape.js';

/** Custom attributes travel in `Extended` of every entity (§2.5). */
const extended = all('open', 'Extended');
const extension: Shape = { key: [], attributes: extended };

const address: Shape = {
  key: [],
  attributes: {
    ...all('text', 'FirstName LastName Address1 Address2 Address3 City State PostalCode County Country Phone Email'),
    ...extended,
  },
};

const shipToAddress: Shape = {
  key: [],
  attributes: {
    ...all('text', 'AddressId AddressName AddressTypeId AvsReason'),
    ...all('flag', 'IsAddressVerified'),
    Address: object(address),
    ...extended,
  },
};

const charge: Shape = {
  key: ['ChargeDetailId'],
  attributes: {
    ...all(
      'text',
      'ChargeDetailId ChargeDisplayName ChargeReferenceId TaxCode FulfillmentGroupId RelatedChargeDetailId',
    ),
    ...all('text', 'HeaderChargeDetailId Comments'),
    ...all('amount', 'ChargeTotal RequestedAmount OriginalChargeAmount UnitCharge'),
    ...all('number', 'ChargePercent ChargeSequence'),
    ...all('flag', 'IsTaxIncluded IsInformational IsProrated IsOverridden IsOrderDiscount IsLineDiscount'),
    ...all('flag', 'IsPostReturn IsReturnCharge'),
    ...references('ChargeType DiscountOn Reason RelatedChargeType:ChargeTypeId'),
    ...extended,
  },
};

const tax: Shape = {
  key: ['TaxDetailId'],
  attributes: {
    ...all('text', 'TaxDetailId TaxTypeId TaxCode TaxDate Jurisdiction JurisdictionTypeId TaxIdentifier1 TaxEngineId'),
    ...all('text', 'FulfillmentGroupId HeaderTaxDetailId'),
    ...all('amount', 'TaxAmount TaxableAmount'),
    ...all('number', 'TaxRate'),
    ...all('flag', 'IsInformational IsInvoiceTax'),
    ...extended,
  },
};

const hold: Shape = {
  key: ['HoldTypeId'],
  attributes: {
    ...all('text', 'HoldTypeId StatusId ApplyReasonComments ResolveReasonId ResolveReasonComments'),
    ...all('text', 'ExternalCreatedDate ExternalCreatedBy'),
    ...extended,
  },
};

const note: Shape = {
  key: ['NoteId'],
  attributes: {
    ...all('text', 'NoteId NoteText'),
    ...all('number', 'DisplaySequence'),
    ...all('flag', 'IsVisible'),
    ...references('NoteType NoteCategory'),
    ...extended,
  },
};

const attribute: Shape = { key: ['AttributeName'], attributes: all('text', 'AttributeName AttributeValue') };

const pickup: Shape = { key: [], attributes: { ...all('text', 'FirstName LastName Email Phone'), ...extended } };

const cancelHistory: Shape = {
  key: [],
  attributes: {
    ...all('amount', 'CancelQuantity'),
    ...all('text', 'CancelComments'),
    ...references('CancelReason:ReasonId'),
  },
};

const transaction: Shape = {
  key: ['PaymentTransactionId'],
  attributes: {
    ...all('text', 'PaymentTransactionId RequestId RequestToken RequestedDate TransactionDate TransactionExpiryDate'),
    ...all('text', 'ReconciliationId FollowOnId FollowOnToken'),
    ...all('amount', 'RequestedAmount ProcessedAmount'),
    ...all('flag', 'IsActive IsCopied IsActivation IsValidForRefund'),
    ...references('TransactionType:PaymentTransactionTypeId Status:PaymentTransactionStatusId'),
    ...references('PaymentResponseStatus TransmissionStatus:PaymentTransmissionStatusId'),
    ...extended,
  },
};

const paymentMethod: Shape = {
  key: ['PaymentMethodId'],
  attributes: {
    ...all('text', 'PaymentMethodId CurrencyCode GatewayId AccountNumber AccountDisplayNumber NameOnCard'),
    ...all('text', 'CardExpiryMonth CardExpiryYear ParentOrderId ParentPaymentMethodId'),
    ...all('amount', 'Amount CurrentAuthAmount CurrentSettledAmount'),
    ...all('number', 'ChargeSequence'),
    ...all('flag', 'IsSuspended IsVoided IsCopied IsModifiable'),
    ...references('PaymentType CardType'),
    BillingAddress: object(shipToAddress),
    PaymentTransaction: children(transaction),
    ...extended,
  },
};

const payment: Shape = {
  key: ['PaymentGroupId'],
  keyMayBeAbsent: true,
  attributes: {
    ...all('text', 'PaymentGroupId'),
    ...references('ProcessingMode'),
    PaymentMethod: children(paymentMethod),
    ...extended,
  },
};

const extensions = (prefix: string) => ({
  [`${prefix}Extension1`]: object(extension),
  ...Object.fromEntries([2, 3, 4, 5].map((n) => [`${prefix}Extension${n}`, children(extension)])),
});

const line: Shape = {
  key: ['OrderLineId'],
  attributes: {
    ...all('text', 'OrderLineId AlternateOrderLineId ItemId UOM ShippingMethodId CarrierCode ServiceLevelCode'),
    ...all('text', 'ShipToLocationId ReleaseGroupId RequestedDeliveryDate PromisedDeliveryDate PromisedShipDate'),
    ...all('text', 'LatestDeliveryDate DoNotShipBeforeDate DoNotReleaseBefore PickupExpiryDate PipelineId'),
    ...all('text', 'CancelComments ParentOrderId ParentOrderLineId'),
    ...all('amount', 'Quantity UnitPrice OriginalUnitPrice'),
    ...all('number', 'EffectiveRank'),
    ...all('flag', 'IsPriceOverridden IsTaxIncluded IsGift IsGiftCard IsPreOrder IsCancelled IsReturn'),
    ...all('flag', 'IsEvenExchange IsReceiptExpected'),
    ...references('DeliveryMethod DeliveryMethodSubType CancelReason:ReasonId'),
    ShipToAddress: object(shipToAddress),
    OrderLinePickupDetail: children(pickup),
    OrderLinePromisingInfo: object({
      key: [],
      attributes: { ...all('text', 'ShipFromLocationId InventorySegmentId'), ...all('flag', 'IsForceAllocate') },
    }),
    OrderLineAdditional: object({
      key: [],
      attributes: { ...all('text', 'Email ReturnReason'), ...references('ItemCondition') },
    }),
    OrderLineHold: children(hold),
    OrderLineNote: children(note),
    OrderLineAttribute: children(attribute),
    OrderLineChargeDetail: children(charge),
    OrderLineTaxDetail: children(tax),
    OrderLineCancelHistory: children(cancelHistory),
    ...extensions('OrderLine'),
    ...extended,
  },
};

/** What `order/save` takes (§3.4). `OrderActions` steers the save and is not stored. */
export const orderShape: Shape = {
  key: ['OrderId'],
  attributes: {
    ...all(
      'text',
      'OrderId AlternateOrderId CustomerId CustomerFirstName CustomerLastName CustomerEmail CustomerPhone',
    ),
    ...all('text', 'CustomerTypeId CurrencyCode OrderLocale CapturedDate SellingLocationId TaxExemptId LoyaltyNumber'),
    ...all('text', 'DoNotReleaseBefore Priority CancelComments'),
    ...all('number', 'PackageCount'),
    ...all('flag', 'IsConfirmed IsTaxExempt IsCancelled'),
    ...references('OrderType DocType SellingChannel CancelReason:ReasonId'),
    ...all('text', 'ReturnLabelEmail'),
    ReturnTrackingDetail: children({
      key: ['ReturnTrackingNumber'],
      attributes: all('text', 'ReturnTrackingNumber CarrierCode'),
    }),
    OrderHold: children(hold),
    OrderNote: children(note),
    OrderAttribute: children(attribute),
    OrderChargeDetail: children(charge),
    OrderTaxDetail: children(tax),
    OrderLine: children(line),
    Payment: children(payment),
    ...extensions('Order'),
    ...extended,
  },
};
