import type { OrderChange, Violation } from '@tandem/domain';
import type { JsonObject } from '../json.js';
import { SAVE } from '../orders/order-save.js';
import type { HeldOrder } from './held-order.js';

/** One POST to the OMS. */
export interface VendorCall {
  readonly path: string;
  readonly body: JsonObject;
}

/**
 * What is to be sent, in this order, for an order as it is now. Nothing where the order is already as it is to be.
 * Only the last call carries the version: a repeat after a crash half-way plans anew from what it finds, and a
 * repeat after the last call is known by the version that the order has then.
 */
export type Plan =
  | {
      readonly kind: 'send';
      readonly calls: readonly VendorCall[];
      /** `each` call is tried, whatever is said to the others; by default the first refusal ends it. */
      readonly refusals?: 'end' | 'each';
    }
  | { readonly kind: 'refuse'; readonly violations: readonly Violation[] };

/** One kind of change, for any order that it may meet. */
export interface ChangePlan {
  plan(held: HeldOrder): Plan;
  /** Whether the order shows that the change has happened, although its version tells of a later one. */
  shows(held: HeldOrder): boolean;
  /**
   * Whether the order shows that the change has not happened, although its version is there: another host has taken that version for
   * a change of its own (§2.6). False where the order cannot tell.
   */
  lacks(held: HeldOrder): boolean;
  /** Whether the outcome is still to come from another system. */
  pending(held: HeldOrder): boolean;
}

export const send = (...calls: readonly VendorCall[]): Plan => ({ kind: 'send', calls });

export const refuse = (field: string, rule: string, sentence: string, remedy: string): Plan => ({
  kind: 'refuse',
  violations: [{ field, rule, sentence, remedy }],
});

/** A partial save in the version of the change (§2.5, §2.6). */
export const versionedSave = (change: OrderChange, part: JsonObject, flags: JsonObject = {}): VendorCall => ({
  path: SAVE,
  body: { OrderId: change.number, OrderActions: { ...flags, VersionTimestamp: change.version }, ...part },
});

/** A partial save ahead of the versioned one: without a version the OMS keeps the one that it has (§2.6). */
export const unversionedSave = (change: OrderChange, part: JsonObject): VendorCall => ({
  path: SAVE,
  body: { OrderId: change.number, ...part },
});

export const unknownLine = (field: string, line: string): Violation => ({
  field,
  rule: 'line.unknown',
  sentence: `The OMS holds no line ${line} in this order.`,
  remedy: 'Compare the lines on both sides: a save would add the line instead of changing it.',
});
