import { flag, referenceId, rows, text, type JsonObject } from '../wire/json.js';
import { Refusal } from '../wire/refusal.js';
import { modTypesOf, type ModTypeRules } from './mod-type-rules.js';
import type { Modification } from './mod-types.js';
import { lineStatusRange, orderStatusRange } from './status-ladder.js';

/**
 * One modification that its rule forbids rejects the whole update (§2.5, §3.7).
 * @throws Refusal 400 naming the mod type and the status
 */
export function enforceModificationRules(rules: ModTypeRules, before: JsonObject, found: Modification[]): void {
  for (const { modType, level, row, lineBefore } of found) {
    const because = restriction(rules, before, level === 'OrderLine' ? lineBefore : undefined, modType);
    if (because === undefined) continue;
    const where = level === 'Order' ? 'order' : `order line ${text(row, 'OrderLineId') ?? ''}`;
    throw new Refusal(400, modType, `${modType} is not allowed for ${where} ${because}`);
  }
}

/** Why a modification is refused in the present state of the order, or of one of its lines; undefined when it is not. */
function restriction(
  rules: ModTypeRules,
  order: JsonObject,
  line: JsonObject | undefined,
  modType: string,
): string | undefined {
  const rule = rules.rule(orderTypeOf(order), modType);
  if (rule.RestrictPostConfirmation && flag(order, 'IsConfirmed')) return 'after confirmation';
  const sales = rows(order, 'OrderLine').filter((row) => !flag(row, 'IsReturn'));
  const max = line ? lineStatusRange(line).max : (orderStatusRange(sales)?.max ?? 0);
  if (rule.RestrictFromStatus === null || max < rule.RestrictFromStatus) return undefined;
  return `in status ${max} (restricted from ${rule.RestrictFromStatus})`;
}

export function orderTypeOf(order: JsonObject): string {
  return referenceId(order, 'OrderType', 'OrderTypeId') ?? '';
}

/** What may be changed now (§3.1), and what may not, for the order and each line. */
export function permittedModTypes(rules: ModTypeRules, order: JsonObject) {
  const split = (modTypes: string[], line?: JsonObject) => ({
    permitted: modTypes.filter((modType) => restriction(rules, order, line, modType) === undefined),
    ineligible: modTypes.filter((modType) => restriction(rules, order, line, modType) !== undefined),
  });
  const add = split(['OrderLine::Add']);
  const header = split(modTypesOf('Order'));
  return {
    order: {
      permitted: [...header.permitted, ...add.permitted],
      ineligible: [...header.ineligible, ...add.ineligible],
    },
    lines: rows(order, 'OrderLine').map((line) => {
      const level = flag(line, 'IsReturn') ? 'ReturnOrderLine' : 'OrderLine';
      const names = modTypesOf(level).filter((name) => name !== 'OrderLine::Add');
      return { orderLineId: text(line, 'OrderLineId') ?? '', ...split(names, line) };
    }),
  };
}
