import type { SeedRecord } from '../support/stack/crm-twin.js';
import type { Basket, PricedBasket } from './basket.js';
import { entryName, products, type ProductName } from './catalogue.js';
import { major } from './cents.js';
import type { CapturedTender, DeliveryGroup, Placement } from './golden-order.js';
import { emailOf, fullName, shopperOf, type Shopper } from './shoppers.js';

export interface CapturedCase {
  readonly placement: Placement;
  readonly number: string;
  readonly shopper: Shopper;
  /** Key of a customer with an account; undefined for a guest. */
  readonly customerKey: string | undefined;
  readonly basket: Basket;
  readonly priced: PricedBasket;
  readonly groups: Readonly<Record<string, DeliveryGroup>>;
  readonly tenders: readonly CapturedTender[];
  readonly business:
    { readonly purchaseOrder: string; readonly taxExemptId: string; readonly billTo: string } | undefined;
  readonly doNotReleaseBefore: string | undefined;
}

const record = (type: string, referenceId: string, fields: Record<string, unknown>): SeedRecord => ({
  attributes: { type, referenceId },
  ...fields,
});

/** The order as the storefront left it in the CRM, parents before children (§4.2 and the package's own fields). */
export function orderRecords(captured: CapturedCase): SeedRecord[] {
  return [
    ...customerRecords(captured),
    orderRecord(captured),
    ...Object.entries(captured.groups).map(([name, group]) => deliveryGroup(captured, name, group)),
    ...captured.basket.items.flatMap((item, index) => lineRecords(captured, item, index)),
    ...shippingRecords(captured),
    ...orderDiscountRecords(captured),
    ...captured.tenders.map((tender, index) => tenderRecord(captured, tender, index)),
  ];
}

function customerRecords({ placement, shopper, customerKey, business }: CapturedCase): SeedRecord[] {
  const { site, catalogue } = placement;
  const account =
    customerKey === undefined
      ? []
      : [
          record('Account', 'account', {
            Name: fullName(shopper),
            Phone: shopper.phone,
            OMS_Customer_Key__c: customerKey,
            ...(business === undefined ? {} : { OMS_Tax_Exempt_Id__c: business.taxExemptId }),
            CurrencyIsoCode: site.currency,
          }),
        ];
  const contact = record('Contact', 'contact', {
    FirstName: shopper.firstName,
    LastName: shopper.lastName,
    Email: emailOf(shopper, placement.suffix),
    Phone: shopper.phone,
    AccountId: customerKey === undefined ? catalogue.idOf(`guests-${site.id}`) : '@account',
    CurrencyIsoCode: site.currency,
  });
  return [...account, contact];
}

function orderRecord(captured: CapturedCase): SeedRecord {
  const { placement, number, shopper, customerKey, business, doNotReleaseBefore } = captured;
  const { site, catalogue } = placement;
  return record('Order', 'order', {
    AccountId: customerKey === undefined ? catalogue.idOf(`guests-${site.id}`) : '@account',
    BillToContactId: '@contact',
    Name: `Web order ${number}`,
    OrderReferenceNumber: number,
    Status: 'Activated',
    EffectiveDate: '2026-11-20',
    OrderedDate: '2026-11-20T09:30:00.000Z',
    Pricebook2Id: catalogue.idOf('book'),
    SalesChannelId: catalogue.idOf('web'),
    CurrencyIsoCode: site.currency,
    TaxLocaleType: site.pricesIncludeTax ? 'Gross' : 'Net',
    BillingEmailAddress: emailOf(shopper, placement.suffix),
    BillingPhoneNumber: shopper.phone,
    ...address('Billing', business === undefined ? shopper : { ...shopper, street: business.billTo }, site.country),
    ...(business === undefined ? {} : { PoNumber: business.purchaseOrder }),
    ...(doNotReleaseBefore === undefined ? {} : { OMS_Do_Not_Release_Before__c: doNotReleaseBefore }),
  });
}

function deliveryGroup({ placement, shopper }: CapturedCase, name: string, group: DeliveryGroup): SeedRecord {
  const recipient = group.turn === undefined ? shopper : shopperOf(placement.site, group.turn);
  return record('OrderDeliveryGroup', `delivery-${name}`, {
    OrderId: '@order',
    OrderDeliveryMethodId: placement.catalogue.idOf(`method-${group.method}`),
    DeliverToName: fullName(recipient),
    EmailAddress: emailOf(shopper, placement.suffix),
    PhoneNumber: shopper.phone,
    IsGift: false,
    ...(group.store === true ? { OMS_Store__c: placement.site.stores[0] } : {}),
    ...address('DeliverTo', recipient, placement.site.country),
  });
}

const address = (prefix: string, shopper: Shopper, country: string) => ({
  [`${prefix}Street`]: shopper.street,
  [`${prefix}City`]: shopper.city,
  ...(shopper.state === undefined ? {} : { [`${prefix}State`]: shopper.state }),
  [`${prefix}PostalCode`]: shopper.postalCode,
  [`${prefix}Country`]: country,
});

function itemFields({ placement }: CapturedCase, product: ProductName, quantity: number, price: number, group: string) {
  return {
    OrderId: '@order',
    OrderDeliveryGroupId: `@delivery-${group}`,
    Product2Id: placement.catalogue.idOf(product),
    PricebookEntryId: placement.catalogue.idOf(entryName(product, placement.site.currency)),
    Description: products[product].name,
    Quantity: quantity,
    UnitPrice: major(price),
    ListPrice: major(price),
    TotalLineAmount: major(price * quantity),
  };
}

function lineRecords(captured: CapturedCase, item: Basket['items'][number], index: number): SeedRecord[] {
  const line = captured.priced.lines[index];
  if (line === undefined) throw new Error(`Item ${index} of ${captured.number} has no price.`);
  const reference = `line-${line.id}`;
  const fields = itemFields(captured, item.product, line.quantity, line.unitPrice, item.group ?? 'home');
  const { discount } = item;
  const discounts =
    discount === undefined
      ? []
      : [
          record('OrderItemAdjustmentLineItem', `${reference}-discount`, {
            OrderItemId: `@${reference}`,
            Name: discount.name,
            ...(discount.coupon === undefined ? {} : { CouponCode: discount.coupon }),
            // The CRM writes what is taken off as a negative amount.
            Amount: -major(discount.amount),
          }),
        ];
  return [
    record('OrderItem', reference, { ...fields, Type: 'Order Product', LineNumber: Number(line.id) }),
    ...discounts,
    taxRecord(captured, reference, line.taxes),
  ];
}

function shippingRecords(captured: CapturedCase): SeedRecord[] {
  const { shipping, lines } = captured.priced;
  return shipping.flatMap(({ group, amount, tax }, index) => {
    const fields = itemFields(captured, 'shipping', 1, amount, group);
    const reference = `shipping-${group}`;
    return [
      record('OrderItem', reference, { ...fields, Type: 'Delivery Charge', LineNumber: lines.length + 1 + index }),
      taxRecord(captured, reference, tax),
    ];
  });
}

const taxRecord = ({ placement: { site } }: CapturedCase, item: string, amount: number): SeedRecord =>
  record('OrderItemTaxLineItem', `${item}-tax`, {
    OrderItemId: `@${item}`,
    Name: site.taxName,
    Type: 'Actual',
    Rate: site.taxRate,
    Amount: major(amount),
    TaxEffectiveDate: '2026-11-20',
  });

function orderDiscountRecords({ basket }: CapturedCase): SeedRecord[] {
  const discount = basket.orderDiscount;
  if (discount === undefined) return [];
  return [
    record('OrderAdjustmentGroup', 'order-discount', {
      OrderId: '@order',
      Name: discount.name,
      Type: 'Header',
      OMS_Amount__c: -major(discount.amount),
    }),
  ];
}

function tenderRecord({ number, placement }: CapturedCase, tender: CapturedTender, index: number): SeedRecord {
  const card = tender.type === 'Credit Card';
  return record('Order_Tender__c', `tender-${index + 1}`, {
    Order__c: '@order',
    Tender_Key__c: `${placement.site.id}:${number}:${index + 1}`,
    Type__c: tender.type,
    ...(card ? { Card_Brand__c: 'Visa' } : {}),
    Amount__c: major(tender.amount),
    Authorized_Amount__c: major(tender.amount),
    Captured_Amount__c: major(tender.captured ?? 0),
    Token__c: `tok_${number}_${index + 1}`,
    Display_Number__c: '1111',
    Gateway__c: 'example-pay',
    Authorization_Id__c: `auth-${number}-${index + 1}`,
    Authorization_Expires__c: '2026-12-20T09:30:00.000Z',
  });
}
