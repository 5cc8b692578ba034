import { canonicalText } from '../kernel/canonical-text.js';
import type { Violation } from '../kernel/faults.js';
import { given } from '../kernel/given.js';
import type { DeliveryOption, OrderLine, OrderTerms, TermsChange } from './order.js';
import type { Wish } from './edit-rules.js';

type LineChange = NonNullable<TermsChange['lines']>[number];

/** How an order that the OMS holds differs from what the CRM now says of it. */
export interface OrderEdit {
  /** Only what differs. */
  readonly changes: TermsChange;
  readonly wishes: readonly Wish[];
  /** What no edit can bring about. */
  readonly violations: readonly Violation[];
}

/** The smallest edit that makes the agreed terms the wanted ones. Undefined where nothing differs. */
export function orderEdit(agreed: OrderTerms, wanted: OrderTerms): OrderEdit | undefined {
  const lines = wanted.lines.flatMap((line, index) => lineEdit(agreed, line, index));
  const known = new Set(agreed.lines.map(({ id }) => id));
  const addedLines = wanted.lines.filter(({ id }) => !known.has(id));
  const violations = [...fixedViolations(agreed, wanted), ...lines.flatMap((line) => line.violations)];
  const changes: TermsChange = given({
    lines: someOf(lines.flatMap(({ change }) => change ?? [])),
    addedLines: someOf(addedLines),
    instructions: differs(agreed.instructions, wanted.instructions) ? wanted.instructions : undefined,
    billTo: differs(agreed.billTo, wanted.billTo) ? wanted.billTo : undefined,
    tenders: someOf(changedTenders(agreed, wanted)),
  });
  if (violations.length === 0 && Object.keys(changes).length === 0) return undefined;
  const wishes: readonly Wish[] = [
    ...lines.flatMap((line) => line.wishes),
    ...addedLines.map((line): Wish => ({ kind: 'lines', field: `lines[${wanted.lines.indexOf(line)}]` })),
    ...(changes.instructions === undefined ? [] : [{ kind: 'instructions', field: 'instructions' } as const]),
    ...(changes.billTo === undefined ? [] : [{ kind: 'billing', field: 'billTo' } as const]),
  ];
  return { changes, wishes, violations };
}

interface LineEdit {
  readonly change: LineChange | undefined;
  readonly wishes: readonly Wish[];
  readonly violations: readonly Violation[];
}

function lineEdit(agreed: OrderTerms, line: OrderLine, index: number): readonly LineEdit[] {
  const known = agreed.lines.find(({ id }) => id === line.id);
  if (!known) return [];
  const field = `lines[${index}]`;
  const wish = (kind: Wish['kind'], name: string): Wish => ({ kind, field: `${field}.${name}`, line: line.id });
  const priced = (['unitPrice', 'discounts', 'taxes'] as const).filter((name) => differs(known[name], line[name]));
  const parts = {
    quantity: differs(known.quantity, line.quantity) ? line.quantity : undefined,
    delivery: differs(known.delivery, line.delivery) ? line.delivery : undefined,
    ...Object.fromEntries(priced.map((name) => [name, line[name]])),
  };
  const change = given(parts);
  const violations = (['sku', 'gift'] as const).flatMap((name) =>
    differs(known[name], line[name]) ? [fixed(`${field}.${name}`)] : [],
  );
  return [
    {
      change: Object.keys(change).length === 0 ? undefined : { id: line.id, ...change },
      wishes: [
        ...(parts.quantity === undefined ? [] : [wish('quantity', 'quantity')]),
        ...(parts.delivery === undefined ? [] : [wish(deliveryKind(known.delivery, line.delivery), 'delivery')]),
        ...priced.map((name) => wish('price', name)),
      ],
      violations,
    },
  ];
}

/** The same way to another address may be chosen longer than another way. */
const deliveryKind = (before: DeliveryOption, after: DeliveryOption): 'address' | 'delivery' =>
  before.kind === 'ship-to-home' && after.kind === 'ship-to-home' && before.method === after.method
    ? 'address'
    : 'delivery';

/** A payment is edited by its amount alone: what was authorized and captured is the OMS's and the provider's to tell. */
const changedTenders = (agreed: OrderTerms, wanted: OrderTerms) =>
  wanted.tenders.flatMap(({ id, amount }) =>
    agreed.tenders.some((known) => known.id === id && known.amount !== amount) ? [{ id, amount }] : [],
  );

/** What stands as it was placed. */
function fixedViolations(agreed: OrderTerms, wanted: OrderTerms): readonly Violation[] {
  const names = ['currency', 'purchaseOrderNumber', 'releaseNotBefore', 'charges'] as const;
  const kept = new Set(wanted.lines.map(({ id }) => id));
  const tenders = new Set(agreed.tenders.map(({ id }) => id));
  return [
    ...names.filter((name) => differs(agreed[name], wanted[name])).map(fixed),
    ...agreed.lines.filter(({ id }) => !kept.has(id)).map(({ id }) => taken(id)),
    ...wanted.tenders.flatMap(({ id }, index) => (tenders.has(id) ? [] : [fixed(`tenders[${index}]`)])),
  ];
}

const fixed = (field: string): Violation => ({
  field,
  rule: 'edit.not_revisable',
  sentence: `${field} cannot be edited any more: the OMS holds the order.`,
  remedy: 'Take the edit back in the CRM, or cancel the order and place another.',
});

const taken = (line: string): Violation => ({
  field: 'lines',
  rule: 'edit.line_removed',
  sentence: `Line ${line} was taken out of the order.`,
  remedy: 'Put the line back and cancel it instead: what was ordered stays on the order.',
});

const someOf = <T>(values: readonly T[]): readonly T[] | undefined => (values.length === 0 ? undefined : values);

const differs = (left: unknown, right: unknown): boolean => canonicalText(left) !== canonicalText(right);
