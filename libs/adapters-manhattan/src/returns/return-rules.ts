import type { ReturnRequest, SiteProfile, Violation } from '@tandem/domain';
import { idViolations, lineLimit } from '../orders/place-rules.js';

/** What the OMS would choke on (§2.5, §2.7), or do without a word: a return line without its parent moves no money (§5.1). */
export function returnViolations(site: SiteProfile, request: ReturnRequest): readonly Violation[] {
  const { lines, exchange = [] } = request;
  return [
    ...idViolations('number', request.number),
    ...idViolations('parent', request.parent),
    ...lines.flatMap(({ id }, index) => idViolations(`lines[${index}].id`, id)),
    ...lines.flatMap(({ parentLine }, index) => idViolations(`lines[${index}].parentLine`, parentLine)),
    ...exchange.flatMap(({ id }, index) => idViolations(`exchange[${index}].id`, id)),
    ...doubleIds(request),
    ...(lines.length === 0 ? [nothingBack] : []),
    ...lineLimit(site, lines.length + exchange.length),
  ];
}

const nothingBack: Violation = {
  field: 'lines',
  rule: 'lines.empty',
  sentence: 'The return names no line that comes back.',
  remedy: 'Name at least one line.',
};

/** The later line would merge into the earlier one (§2.5). */
function doubleIds({ lines, exchange = [] }: ReturnRequest): readonly Violation[] {
  const ids = [...lines, ...exchange].map(({ id }) => id);
  const doubled = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [...doubled].map((id) => ({
    field: 'lines',
    rule: 'line.exists',
    sentence: `Two lines of the return have the id ${id}.`,
    remedy: 'Give each line an id of its own.',
  }));
}
