import type { CrmRecordId } from '../kernel/ids.js';
import type { CustomerAddress } from './customer.js';

/** A value of the CRM with the field that it stands in there, so that a complaint can name it. */
export interface Told<Value = string> {
  /** As the CRM's people know it, such as `Account.BillingCity`. */
  readonly field: string;
  readonly value: Value | undefined;
}

/** The customer that a changed record belongs to. */
export interface AccountHead {
  readonly accountId: CrmRecordId;
  /** Undefined where the account is no customer of its own, such as the one that all guests share. */
  readonly key: string | undefined;
  /** Of its addresses, as codes or in words. */
  readonly countries: readonly string[];
}

/** An account as the CRM holds it, put into our shape and not yet believed: any value may be missing or wrong. */
export interface CapturedAccount {
  readonly accountId: CrmRecordId;
  readonly key: string | undefined;
  readonly firstName: Told;
  readonly lastName: Told;
  readonly email: Told;
  readonly phone: Told;
  readonly taxExemptId: Told;
  /** Those that have at least a street, a city or a postal code. */
  readonly addresses: readonly CapturedAccountAddress[];
}

export interface CapturedAccountAddress {
  readonly id: CustomerAddress['id'];
  readonly use: CustomerAddress['use'];
  readonly firstName: Told;
  readonly lastName: Told;
  readonly lines: Told<readonly string[]>;
  readonly city: Told;
  /** A code where the CRM keeps codes, else whatever was typed. */
  readonly state: Told;
  readonly postalCode: Told;
  /** A code where the CRM keeps codes, else whatever was typed. */
  readonly country: Told;
  readonly phone: Told;
  readonly email: Told;
}
