import { describe, expect, it } from '@jest/globals';
import { instantOf, type CapturedOrder, type OrderTerms } from '@tandem/domain';
import { aCapturedAddress, aCapturedLine, aCapturedTender, anAcceptedOrder, aSite } from '@tandem/domain/testing';
import type { JsonObject } from '../json.js';
import { orderSave } from './order-save.js';
import { DEFAULT_VOCABULARY } from './order-vocabulary.js';

const site = aSite();
const bodyOf = (order: OrderTerms, words = DEFAULT_VOCABULARY): JsonObject => orderSave({ site, order, words });
const bodyFrom = (captured: Partial<CapturedOrder>) => bodyOf(anAcceptedOrder(captured).terms);
const lineOf = (line: Partial<CapturedOrder['lines'][number]>) =>
  bodyFrom({ lines: [aCapturedLine(line)] })['OrderLine'];

const registered = {
  key: 'C-77',
  firstName: 'Mira',
  lastName: 'Oakfield',
  email: undefined,
  phone: '+15550100',
  taxExemptId: 'TX-9',
};

describe('The save that places an order', () => {
  it('carries the header, confirmed, priced by us, in its first version (§3.4, §2.6)', () => {
    expect(bodyFrom({})).toMatchObject({
      OrderId: 'A-1001',
      OrgId: 'AURORA',
      OrderType: { OrderTypeId: 'Web' },
      DocType: { DocTypeId: 'CustomerOrder' },
      SellingChannel: { SellingChannelId: 'Web' },
      CurrencyCode: 'USD',
      OrderLocale: 'en',
      CapturedDate: '2026-03-01T10:00:00.000',
      IsConfirmed: true,
      OrderActions: { IsAlreadyPriced: true, IsAlreadyCharged: true, IsAlreadyTaxed: true, VersionTimestamp: 1 },
    });
  });

  it('names a guest without giving an id (§8)', () => {
    const body = bodyFrom({});
    expect(body).toMatchObject({
      CustomerFirstName: 'Mira',
      CustomerLastName: 'Oakfield',
      CustomerEmail: 'mira@example.test',
    });
    expect(body).not.toHaveProperty('CustomerId');
  });

  it('names a registered customer by key, with the exemption from tax (§3.4)', () => {
    expect(bodyFrom({ customer: registered })).toMatchObject({
      CustomerId: 'C-77',
      CustomerPhone: '+15550100',
      IsTaxExempt: true,
      TaxExemptId: 'TX-9',
    });
  });

  it('never holds a null or a hold (§2.5)', () => {
    const text = JSON.stringify(bodyFrom({ customer: registered }));
    expect(text).not.toMatch(/null|OrderHold|IsOnHold|IsImport/);
  });

  it.each([
    [
      'to an address',
      {
        method: 'Standard Ground',
        address: aCapturedAddress({ lines: ['A', 'B', 'C', 'D'], state: undefined }),
        store: undefined,
      },
      {
        DeliveryMethod: { DeliveryMethodId: 'ShipToAddress' },
        ShippingMethodId: 'STD_GROUND',
        ShipToAddress: {
          Address: {
            FirstName: 'Mira',
            LastName: 'Oakfield',
            Address1: 'A',
            Address2: 'B',
            Address3: 'C, D',
            City: 'Fernhill',
            PostalCode: '30301',
            Country: 'US',
          },
        },
      },
    ],
    [
      'over the counter',
      { method: 'Store Pickup', address: undefined, store: 'STORE-7' },
      {
        DeliveryMethod: { DeliveryMethodId: 'PickUpAtStore' },
        ShippingMethodId: 'PICKUP',
        ShipToLocationId: 'STORE-7',
        OrderLinePickupDetail: [{ FirstName: 'Mira', LastName: 'Oakfield', Email: 'mira@example.test' }],
      },
    ],
    [
      'by e-mail',
      { method: 'By E-Mail', address: aCapturedAddress({ email: 'gift@example.test' }), store: undefined },
      {
        DeliveryMethod: { DeliveryMethodId: 'Email' },
        ShippingMethodId: 'EMAIL',
        OrderLineAdditional: { Email: 'gift@example.test' },
      },
    ],
  ])('delivers %s (§3.3)', (_, delivery, expected) => {
    const plain = {
      OrderLineId: '1',
      ItemId: 'LAMP-01',
      Quantity: 1,
      UOM: 'EA',
      UnitPrice: 10,
      OriginalUnitPrice: 10,
      IsTaxIncluded: false,
      IsGift: false,
    };
    expect(lineOf({ delivery })).toEqual([{ ...plain, ...expected }]);
  });

  it('delivers to a store by its location (§3.3)', () => {
    const store = aSite({ deliveryMethods: { Depot: { kind: 'ship-to-store', omsShippingMethod: 'S2S' } } });
    const { terms } = anAcceptedOrder();
    const [line] = terms.lines;
    const delivery = { kind: 'ship-to-store', method: 'S2S', store: store.stores[0] } as const;
    const order = { ...terms, lines: [{ ...line, delivery }] } as OrderTerms;
    expect(orderSave({ site: store, order, words: DEFAULT_VOCABULARY })['OrderLine']).toMatchObject([
      { DeliveryMethod: { DeliveryMethodId: 'ShipToStore' }, ShipToLocationId: 'STORE-7' },
    ]);
  });

  it('takes discounts off as negative charges with ids that stay (§3.4)', () => {
    const discount = { id: 'D1', name: 'Spring', coupon: 'SPRING', amount: '1.00' };
    const whole = { id: 'D2', name: 'Welcome', coupon: undefined, amount: '0.99' };
    const body = bodyFrom({
      lines: [aCapturedLine({ discounts: [discount] }), aCapturedLine({ id: '2', sku: 'SHADE-02', unitPrice: '9.00' })],
      discounts: [whole],
      tenders: [aCapturedTender({ amount: '17.01' })],
    });
    const spread = (id: string, total: number) => ({
      ChargeDetailId: id,
      ChargeType: { ChargeTypeId: 'Discount' },
      ChargeDisplayName: 'Welcome',
      ChargeReferenceId: 'D2',
      ChargeTotal: total,
      IsLineDiscount: false,
    });
    expect(body['OrderLine']).toMatchObject([
      {
        OrderLineChargeDetail: [
          { ChargeDetailId: 'D1', ChargeReferenceId: 'SPRING', ChargeTotal: -1, IsLineDiscount: true },
          spread('D2-1', -0.5),
        ],
      },
      { OrderLineChargeDetail: [spread('D2-2', -0.49)] },
    ]);
  });

  it('puts shipping and its taxes on the header, line taxes on the line (§3.4)', () => {
    const tax = { id: 'X1', name: 'State', rate: 0.06, amount: '0.60' };
    const body = bodyFrom({
      lines: [aCapturedLine({ taxes: [tax] })],
      charges: [
        { id: 'S1', kind: 'shipping', name: 'Ground', amount: '5.00', taxes: [{ ...tax, id: 'X2', amount: '0.30' }] },
      ],
      tenders: [aCapturedTender({ amount: '15.90' })],
    });
    expect(body).toMatchObject({
      OrderChargeDetail: [
        {
          ChargeDetailId: 'S1',
          ChargeType: { ChargeTypeId: 'Shipping' },
          ChargeDisplayName: 'Ground',
          ChargeTotal: 5,
          IsTaxIncluded: false,
        },
      ],
      OrderTaxDetail: [
        {
          TaxDetailId: 'X2',
          TaxTypeId: 'SALES',
          TaxCode: 'State',
          TaxRate: 0.06,
          TaxAmount: 0.3,
          IsInformational: false,
        },
      ],
      OrderLine: [{ OrderLineTaxDetail: [{ TaxDetailId: 'X1', TaxAmount: 0.6, IsInformational: false }] }],
    });
  });

  it('tells taxes for information where prices hold them (§3.4)', () => {
    const tax = { id: 'X1', name: 'VAT 20', rate: 0.2, amount: '1.67' };
    expect(bodyFrom({ pricesIncludeTax: true, lines: [aCapturedLine({ taxes: [tax] })] })['OrderLine']).toMatchObject([
      { IsTaxIncluded: true, OrderLineTaxDetail: [{ TaxTypeId: 'VAT', TaxAmount: 1.67, IsInformational: true }] },
    ]);
  });

  it('carries gift message, instructions and purchase order (§3.4)', () => {
    const body = bodyFrom({
      lines: [aCapturedLine({ gift: { message: 'For you' } })],
      instructions: 'Ring twice',
      purchaseOrderNumber: 'PO-5',
    });
    expect(body).toMatchObject({
      OrderNote: [{ NoteId: 'instructions', NoteText: 'Ring twice', NoteCategory: { NoteCategoryId: 'Instruction' } }],
      OrderAttribute: [{ AttributeName: 'PurchaseOrderNumber', AttributeValue: 'PO-5' }],
      OrderLine: [{ IsGift: true, OrderLineNote: [{ NoteId: 'gift-message', NoteText: 'For you' }] }],
    });
  });

  it('books tenders as they were authorized and captured elsewhere (§3.4)', () => {
    const expires = '2026-03-08T10:00:00.000Z';
    const body = bodyFrom({
      billTo: aCapturedAddress(),
      tenders: [
        aCapturedTender({
          captured: '4.00',
          authorizationId: 'AUTH-1',
          authorizationExpires: expires,
          gateway: 'pay-north',
        }),
      ],
    });
    const closed = {
      Status: { PaymentTransactionStatusId: 'Closed' },
      TransmissionStatus: { PaymentTransmissionStatusId: 'Closed' },
      PaymentResponseStatus: { PaymentResponseStatusId: 'Success' },
    };
    expect(body['Payment']).toMatchObject([
      {
        ProcessingMode: { ProcessingModeId: 'ExternalProcessing' },
        PaymentMethod: [
          {
            PaymentMethodId: 'T1',
            PaymentType: { PaymentTypeId: 'Credit Card' },
            CardType: { CardTypeId: 'Visa' },
            Amount: 10,
            CurrentAuthAmount: 10,
            CurrentSettledAmount: 4,
            GatewayId: 'pay-north',
            AccountNumber: 'tok-1',
            AccountDisplayNumber: '1111',
            BillingAddress: { Address: { City: 'Fernhill' } },
            PaymentTransaction: [
              {
                PaymentTransactionId: 'T1-authorization',
                TransactionType: { PaymentTransactionTypeId: 'Authorization' },
                ...closed,
                ProcessedAmount: 10,
                RequestId: 'AUTH-1',
                TransactionExpiryDate: '2026-03-08T10:00:00.000',
              },
              {
                PaymentTransactionId: 'T1-settlement',
                TransactionType: { PaymentTransactionTypeId: 'Settlement' },
                ...closed,
                ProcessedAmount: 4,
                FollowOnId: 'AUTH-1',
              },
            ],
          },
        ],
      },
    ]);
  });

  it('follows the names that the tenant has for things (§12)', () => {
    const words = { ...DEFAULT_VOCABULARY, noteType: 'CS', noteCategory: 'Delivery' };
    const { terms } = anAcceptedOrder({ instructions: 'Ring twice' });
    expect(bodyOf(terms, words)['OrderNote']).toMatchObject([
      { NoteType: { NoteTypeId: 'CS' }, NoteCategory: { NoteCategoryId: 'Delivery' } },
    ]);
  });

  it('says the same twice (§2.5)', () => {
    const { terms } = anAcceptedOrder();
    expect(JSON.stringify(bodyOf(terms))).toBe(
      JSON.stringify(bodyOf({ ...terms, capturedAt: instantOf(new Date(terms.capturedAt)) })),
    );
  });
});
