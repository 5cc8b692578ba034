import { totalOf } from '../fulfillment/line-ledger.js';
import type { Observation } from '../fulfillment/observation.js';
import { presentOf } from '../fulfillment/order-life.js';
import type { CancelRequest } from '../fulfillment/order-snapshot.js';
import type { CrmOrderId, CrmRecordId, LineId } from '../kernel/ids.js';
import { given } from '../kernel/given.js';
import { instantIn, type Instant } from '../kernel/instant.js';
import type { AnsweredRequest, RequestAnswer } from './agent-request.js';
import type { SubmittedOrder } from './order.js';
import type { FieldValues, ProjectedRecord } from './projection.js';
import type { TrackedOrder } from './tracked-order.js';

type Lived = Pick<TrackedOrder, 'life' | 'history'>;

/** What the CRM shows of what agents asked for: the OMS's answer and, where it passed a cancellation on, what became of that. */
export const requestRecords = ({ terms, requests = [] }: SubmittedOrder, lived: Lived): readonly ProjectedRecord[] =>
  requests.map((request) => requestRecord(terms.crmOrderId, { ...request, ...standing(request, lived) }));

export const requestRecord = (order: CrmOrderId, { id, answer, sentence, at, confirmedAt }: ShownRequest) => ({
  address: { kind: 'request' as const, id, order },
  fields: { status: SHOWN[answer], answer: sentence, answeredAt: at, confirmedAt: confirmedAt ?? null },
});

/** The answer that the CRM shows; none while it has none. `awaited` are lines whose cancellation is still out. */
export function requestShown(id: CrmRecordId, shown: FieldValues, awaited: readonly LineId[]): AnsweredRequest[] {
  const answer = ANSWERS.find((one) => SHOWN[one] === shown['status']);
  const { answer: sentence, answeredAt, confirmedAt } = shown;
  const at = typeof answeredAt === 'string' ? instantIn(answeredAt) : undefined;
  if (!answer || !at) return [];
  return [
    {
      ...{ id, answer, at, sentence: typeof sentence === 'string' ? sentence : '' },
      ...given({ confirmedAt: typeof confirmedAt === 'string' ? instantIn(confirmedAt) : undefined }),
      ...(answer === 'accepted' && { awaits: awaited }),
    },
  ];
}

type ShownRequest = Pick<AnsweredRequest, 'id' | 'at'> & Standing;

/** As agents read it beside their request. */
const SHOWN = { accepted: 'Accepted', confirmed: 'Confirmed', refused: 'Refused' } as const satisfies Record<
  RequestAnswer,
  string
>;

const ANSWERS = ['accepted', 'confirmed', 'refused'] as const satisfies readonly RequestAnswer[];

interface Standing {
  readonly answer: RequestAnswer;
  readonly sentence: string;
  readonly confirmedAt?: Instant | undefined;
}

/** Derived from what the OMS told of the lines since, never set by the last event. */
function standing(request: AnsweredRequest, { life, history }: Lived): Standing {
  const { awaits = [] } = request;
  const present = presentOf(life);
  if (awaits.length === 0 || !present) return request;
  const outcomes = awaits.map((line) => outcomeOf(line, present));
  const failed = awaits.filter((_, index) => outcomes[index] === 'failed' || outcomes[index] === 'partly-cancelled');
  if (outcomes.some((outcome) => outcome === undefined || outcome === 'requested')) return request;
  if (failed.length > 0) {
    return { answer: 'refused', sentence: `The warehouse could not let go of all units of line ${failed.join(', ')}.` };
  }
  const ends = history.filter(({ to, line }) => /cancelled$/.test(to) && awaits.some((one) => one === line));
  const confirmedAt = ends
    .map(({ at }) => at)
    .sort()
    .at(-1);
  return { answer: 'confirmed', sentence: 'The warehouse has agreed: it is cancelled.', confirmedAt };
}

/** A line of which nothing is left is cancelled, also where the OMS says no more how that came. */
const outcomeOf = (line: LineId, { lines, notes }: Observation): CancelRequest | undefined => {
  const places = lines[line];
  return places && places.cancelled > 0 && places.cancelled === totalOf(places)
    ? 'cancelled'
    : notes[line]?.cancelRequest;
};
