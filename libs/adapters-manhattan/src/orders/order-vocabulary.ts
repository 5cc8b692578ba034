/** Ids that a tenant may have named otherwise (§12). The defaults are those of the fact sheet. */
export interface OrderVocabulary {
  readonly discountChargeType: string;
  readonly shippingChargeType: string;
  readonly feeChargeType: string;
  /** Type of taxes that come on top of the price. */
  readonly taxType: string;
  /** Type of taxes that the price holds. */
  readonly includedTaxType: string;
  /** The OMS moves no money of ours by itself. */
  readonly processingMode: string;
  readonly noteCategory: string;
  /** Not sent unless the tenant has one. */
  readonly noteType?: string;
  /** Order attribute that holds the purchase order number; the order has no field for it. */
  readonly purchaseOrderAttribute: string;
}

export const DEFAULT_VOCABULARY: OrderVocabulary = {
  discountChargeType: 'Discount',
  shippingChargeType: 'Shipping',
  feeChargeType: 'Charge',
  taxType: 'SALES',
  includedTaxType: 'VAT',
  processingMode: 'ExternalProcessing',
  noteCategory: 'Instruction',
  purchaseOrderAttribute: 'PurchaseOrderNumber',
};
