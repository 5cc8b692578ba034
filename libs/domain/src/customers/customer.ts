import type { CustomerKey } from '../kernel/ids.js';
import type { Address } from './address.js';

/** A customer with an account, known to both sides by the same key. */
export interface RegisteredCustomer {
  readonly kind: 'registered';
  readonly key: CustomerKey;
  readonly firstName?: string;
  readonly lastName: string;
  readonly email?: string;
  readonly phone?: string;
  readonly taxExemptId?: string;
  readonly addresses: readonly CustomerAddress[];
}

export interface CustomerAddress {
  /** Names the address within its customer; the same address keeps its id. */
  readonly id: string;
  readonly use: 'shipping' | 'billing';
  readonly address: Address;
}

/** Someone who orders without an account: no customer exists for them on either side. */
export interface GuestCustomer {
  readonly kind: 'guest';
  readonly firstName?: string;
  readonly lastName: string;
  readonly email?: string;
  readonly phone?: string;
}

export type OrderCustomer = RegisteredCustomer | GuestCustomer;
