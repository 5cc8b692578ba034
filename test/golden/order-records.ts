import type { SeedRecord } from '../support/stack/crm-twin.js';
import type { Basket, PricedBasket } from './basket.js';
import { entryName, products, type ProductName } from './catalogue.js';
import { major } from './cents.js';
import type { Placement } from './golden-order.js';
import { emailOf, fullName, type Shopper } from './shoppers.js';

export interface CapturedCase {
  readonly placement: Placement;
  readonly number: string;
  readonly shopper: Shopper;
  /** Key of a customer with an account; undefined for a guest. */
  readonly customerKey: string | undefined;
  readonly basket: Basket;
  readonly priced: PricedBasket;
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
    deliveryGroup(captured),
    ...captured.basket.items.flatMap((item, index) => lineRecords(captured, item, index)),
    ...shippingRecords(captured),
    ...orderDiscountRecords(captured),
    tenderRecord(captured),
  ];
}

function customerRecords({ placement, shopper, customerKey }: CapturedCase): SeedRecord[] {
  const { site, catalogue } = placement;
  const account =
    customerKey === undefined
      ? []
      : [
          record('Account', 'account', {
            Name: fullName(shopper),
            Phone: shopper.phone,
            OMS_Customer_Key__c: customerKey,
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

function orderRecord({ placement, number, shopper, customerKey }: CapturedCase): SeedRecord {
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
    ...address('Billing', shopper, site.country),
  });
}

function deliveryGroup({ placement, shopper }: CapturedCase): SeedRecord {
  return record('OrderDeliveryGroup', 'delivery', {
    OrderId: '@order',
    OrderDeliveryMethodId: placement.catalogue.idOf('standard-ground'),
    DeliverToName: fullName(shopper),
    EmailAddress: emailOf(shopper, placement.suffix),
    PhoneNumber: shopper.phone,
    IsGift: false,
    ...address('DeliverTo', shopper, placement.site.country),
  });
}

const address = (prefix: string, shopper: Shopper, country: string) => ({
  [`${prefix}Street`]: shopper.street,
  [`${prefix}City`]: shopper.city,
  ...(shopper.state === undefined ? {} : { [`${prefix}State`]: shopper.state }),
  [`${prefix}PostalCode`]: shopper.postalCode,
  [`${prefix}Country`]: country,
});

function itemFields({ placement }: CapturedCase, product: ProductName, quantity: number, price: number) {
  return {
    OrderId: '@order',
    OrderDeliveryGroupId: '@delivery',
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
  const fields = itemFields(captured, item.product, line.quantity, line.unitPrice);
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
  if (shipping === undefined) return [];
  const fields = itemFields(captured, 'shipping', 1, shipping.amount);
  return [
    record('OrderItem', 'shipping-line', { ...fields, Type: 'Delivery Charge', LineNumber: lines.length + 1 }),
    taxRecord(captured, 'shipping-line', shipping.tax),
  ];
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

function tenderRecord({ number, priced, placement }: CapturedCase): SeedRecord {
  return record('Order_Tender__c', 'tender', {
    Order__c: '@order',
    Tender_Key__c: `${placement.site.id}:${number}:1`,
    Type__c: 'Credit Card',
    Card_Brand__c: 'Visa',
    Amount__c: major(priced.total),
    Authorized_Amount__c: major(priced.total),
    Captured_Amount__c: 0,
    Token__c: `tok_${number}`,
    Display_Number__c: '1111',
    Gateway__c: 'example-pay',
    Authorization_Id__c: `auth-${number}`,
    Authorization_Expires__c: '2026-12-20T09:30:00.000Z',
  });
}
