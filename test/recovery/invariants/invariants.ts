import type { Evidence } from './evidence.js';

/** Yields what is wrong, one sentence each; nothing where the invariant holds. Pure, and only final when nothing moves any more. */
export type Invariant = (seen: Evidence) => readonly string[];

const limits = { rssMb: 400, files: 400, connections: 80 };

/** I1: what was acknowledged is archived, and is done, under way, or parked with a reason; archive and parked messages agree. */
const nothingLost: Invariant = ({ acknowledged, archived, parked, underWay, onTheBus, verdicts }) => {
  const kept = new Set(archived.flatMap(({ dedupeKey, messageId }) => [dedupeKey, messageId]));
  const parkedIds = new Set(parked.map(({ archiveId }) => archiveId));
  const unsettled = archived.filter(({ state }) => state === 'received' || state === 'waiting');
  return [
    ...acknowledged.filter((id) => !kept.has(id)).map((id) => `${id} was acknowledged and is not archived.`),
    ...unsettled
      .filter(({ id }) => onTheBus === 0 && !underWay.has(id))
      .map(({ id, state }) => `Archived message ${id} is ${state}, and nothing of it is under way.`),
    ...archived
      .filter(({ id, state }) => state === 'parked' && !parkedIds.has(id))
      .map(({ id }) => `Archived message ${id} is marked as parked and is not parked.`),
    ...archived
      .filter(({ id, state }) => state !== 'parked' && parkedIds.has(id))
      .map(({ id, state }) => `Archived message ${id} is parked and is marked as ${state}.`),
    ...archived
      .filter(({ state, hasReason }) => state === 'parked' && !hasReason)
      .map(({ id }) => `Archived message ${id} is parked without a reason.`),
    ...parked
      .filter(({ sentence, remedy }) => sentence === '' || remedy === '')
      .map(({ queue }) => `A message parked in ${queue} says not what happened, or not what to do.`),
    ...verdicts.flatMap(({ lost }) => lost),
  ];
};

/** I2: one effect for each business change. */
const oneEffect: Invariant = ({ effects, verdicts, strays }) => {
  const same = Map.groupBy(effects, ({ side, key, change }) => `${side} ${key} ${change}`);
  return [
    ...[...same.values()].flatMap((made) => {
      const [first] = made;
      return first === undefined || made.length < 2
        ? []
        : [`${first.key} had the same effect at the ${first.side} ${made.length} times.`];
    }),
    ...verdicts.flatMap(({ duplicateEffects }) => duplicateEffects),
    ...strays,
  ];
};

/** I3: each step of a history goes on from where the one before ended. */
const inOrder: Invariant = ({ steps }) =>
  [...Map.groupBy(steps, ({ subject }) => subject)].flatMap(([subject, own]) =>
    own.flatMap(({ from, to }, index) => {
      const before = own[index - 1]?.to ?? null;
      return from === before
        ? []
        : [`${subject} came to “${to}” from “${from ?? 'nothing'}”, and was “${before ?? 'nothing'}”.`];
    }),
  );

/** I4: each unit is in exactly one place. */
const quantitiesBalance: Invariant = ({ balances }) =>
  balances
    .filter(({ ordered, counted }) => ordered !== counted)
    .map(
      ({ subject, ordered, counted }) => `${counted} units of ${subject} are somewhere, and ${ordered} were ordered.`,
    );

/** I5: to the cent. */
const moneyBalances: Invariant = ({ money }) => money;

/** I6: the CRM shows what the OMS holds, for every order. */
const converged: Invariant = ({ verdicts }) =>
  verdicts
    .filter((verdict) => !verdict.converged)
    .flatMap(({ number, differences }) => differences.map((sentence) => `${number}: ${sentence}`));

/** I7: each effect carries a trace; one at the OMS was begun by a message that is archived. */
const traceable: Invariant = ({ effects, archived }) => {
  const begun = new Set(archived.map(({ traceId }) => traceId));
  return effects.flatMap(({ side, key, traceId }) => {
    if (traceId === null) return [`An effect on ${key} at the ${side} carries no trace.`];
    return side === 'oms' && !begun.has(traceId)
      ? [`The trace of an effect on ${key} leads to no archived message.`]
      : [];
  });
};

/** I8: what belongs to one organization is held by that one. */
const isolated: Invariant = ({ owners }) =>
  owners
    .filter(({ organization, heldBy }) => organization !== heldBy)
    .map(({ number, organization, heldBy }) => `${number} belongs to ${organization} and is held by ${heldBy}.`);

/** I9. */
const bounded: Invariant = ({ peaks }) =>
  (['rssMb', 'files', 'connections'] as const)
    .filter((measure) => peaks[measure] > limits[measure])
    .map((measure) => `${measure} came to ${peaks[measure]}; the limit is ${limits[measure]}.`);

/** I10: names where, never what. */
const secret: Invariant = ({ texts, secrets }) =>
  texts.flatMap(({ where, text }) =>
    secrets.flatMap((value, index) => (text.includes(value) ? [`Secret value ${index + 1} stands in ${where}.`] : [])),
  );

/** All of them, by their names in the promise. */
export const invariants: Readonly<Record<string, Invariant>> = {
  I1: nothingLost,
  I2: oneEffect,
  I3: inOrder,
  I4: quantitiesBalance,
  I5: moneyBalances,
  I6: converged,
  I7: traceable,
  I8: isolated,
  I9: bounded,
  I10: secret,
};
