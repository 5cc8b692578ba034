import { filled, labels } from 'c/omsLabels';
import { momentText } from './moments';
import { quantitiesText, statusText } from './units';

const CANCELS = {
  'cancel requested': labels.cancelRequested,
  'cancel cancelled': labels.cancelCancelled,
  'cancel partly-cancelled': labels.cancelPartlyCancelled,
  'cancel failed': labels.cancelFailed,
};

/** The history, newest first, one item a moment: the order's own step leads, its lines' steps follow. */
export function historyOf(entries, nameOfLine) {
  const moments = new Map();
  for (const entry of entries) {
    const key = entry.OMS_Time__c;
    moments.set(key, [...(moments.get(key) ?? []), entry]);
  }
  return [...moments].map(([moment, steps]) => itemOf(moment, steps, nameOfLine));
}

function itemOf(moment, steps, nameOfLine) {
  const leading = steps.find((step) => isStatus(step) && !step.Order_Line_Key__c);
  const others = steps
    .filter((step) => step !== leading)
    .map((step) => ({ key: step.Id, text: textOf(step, nameOfLine) }));
  const [first, ...rest] = others;
  const status = leading?.To_Status__c ?? '';
  return {
    key: steps[0].Id,
    title: leading ? statusText(status) : first.text,
    at: moment,
    when: momentText(moment),
    isLate: steps.some((step) => step.Late__c),
    details: leading ? others : rest,
    className: `moment moment_${status.replace('partially-', '') || 'other'}`,
  };
}

function isStatus({ Track__c: track }) {
  return !track || track === 'status';
}

function textOf(step, nameOfLine) {
  const name = nameOfLine(step.Order_Line_Key__c);
  const to = step.To_Status__c ?? '';
  switch (step.Track__c) {
    case 'holds':
      return to === 'no-hold' ? labels.offHold : filled(labels.onHoldFor, to.replace(/^on-hold: /, ''));
    case 'promise':
      return withReason(filled(labels.promisedFor, name, momentText(to.replace(/^promised /, ''))), step.Reason__c);
    case 'cancel-request':
      return filled(labels.lineStep, name, CANCELS[to] ?? to);
    default: {
      const where = step.Quantities__c ? quantitiesText(step.Quantities__c) : statusText(to);
      return withReason(filled(labels.lineStep, name, where), step.Reason__c);
    }
  }
}

function withReason(text, reason) {
  return reason ? `${text} (${reason})` : text;
}
