import { randomUUID } from 'node:crypto';
import type { FeedDelivery } from '@tandem/domain';
import type { Omission, Retelling, Retold, StockOmission } from '@tandem/domain/testing';
import { numberIn, recordOf, recordsIn, type OmsRecord } from './record.js';

const UNITS = 'OrderLine.QuantityDetail';
const PARCELS = 'OrderLine.FulfillmentDetail';
const METHODS = 'Payment.PaymentMethod';
const RUNGS = ['MinFulfillmentStatus', 'MaxFulfillmentStatus'];

/** What each omission is called at the OMS, §3.4, §3.5, §4.2 and §5.3. */
const ATTRIBUTES: Readonly<Record<Omission, readonly string[]>> = {
  moment: ['UpdatedTimestamp'],
  currency: ['CurrencyCode'],
  'order-cancelled': ['IsCancelled'],
  'line-cancelled': ['OrderLine.IsCancelled'],
  'plain-rungs': RUNGS.flatMap((rung) => [`${rung}Id`, `OrderLine.${rung}Id`]),
  'rungs-in-objects': RUNGS.flatMap((rung) => [rung, `OrderLine.${rung}`]),
  units: [UNITS],
  'plain-unit-status': [`${UNITS}.StatusId`],
  'unit-status-in-object': [`${UNITS}.Status`],
  'line-quantity': ['OrderLine.Quantity'],
  'line-reason': ['OrderLine.CancelReason'],
  'parcel-item': [`${PARCELS}.ItemId`],
  package: [`${PARCELS}.PackageId`],
  payments: ['Payment'],
  'tender-amounts': [`${METHODS}.CurrentAuthAmount`, `${METHODS}.CurrentSettledAmount`],
  transactions: [`${METHODS}.PaymentTransaction`],
  'transaction-answer': [`${METHODS}.PaymentTransaction.PaymentResponseStatus`],
  'transaction-state': [`${METHODS}.PaymentTransaction.Status`],
  'processed-amount': [`${METHODS}.PaymentTransaction.ProcessedAmount`],
  'payment-state': ['PaymentStatus'],
  invoices: ['Invoice'],
  'invoice-state': ['Invoice.Status'],
  'return-kind': ['ReturnType'],
};

/** The order as the tenant's own template would publish it: the document that the OMS gives, less what the template leaves out (§7.3). */
export function retold(order: OmsRecord, organization: string, { without = [], submittedAt, rung }: Retelling): Retold {
  const paths = without.flatMap((omission) => ATTRIBUTES[omission]);
  const told = paths.reduce(
    (left, path) => recordOf(lacking(left, path.split('.'))),
    rung ? standingAt(order, rung) : order,
  );
  const entry = submittedAt && { ...told, EventSubmitTimestamp: submittedAt.replace(/Z$/, '') };
  return {
    delivery: deliveryOf(
      organization,
      'PublishOrderEventMSGType',
      entry ? { data: [entry], ConsolidatedPayload: true } : told,
    ),
    leftOut: paths.map((path) => path.split('.').at(-1) ?? path),
  };
}

const STOCK: Readonly<Record<StockOmission, string>> = {
  code: 'StatusCode',
  text: 'Status',
  total: 'TotalQuantity',
  moment: 'TransactionDateTime',
};

/** An alert is one record of availability (§6.3). */
export function retoldStock(data: unknown, organization: string, without: readonly StockOmission[]): Retold {
  const leftOut = without.map((omission) => STOCK[omission]);
  const record: unknown = Array.isArray(data) ? data[0] : data;
  const told = leftOut.reduce((left: unknown, name) => lacking(left, [name]), record);
  return { delivery: deliveryOf(organization, 'AvailabilityAlertMSGType', told), leftOut };
}

/** All units that a line has stand at one rung. */
function standingAt(order: OmsRecord, rung: string): OmsRecord {
  const rows = (line: OmsRecord) =>
    recordsIn(line, 'QuantityDetail').map((row) =>
      numberIn(row, 'Quantity') ? { ...row, StatusId: rung, Status: { StatusId: rung } } : row,
    );
  const lines = recordsIn(order, 'OrderLine').map((line) => ({ ...line, QuantityDetail: rows(line) }));
  return { ...order, OrderLine: lines };
}

const deliveryOf = (organization: string, msg_type: string, body: unknown): FeedDelivery => ({
  headers: { organization, msg_type, msg_id_pk: randomUUID() },
  body: new TextEncoder().encode(JSON.stringify(body)),
});

function lacking(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return value;
  if (Array.isArray(value)) return value.map((entry: unknown) => lacking(entry, [name, ...rest]));
  const { [name]: inner, ...others } = recordOf(value);
  return rest.length === 0 || inner === undefined ? others : { ...others, [name]: lacking(inner, rest) };
}
