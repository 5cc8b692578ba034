import type { AskedPromise, SentSave } from '@tandem/domain/testing';
import { flagIn, numberIn, recordOf, recordsIn, textIn, type OmsRecord } from './record.js';

/** §6.5. */
export function askedPromise(body: OmsRecord): AskedPromise {
  const address = recordOf(body['Address']);
  return {
    cart: textIn(body, 'RequestId'),
    configuration: textIn(body, 'PromisingConfigName'),
    demand: textIn(body, 'DemandType'),
    postalCode: textIn(address, 'PostalCode'),
    country: textIn(address, 'Country'),
    lines: recordsIn(body, 'RequestDetails').map((detail) => ({
      id: textIn(detail, 'DetailId'),
      sku: textIn(detail, 'ItemId'),
      quantity: numberIn(detail, 'Quantity'),
      bySending: flagIn(detail, 'EvaluateShipping'),
      byPickUp: flagIn(detail, 'EvaluatePickup'),
    })),
  };
}

/** §3.4. */
export function sentSave(body: OmsRecord): SentSave {
  const actions = recordOf(body['OrderActions']);
  return {
    number: textIn(body, 'OrderId'),
    organization: textIn(body, 'OrgId'),
    agreed: {
      prices: flagIn(actions, 'IsAlreadyPriced'),
      charges: flagIn(actions, 'IsAlreadyCharged'),
      taxes: flagIn(actions, 'IsAlreadyTaxed'),
    },
  };
}
