import type { OrderRevision } from '@tandem/domain';
import type { Fields } from '../feed/fields.js';
import { deliveryMethodOf } from '../orders/order-save-line.js';
import { INSTRUCTIONS } from '../orders/order-save-parts.js';
import type { OrderVocabulary } from '../orders/order-vocabulary.js';
import { RELEASED } from './cancel-plan.js';
import type { HeldOrder } from './held-order.js';

type RevisedLine = NonNullable<OrderRevision['lines']>[number];

/**
 * Whether the order shows that a revision was never made: only by what nothing but a change of a host alters. Fewer units than were asked
 * for may have come up short since.
 */
export function lacksRevision(words: OrderVocabulary, revision: OrderRevision, held: HeldOrder): boolean {
  const { lines = [], addedLines = [], instructions } = revision;
  return (
    addedLines.some(({ id }) => !held.lines.some((line) => line.id === id)) ||
    lines.some((line) => lacksLine(words, line, held)) ||
    (instructions !== undefined && lacksNote(instructions, held.fields))
  );
}

function lacksLine(words: OrderVocabulary, revised: RevisedLine, held: HeldOrder): boolean {
  const line = held.lines.find(({ id }) => id === revised.id);
  const fields = held.fields.children('OrderLine').find((candidate) => candidate.text('OrderLineId') === revised.id);
  if (!line || !fields || line.cancelled) return false;
  const { quantity = line.quantity, delivery } = revised;
  const isOtherQuantity = line.quantity > quantity || (line.quantity < quantity && line.highest < RELEASED);
  const method = line.deliveryMethod;
  const isOtherMethod = delivery !== undefined && method !== undefined && method !== deliveryMethodOf(delivery);
  return isOtherQuantity || isOtherMethod || lacksDiscount(words, revised, fields);
}

const lacksDiscount = (
  { discountChargeType }: OrderVocabulary,
  { discounts = [] }: RevisedLine,
  line: Fields,
): boolean => {
  const charges = line
    .children('OrderLineChargeDetail')
    .filter((charge) => charge.reference('ChargeType', 'ChargeTypeId') === discountChargeType);
  if (line.raw['OrderLineChargeDetail'] === undefined) return false;
  return discounts.some(({ id }) => !charges.some((charge) => charge.text('ChargeDetailId') === id));
};

const lacksNote = (instructions: string, order: Fields): boolean =>
  Array.isArray(order.raw['OrderNote']) &&
  !order
    .children('OrderNote')
    .some((note) => note.text('NoteId') === INSTRUCTIONS && note.text('NoteText') === instructions);
