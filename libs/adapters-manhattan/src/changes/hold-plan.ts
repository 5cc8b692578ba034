import { given, type HoldChange } from '@tandem/domain';
import type { JsonObject } from '../json.js';
import { refuse, send, unknownLine, versionedSave, type ChangePlan, type Plan } from './change-plan.js';
import type { HeldHold, HeldOrder } from './held-order.js';

/** Puts a hold on the order or a line; the type of the hold is its key (§2.5, §3.8). */
export const applyHoldPlan = (hold: HoldChange): ChangePlan => ({
  plan: (held) => {
    if (!holdsOn(hold, held)) return unknownHoldLine(hold);
    return send(saveOf(hold, given({ StatusId: '1000', ApplyReasonComments: hold.comment })));
  },
  shows: (held) => find(hold, held)?.applied === true,
  lacks: (held) => find(hold, held)?.applied !== true,
  pending: () => false,
});

/** Nobody but us resolves a system hold (§3.8). One that was never applied cannot be: the save would invent it. */
export const resolveHoldPlan = (hold: HoldChange): ChangePlan => ({
  plan: (held) => {
    if (!holdsOn(hold, held)) return unknownHoldLine(hold);
    if (find(hold, held)) return send(saveOf(hold, given({ StatusId: '2000', ResolveReasonComments: hold.comment })));
    const sentence = `The OMS holds no hold ${hold.type} on it.`;
    return refuse(
      'type',
      'hold.unknown',
      sentence,
      'Read the order again: the hold may be on a line, or have another type.',
    );
  },
  shows: (held) => find(hold, held)?.applied === false,
  lacks: (held) => find(hold, held)?.applied !== false,
  pending: () => false,
});

/** Undefined where the line is not there. */
const holdsOn = ({ line }: HoldChange, held: HeldOrder): readonly HeldHold[] | undefined =>
  line === undefined ? held.holds : held.lines.find(({ id }) => id === line)?.holds;

const find = (hold: HoldChange, held: HeldOrder): HeldHold | undefined =>
  holdsOn(hold, held)?.find(({ type }) => type === hold.type);

const unknownHoldLine = ({ line = '' }: { readonly line?: string }): Plan => ({
  kind: 'refuse',
  violations: [unknownLine('line', line)],
});

function saveOf(hold: HoldChange, status: JsonObject) {
  const entry = { HoldTypeId: hold.type, ...status };
  if (hold.line === undefined) return versionedSave(hold, { OrderHold: [entry] });
  return versionedSave(hold, { OrderLine: [{ OrderLineId: hold.line, OrderLineHold: [entry] }] });
}
