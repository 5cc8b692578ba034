import { describe, expect, it } from '@jest/globals';
import { lineId, locationId, minorOf, orderNumber, tenderId, type OrderRevision } from '@tandem/domain';
import { anOrderOf, aSite } from '@tandem/domain/testing';
import { anOmsLine, anOmsOrder } from '../../testing/oms-orders.js';
import type { Sample } from '../../testing/samples.js';
import { Fields } from '../feed/fields.js';
import { DEFAULT_VOCABULARY } from '../orders/order-vocabulary.js';
import { heldOrder } from './held-order.js';
import { revisePlan } from './revise-plan.js';

const head = {
  OrderId: 'A-1001',
  OrderActions: { IsAlreadyPriced: true, IsAlreadyCharged: true, IsAlreadyTaxed: true, VersionTimestamp: 5 },
};
const address = { lines: ['12 Larch Lane'], city: 'Fernhill', postalCode: '30301', country: 'US' };
/** Whole, so that nothing of the address before it stays. */
const Address = {
  FirstName: '',
  LastName: '',
  Address1: '12 Larch Lane',
  Address2: '',
  Address3: '',
  City: 'Fernhill',
  State: '',
  PostalCode: '30301',
  Country: 'US',
  Phone: '',
  Email: '',
};
const [added] = anOrderOf(1, 1, 2).terms.lines.slice(2);

type Parts = Omit<OrderRevision, 'number' | 'version'>;
const contact = { CustomerEmail: 'mira@example.test', CustomerPhone: '+15550100' };
const plan = (parts: Parts, changes: Sample = {}, site = aSite()) => {
  const revision = { number: orderNumber('A-1001'), version: 5, ...parts };
  return revisePlan(site, DEFAULT_VOCABULARY, revision).plan(heldOrder(Fields.of(anOmsOrder(changes), '')));
};
const lineParts = (part: Omit<NonNullable<Parts['lines']>[number], 'id'>) => ({
  lines: [{ id: lineId('1'), ...part }],
});
const saved = (body: object) => ({ kind: 'send', calls: [{ path: '/order/api/order/order/save', body }] });

describe('A revision (§2.5)', () => {
  it.each<[string, Parts, object]>([
    ['a quantity', lineParts({ quantity: 2 }), { OrderLine: [{ OrderLineId: '1', Quantity: 2 }] }],
    ['a price', lineParts({ unitPrice: minorOf(950) }), { OrderLine: [{ OrderLineId: '1', UnitPrice: 9.5 }] }],
    [
      'a tax',
      lineParts({ taxes: [{ id: 'tax-new', name: 'State tax', rate: 0.06, amount: minorOf(57) }] }),
      {
        OrderLine: [
          {
            OrderLineId: '1',
            OrderLineTaxDetail: [
              {
                TaxDetailId: 'tax-new',
                TaxTypeId: 'SALES',
                TaxCode: 'State tax',
                TaxAmount: 0.57,
                TaxRate: 0.06,
                IsInformational: false,
              },
            ],
          },
        ],
      },
    ],
    [
      'what a tender is to pay',
      { tenders: [{ id: tenderId('T-1'), amount: minorOf(900) }] },
      { Payment: [{ PaymentMethod: [{ PaymentMethodId: 'T-1', Amount: 9 }] }] },
    ],
    [
      'an instruction',
      { instructions: 'Ring twice' },
      {
        OrderNote: [
          {
            NoteId: 'instructions',
            NoteText: 'Ring twice',
            NoteCategory: { NoteCategoryId: 'Instruction' },
            DisplaySequence: 1,
            IsVisible: true,
          },
        ],
      },
    ],
    [
      'an address to ship to',
      lineParts({ delivery: { kind: 'ship-to-home', method: 'EXPRESS', address } }),
      {
        OrderLine: [
          {
            OrderLineId: '1',
            ShippingMethodId: 'EXPRESS',
            DeliveryMethod: { DeliveryMethodId: 'ShipToAddress' },
            ShipToAddress: { Address },
          },
        ],
      },
    ],
    [
      'a pick-up, whose collectors have no key and are replaced',
      lineParts({ delivery: { kind: 'pick-up', method: 'PICKUP', store: locationId('STORE-7') } }),
      {
        OrderLine: [
          {
            OrderLineId: '1',
            ShippingMethodId: 'PICKUP',
            DeliveryMethod: { DeliveryMethodId: 'PickUpAtStore' },
            ShipToLocationId: 'STORE-7',
            OrderLinePickupDetail: [{ FirstName: 'Mira', LastName: 'Oakfield' }],
            Actions: { OrderLinePickupDetail: 'RESET' },
          },
        ],
      },
    ],
    [
      'the address to bill, on every payment method',
      { billTo: address },
      {
        Payment: [
          {
            PaymentMethod: [
              { PaymentMethodId: 'T-1', BillingAddress: { Address } },
              { PaymentMethodId: 'T-2', BillingAddress: { Address } },
            ],
          },
        ],
      },
    ],
  ])('carries %s and nothing else', (_, parts, body) => {
    expect(plan(parts)).toEqual(saved({ ...head, ...body }));
  });

  it('lets the customer of the order collect (§3.4)', () => {
    const delivery = { kind: 'pick-up', method: 'PICKUP', store: locationId('STORE-7') } as const;
    expect(plan(lineParts({ delivery }), contact)).toMatchObject(
      saved({ OrderLine: [{ OrderLinePickupDetail: [{ Email: 'mira@example.test', Phone: '+15550100' }] }] }),
    );
  });

  it('brings a discount that is no longer given to nothing, and leaves the charges of the OMS alone', () => {
    const discounts = [{ id: 'D-2', name: 'Loyalty', amount: minorOf(150) }];
    expect(plan(lineParts({ discounts }))).toMatchObject(
      saved({
        OrderLine: [
          {
            OrderLineChargeDetail: [
              { ChargeDetailId: 'D-2', ChargeTotal: -1.5 },
              { ChargeDetailId: 'D-1', ChargeTotal: 0 },
            ],
          },
        ],
      }),
    );
    const OrderLineChargeDetail = [
      { ChargeDetailId: 'D-9', ChargeType: { ChargeTypeId: 'Discount' }, ChargeTotal: -1 },
    ];
    const OrderLine = [anOmsLine('1', 3, '2000'), anOmsLine('2', 1, '1000', { OrderLineChargeDetail })];
    expect(JSON.stringify(plan(lineParts({ discounts }), { OrderLine }))).not.toMatch(/APP-1|D-9|RESET/);
  });

  it('brings a tax that is no longer due to nothing', () => {
    const OrderLineTaxDetail = [{ TaxDetailId: 'tax-old', TaxAmount: 0.9 }];
    const OrderLine = [anOmsLine('1', 3, '2000', { OrderLineTaxDetail })];
    expect(plan(lineParts({ taxes: [] }), { OrderLine })).toMatchObject(
      saved({ OrderLine: [{ OrderLineTaxDetail: [{ TaxDetailId: 'tax-old', TaxAmount: 0 }] }] }),
    );
  });

  it('reckons in the currency of the order', () => {
    const discounts = [{ id: 'D-1', name: 'Loyalty', amount: minorOf(150) }];
    expect(plan(lineParts({ discounts }), { CurrencyCode: 'JPY' })).toMatchObject(
      saved({ OrderLine: [{ OrderLineChargeDetail: [{ ChargeTotal: -150 }] }] }),
    );
    expect(() => plan(lineParts({ discounts }), { CurrencyCode: null })).toThrow('CurrencyCode is missing');
  });

  it('adds a line as it was placed', () => {
    expect(plan({ addedLines: added ? [added] : [] })).toMatchObject(
      saved({ OrderLine: [{ OrderLineId: '3', Quantity: 2, UnitPrice: 10, UOM: 'EA' }] }),
    );
  });

  it.each<[string, Parts, string, number?]>([
    ['an unknown line', { lines: [{ id: lineId('9'), quantity: 1 }] }, 'line.unknown'],
    ['a quantity of zero', lineParts({ quantity: 0 }), 'quantity.not_positive'],
    ['an added line that is there', { addedLines: added ? [{ ...added, id: lineId('2') }] : [] }, 'line.exists'],
    [
      'an id that breaks later',
      { addedLines: added ? [{ ...added, id: lineId('a/b') }] : [] },
      'id.reserved_character',
    ],
    ['more lines than the OMS takes', { addedLines: added ? [added] : [] }, 'lines.too_many', 2],
  ])('is refused before it is sent for %s', (_, parts, rule, maxLines = 250) => {
    expect(plan(parts, {}, aSite({ maxLines }))).toMatchObject({ kind: 'refuse', violations: [{ rule }] });
  });

  it('does not count lines that come back', () => {
    const OrderLine = [anOmsLine('1', 1, '1000'), anOmsLine('R', 1, '11000', { IsReturn: true })];
    expect(plan({ addedLines: added ? [added] : [] }, { OrderLine }, aSite({ maxLines: 2 }))).toMatchObject({
      kind: 'send',
    });
  });
});
