import { randomUUID } from 'node:crypto';
import type { FeedDelivery } from '@tandem/domain';
import type { Omission, Retelling, Retold } from '@tandem/domain/testing';
import { recordOf, type OmsRecord } from './record.js';

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
export function retold(order: OmsRecord, organization: string, { without = [], submittedAt }: Retelling): Retold {
  const paths = without.flatMap((omission) => ATTRIBUTES[omission]);
  const told = paths.reduce((left, path) => recordOf(lacking(left, path.split('.'))), order);
  const entry = submittedAt && { ...told, EventSubmitTimestamp: submittedAt.replace(/Z$/, '') };
  return {
    delivery: deliveryOf(organization, entry ? { data: [entry], ConsolidatedPayload: true } : told),
    leftOut: paths.map((path) => path.split('.').at(-1) ?? path),
  };
}

export const deliveryOf = (organization: string, body: unknown): FeedDelivery => ({
  headers: { organization, msg_type: 'PublishOrderEventMSGType', msg_id_pk: randomUUID() },
  body: new TextEncoder().encode(JSON.stringify(body)),
});

function lacking(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return value;
  if (Array.isArray(value)) return value.map((entry: unknown) => lacking(entry, [name, ...rest]));
  const { [name]: inner, ...others } = recordOf(value);
  return rest.length === 0 || inner === undefined ? others : { ...others, [name]: lacking(inner, rest) };
}
