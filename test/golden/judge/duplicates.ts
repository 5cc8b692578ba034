import type { CrmWrite } from '../../support/stack/crm-twin.js';
import type { OmsWrite } from '../../support/stack/oms-shapes.js';
import type { GoldenCase } from '../golden-order.js';
import type { OrderEvidence } from './evidence.js';

/** Fields that say how fresh a record is, and holds: they come and go beside the state of the order. */
const freshness = new Set(['OMS_Version__c', 'OMS_Event_Time__c', 'OMS_Holds__c']);

/** Effects that happened more than once at either far side, whatever our own tables say: each in a sentence. */
export function duplicateEffects(evidence: OrderEvidence): string[] {
  return [...atTheOms(evidence), ...inTheCrm(evidence)];
}

function atTheOms({ oms, expected }: OrderEvidence): string[] {
  return (['order', 'customer'] as const).flatMap((entity) => {
    const ours = oms.writes.filter((write) => write.entity === entity && write.by === 'api' && isOurs(write));
    const creations = ours.filter((write) => write.kind === 'create').length;
    const updates = ours.filter((write) => write.kind === 'update');
    return [
      ...(creations > 1 ? [`The OMS was made to create the ${entity} of ${expected.number} ${creations} times.`] : []),
      ...unasked(entity, updates, expected).map(
        ({ changed }) => `The OMS's ${entity} of ${expected.number} was changed unasked: ${changed.join(', ')}.`,
      ),
    ];
  });
}

/** The edits of the golden order are asked for, each once and no more than it says; the OMS adds up the totals itself. */
function unasked(
  entity: 'order' | 'customer',
  updates: readonly OmsWrite[],
  { ending }: GoldenCase,
): readonly OmsWrite[] {
  const asked = entity === 'order' ? (ending.edits ?? []).map((edit) => [...edit].sort().join()) : [];
  return updates.filter(({ changed }) => {
    const told = changed.filter((attribute) => !/Total\w*$/.test(attribute));
    const at = asked.indexOf(told.sort().join());
    if (at >= 0) asked.splice(at, 1);
    return at < 0;
  });
}

/** Our calls carry a trace; the twin's other users, whom the acts play, have none. */
const isOurs = ({ kind, traceparent }: OmsWrite) => kind === 'create' || traceparent !== null;

function inTheCrm({ crm, oms, expected }: OrderEvidence): string[] {
  const records = Map.groupBy(crm.writes, (write) => write.recordId);
  // A return is another order at the OMS; what it tells moves the projection of the order that it is of.
  const ofReturns = crm.writes.filter(({ object }) => object === 'OMS_Return__c').length;
  const omsChanges = oms.writes.filter((write) => write.entity === 'order').length + ofReturns;
  return [
    ...createdTwice(crm.writes),
    ...[...records.values()].flatMap((writes) => {
      const [first] = writes;
      const name = `${first?.object ?? ''} ${first?.externalId ?? first?.recordId ?? ''} of ${expected.number}`;
      const again = recurring(expected, first?.object);
      return [
        ...(again ? [] : [...repeatedWrites(name, writes), ...flapping(name, writes)]),
        ...tooMany(name, writes, omsChanges),
      ];
    }),
  ];
}

/** Whether the golden order itself goes through one state twice, as after a short that is allocated again. */
const recurring = ({ ending }: GoldenCase, object: string | undefined): boolean => {
  const told = object === 'Order' ? [ending.orderHistory] : Object.values(ending.lineHistory);
  return (object === 'Order' || object === 'OrderItem') && told.some((steps) => new Set(steps).size < steps.length);
};

function createdTwice(writes: readonly CrmWrite[]): string[] {
  const creations = writes.filter(({ kind, externalId }) => kind === 'create' && externalId !== null);
  const byKey = Map.groupBy(creations, ({ object, externalId }) => `${object} ${externalId}`);
  return [...byKey].flatMap(([name, made]) => (made.length > 1 ? [`${name} was created ${made.length} times.`] : []));
}

/** The same field set changed in the same way twice, or a change to what was already so. */
function repeatedWrites(name: string, writes: readonly CrmWrite[]): string[] {
  const bySet = Map.groupBy(writes, ({ kind, changes }) => `${kind} ${JSON.stringify(sorted(changes))}`);
  const repeats = [...bySet.values()].filter((same) => same.length > 1);
  const idle = writes.filter(({ kind, changes }) => {
    const fields = Object.values(changes);
    return kind !== 'delete' && !fields.some(({ from, to }) => (from ?? null) !== (to ?? null));
  });
  return [
    ...repeats.map((same) => `${name} had the same change ${same.length} times: ${fieldsOf(same[0])}.`),
    ...idle.map((write) => `${name} was written with what it held already: ${fieldsOf(write)}.`),
  ];
}

/** A record that goes back to a state which it had left. Single fields may: a quantity goes from 0 to 3 and back to 0. */
function flapping(name: string, writes: readonly CrmWrite[]): string[] {
  const state: Record<string, unknown> = {};
  const left = new Set<string>();
  let standing: string | undefined;
  return writes.flatMap(({ changes }) => {
    for (const [field, { to }] of Object.entries(changes)) if (!freshness.has(field)) state[field] = to ?? null;
    const now = JSON.stringify(sorted(state));
    if (now === standing) return [];
    const before = standing;
    if (before !== undefined) left.add(before);
    standing = now;
    return left.has(now) ? [`${name} went back to a state that it had left: ${now}, from ${before}.`] : [];
  });
}

/** A record changes at most once for what the OMS told of one moment, and once when the order is handed over. */
function tooMany(name: string, writes: readonly CrmWrite[], omsChanges: number): string[] {
  const most = omsChanges + 1;
  return writes.length > most
    ? [`${name} was written ${writes.length} times for ${omsChanges} changes at the OMS.`]
    : [];
}

const sorted = (fields: Readonly<Record<string, unknown>>) =>
  Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));

const fieldsOf = (write: CrmWrite | undefined) => Object.keys(write?.changes ?? {}).join(', ') || 'nothing';
