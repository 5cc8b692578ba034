import type { OrderRevision, SiteProfile, Violation } from '@tandem/domain';
import { idViolations, lineLimit } from '../orders/place-rules.js';
import { unknownLine } from './change-plan.js';
import type { HeldOrder } from './held-order.js';

/** What the OMS would take for something else, or choke on (§2.5, §2.7): a save adds a line that it does not know. */
export function revisionViolations(site: SiteProfile, revision: OrderRevision, held: HeldOrder): readonly Violation[] {
  const { lines = [], addedLines = [] } = revision;
  const known = new Set(held.lines.map(({ id }) => id));
  return [
    ...lines.flatMap(({ id }, index) => (known.has(id) ? [] : [unknownLine(`lines[${index}].id`, id)])),
    ...lines.flatMap(({ quantity }, index) => quantityViolations(`lines[${index}].quantity`, quantity)),
    ...addedLines.flatMap(({ id }, index) => addedViolations(`addedLines[${index}].id`, id, known)),
    ...lineLimit(site, held.lines.length + addedLines.length),
  ];
}

function quantityViolations(field: string, quantity = 1): readonly Violation[] {
  if (quantity > 0) return [];
  const sentence = `${field} is not above zero.`;
  return [{ field, rule: 'quantity.not_positive', sentence, remedy: 'Cancel the line instead.' }];
}

function addedViolations(field: string, id: string, known: ReadonlySet<string>): readonly Violation[] {
  if (!known.has(id)) return idViolations(field, id);
  const sentence = `The OMS already holds a line ${id} in this order.`;
  return [{ field, rule: 'line.exists', sentence, remedy: 'Give the added line an id of its own.' }];
}
