import type { CrmRecord, CrmWrite } from '../../support/stack/crm-twin.js';
import type { OmsLine, OmsOrder, OmsWrite } from '../../support/stack/oms-shapes.js';
import { major } from '../cents.js';
import type { GoldenCase } from '../golden-order.js';
import type { OrderEvidence } from './evidence.js';

const statusIds: Readonly<Record<string, string>> = {
  open: '1000',
  'back-ordered': '1500',
  allocated: '2000',
  released: '3000',
  shipped: '7000',
  delivered: '7500',
  cancelled: '9000',
  returned: '8500',
};
const lastMoment = '2026-11-20T10:00:09';

/** What both twins report when all went well: for the judge's own tests, which plant what is wrong into it. */
export function rightWorld(expected: GoldenCase): OrderEvidence {
  const key = `${expected.site.id}:${expected.number}`;
  return {
    expected,
    crmOrderId: '801000000000001AAA',
    accepted: true,
    oms: {
      order: omsOrder(expected),
      life: { done: expected.life.length, pending: 0, failed: [] },
      writes: omsWrites(expected),
    },
    crm: {
      order: crmOrder(expected, key),
      lines: expected.terms.lines.map((line) => crmLine(expected, key, line.id, line.quantity)),
      tenders: expected.terms.tenders.map(({ amount }, index) => ({
        Tender_Key__c: String(index),
        Amount__c: major(amount),
        ...expected.ending.tenders?.[index],
      })),
      returns: expected.ending.returns ?? [],
      history: history(expected, key),
      parcels: expected.ending.parcels.map(({ carrier, trackingNumber }, index) => ({
        Id: `parcel-${index}`,
        Carrier__c: carrier,
        Tracking_Number__c: trackingNumber,
      })),
      parcelLines: expected.ending.parcels.flatMap(({ lines }, index) =>
        Object.entries(lines).map(([line, quantity]) => ({
          Shipment__c: `parcel-${index}`,
          Order_Line_Key__c: `${key}:${line}`,
          Quantity__c: quantity,
        })),
      ),
      writes: crmWrites(expected),
    },
  };
}

function omsOrder({ number, site, terms, ending }: GoldenCase): OmsOrder {
  const cancelled = ending.cancelledTotal !== null;
  const money = (cents: number) => (cancelled ? 0 : major(cents));
  const goods = terms.lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0);
  const discounts = terms.lines.reduce((sum, line) => sum + line.discounts, 0);
  return {
    OrderId: number,
    OrgId: site.organization,
    ...(terms.customerId === undefined ? {} : { CustomerId: terms.customerId }),
    CustomerLastName: terms.lastName,
    CustomerEmail: terms.email,
    CurrencyCode: terms.currency,
    IsConfirmed: true,
    IsCancelled: cancelled,
    IsOnHold: false,
    OrderSubTotal: money(goods - terms.total + (ending.omsTotal ?? terms.total)),
    TotalDiscounts: money(-discounts),
    TotalCharges: money(terms.charges),
    TotalTaxes: money(terms.taxesAddToTotal ? terms.taxes : 0),
    TotalInformationalTaxes: money(terms.taxesAddToTotal ? 0 : terms.taxes),
    OrderTotal: money(ending.omsTotal ?? terms.total),
    CancelledOrderTotal: cancelled ? major(terms.total) : null,
    UpdatedTimestamp: `${lastMoment}.120`,
    OrderLine: terms.lines.map((line) => omsLine({ terms, ending }, line.id)),
    ...(terms.doNotReleaseBefore && { DoNotReleaseBefore: terms.doNotReleaseBefore }),
    ...(terms.business && {
      TaxExemptId: terms.business.taxExemptId,
      OrderAttribute: [{ AttributeName: 'PurchaseOrderNumber', AttributeValue: terms.business.purchaseOrder }],
    }),
    Payment: [
      {
        PaymentMethod: terms.tenders.map(({ type, amount }) => ({
          PaymentType: { PaymentTypeId: type },
          Amount: major(amount),
          ...(terms.business && { BillingAddress: { Address: { Address1: terms.business.billTo } } }),
        })),
      },
    ],
  };
}

function omsLine({ terms, ending }: Pick<GoldenCase, 'terms' | 'ending'>, id: string): OmsLine {
  const line = terms.lines.find((one) => one.id === id);
  if (line === undefined) throw new Error(`No line ${id}.`);
  const cancelled = ending.cancelledTotal !== null;
  return {
    OrderLineId: id,
    ItemId: line.sku,
    Quantity: cancelled ? 0 : line.quantity - (ending.lines[id]?.cancelled ?? 0),
    UnitPrice: major(line.unitPrice),
    IsCancelled: cancelled,
    ...(line.to.kind === 'home'
      ? { ShipToAddress: { Address: { Address1: line.to.street, City: line.to.city, Country: line.to.country } } }
      : { ShipToLocationId: line.to.store, DeliveryMethod: { DeliveryMethodId: line.to.method } }),
    QuantityDetail: [
      { StatusId: '1000', Quantity: 0 },
      ...Object.entries(ending.lines[id] ?? {})
        .filter(([place]) => place !== 'cancelled')
        .map(([place, Quantity]) => ({ StatusId: statusIds[place] ?? '', Quantity })),
    ],
    FulfillmentDetail: ending.parcels.flatMap(({ carrier, trackingNumber, lines }) =>
      Object.entries(lines)
        .filter(([of]) => of === id)
        .map(([, Quantity]) => ({
          PackageId: trackingNumber,
          TrackingNumber: trackingNumber,
          CarrierCode: carrier,
          Quantity,
        })),
    ),
    OrderLineChargeDetail: line.discounts === 0 ? [] : [{ ChargeTotal: -major(line.discounts) }],
    OrderLineTaxDetail: [{ TaxAmount: major(line.taxes) }],
  };
}

function omsWrites({ number, terms, life, acts, ending }: GoldenCase): OmsWrite[] {
  // A return moves the order that it is of: announced, then done.
  const comingBack = (ending.returns ?? []).map(() => 'returned');
  const keys = terms.customerId === undefined ? [] : [['customer', terms.customerId] as const];
  const made = [...keys, ['order', number] as const].map(([entity, key], index): OmsWrite => ({
    sequence: index + 1,
    at: lastMoment,
    entity,
    key,
    kind: 'create',
    changed: [],
    by: 'api',
    traceparent: null,
  }));
  const lived = [...life.map((step) => step.do), ...acts.map((act) => act.when), ...comingBack].map(
    (changed, index): OmsWrite => ({
      sequence: index + 10,
      at: lastMoment,
      entity: 'order',
      key: number,
      kind: 'update',
      changed: [changed],
      by: 'life',
      traceparent: null,
    }),
  );
  return [...made, ...lived];
}

function crmOrder({ number, site, terms, ending }: GoldenCase, key: string): CrmRecord {
  return {
    ...ending.order,
    OMS_Status__c: ending.status,
    OMS_Status_Label__c: site.labels[ending.status] ?? null,
    OMS_Order_Ref__c: number,
    OMS_Order_Key__c: key,
    OMS_Event_Time__c: `${lastMoment}.000+0000`,
    OMS_Order_Total__c: major(ending.omsTotal ?? terms.total),
    OMS_Cancelled_Total__c: ending.cancelledTotal === null ? null : major(ending.cancelledTotal),
  };
}

function crmLine({ ending }: GoldenCase, key: string, id: string, quantity: number): CrmRecord {
  const places = ending.lines[id] ?? {};
  return {
    ...ending.lineFields?.[id],
    LineNumber: Number(id),
    Quantity: quantity,
    OMS_Order_Line_Key__c: `${key}:${id}`,
    OMS_Line_Status__c: lineStatus(Object.keys(places)),
    ...Object.fromEntries(Object.entries(places).map(([place, units]) => [quantityField(place), units])),
  };
}

const quantityField = (place: string) =>
  `OMS_Qty_${place.replace(/(^|-)(.)/g, (_, dash: string, letter: string) => (dash ? '_' : '') + letter.toUpperCase())}__c`;

const lineStatus = (places: readonly string[]): string => {
  const alive = places.filter((place) => place !== 'cancelled');
  if (alive.length === 0) return 'cancelled';
  return alive.length === 1 ? (alive[0] ?? '') : `partially-${alive.at(-1)}`;
};

/** Status of a line by its quantities in words: the furthest place, `partially-` when there are several. */
const worded = (quantities: string): string => {
  return lineStatus(quantities.split(', ').map((part) => part.split(' ')[1] ?? ''));
};

function history({ ending }: GoldenCase, key: string): CrmRecord[] {
  const steps = (line: string | null, to: readonly string[], quantities: readonly (string | null)[]) =>
    to.map((status, index) => ({
      Order_Line_Key__c: line,
      From_Status__c: to[index - 1] ?? null,
      To_Status__c: status,
      Quantities__c: quantities[index],
      OMS_Time__c: `2026-11-20T10:00:0${index}.000+0000`,
      Track__c: 'status',
    }));
  return [
    ...steps(null, ending.orderHistory, []),
    ...(ending.beside ?? []).flatMap(({ track, line, steps: told }) =>
      steps(
        line === null ? null : `${key}:${line}`,
        told.map((step) => step.replace(/ \(.*\)$/, '')),
        [],
      ).map((entry, index) => ({
        ...entry,
        Track__c: track,
        Reason__c: / \((.*)\)$/.exec(told[index] ?? '')?.[1] ?? null,
      })),
    ),
    ...Object.entries(ending.lineHistory).flatMap(([id, told]) => steps(`${key}:${id}`, told.map(worded), told)),
  ];
}

function crmWrites({ ending }: GoldenCase): CrmWrite[] {
  return ['submitted', ...ending.orderHistory].map((status, index, all): CrmWrite => ({
    sequence: index + 1,
    at: lastMoment,
    object: 'Order',
    recordId: '801000000000001AAA',
    externalId: null,
    kind: 'update',
    changes: {
      OMS_Status__c: { from: all[index - 1] ?? null, to: status },
      OMS_Version__c: { from: index, to: index + 1 },
    },
    client: 'tandem',
    traceparent: null,
  }));
}
