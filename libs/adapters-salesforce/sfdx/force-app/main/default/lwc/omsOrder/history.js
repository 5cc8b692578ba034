import { filled, labels } from 'c/omsLabels';
import { dayText, momentText } from './moments';
import { quantitiesText, statusText } from './units';

const CANCELS = {
  'cancel requested': labels.cancelRequested,
  'cancel cancelled': labels.cancelCancelled,
  'cancel partly-cancelled': labels.cancelPartlyCancelled,
  'cancel failed': labels.cancelFailed,
};

/**
 * The history, newest first, one item a moment: the order's own step leads, what its lines did follows, line by line.
 * @param lines names by key, in the order of the lines.
 */
export function historyOf(entries, lines) {
  const moments = new Map();
  for (const entry of withNewReasons(entries)) {
    const moment = entry.OMS_Time__c;
    moments.set(moment, [...(moments.get(moment) ?? []), entry]);
  }
  return [...moments].map(([moment, steps]) => itemOf(moment, steps, lines));
}

/** A line keeps its reason from step to step: it is told where it is new. */
function withNewReasons(entries) {
  const known = new Map();
  const told = entries.toReversed().map((entry) => {
    const { Order_Line_Key__c: line, Reason__c: reason } = entry;
    if (!line || !isStatus(entry)) return entry;
    const isNew = known.get(line) !== reason;
    known.set(line, reason);
    return isNew ? entry : { ...entry, Reason__c: undefined };
  });
  return told.toReversed();
}

function itemOf(moment, steps, lines) {
  const leading = steps.find((step) => isStatus(step) && !step.Order_Line_Key__c);
  const details = [...ownDetails(steps, leading), ...lineDetails(steps, lines)];
  const [first, ...rest] = details;
  return {
    key: steps[0].Id,
    title: leading ? statusText(leading.To_Status__c) : first?.text,
    at: moment,
    when: momentText(moment),
    isLate: steps.some((step) => step.Late__c),
    details: leading ? details : rest,
    className: `moment moment_${colorOf(leading, steps)}`,
  };
}

/** The stage that was reached; where units were only taken off the way, that they were. */
function colorOf(leading, steps) {
  if (leading) return leading.To_Status__c.replace('partially-', '');
  return steps.some(({ Quantities__c: quantities }) => quantities?.includes('cancelled')) ? 'cancelled' : 'other';
}

function ownDetails(steps, leading) {
  const own = steps.filter((step) => step !== leading && !step.Order_Line_Key__c);
  return own.map((step) => ({ key: step.Id, text: textOf(step) }));
}

function lineDetails(steps, lines) {
  const keys = [...new Set(steps.map((step) => step.Order_Line_Key__c).filter(Boolean))];
  const position = [...lines.keys()];
  return keys
    .sort((one, other) => position.indexOf(one) - position.indexOf(other))
    .map((key) => ({ key, own: steps.filter((step) => step.Order_Line_Key__c === key && !isBeginning(step)) }))
    .filter(({ own }) => own.length > 0)
    .map(({ key, own }) => ({ key, text: filled(labels.lineStep, nameIn(lines, key), ownText(own)) }));
}

/** Where the units are, then what was promised. */
function ownText(steps) {
  const sorted = steps.toSorted((one, other) => Number(isStatus(other)) - Number(isStatus(one)));
  return sorted.map(textOf).join(', ');
}

/** A line without a name by its number, which its key ends in. */
export function nameIn(lines, key) {
  return lines.get(key) ?? key?.split(':').pop() ?? '';
}

function isStatus({ Track__c: track }) {
  return !track || track === 'status';
}

/** That a new order's lines are ordered goes without saying. */
function isBeginning(step) {
  return isStatus(step) && !step.From_Status__c && step.To_Status__c === 'open';
}

function textOf({ Track__c: track, To_Status__c: to = '', Quantities__c: quantities, Reason__c: reason }) {
  switch (track) {
    case 'holds':
      return to === 'no-hold' ? labels.offHold : filled(labels.onHoldFor, to.replace(/^on-hold: /, ''));
    case 'promise':
      return filled(labels.promisedFor, dayText(to.replace(/^promised /, '')));
    case 'cancel-request':
      return CANCELS[to] ?? to;
    default: {
      const where = quantities ? quantitiesText(quantities) : statusText(to);
      return reason ? `${where} (${reason})` : where;
    }
  }
}
