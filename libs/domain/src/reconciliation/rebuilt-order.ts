import type { RecordedEntry } from '../fulfillment/recorded-history.js';
import type { Observation } from '../fulfillment/observation.js';
import type { OrderSnapshot } from '../fulfillment/order-snapshot.js';
import { toldByHistory } from '../fulfillment/told-by-history.js';
import { PermanentFault } from '../kernel/faults.js';
import { given } from '../kernel/given.js';
import { crmRecordId, lineId } from '../kernel/ids.js';
import { instantIn, type Instant } from '../kernel/instant.js';
import { parseAmount } from '../money/currency.js';
import { snapshotPublished, returnPublished } from '../orders/order-progress.js';
import { lineKey, orderKey, type AcceptedOrder, type OrderTerms, type SubmittedOrder } from '../orders/order.js';
import { inWordsOf, projectionOf } from '../orders/project-order.js';
import { requestShown } from '../orders/project-requests.js';
import { recordNamed, type FieldValue, type FieldValues } from '../orders/projection.js';
import type { TrackedOrder } from '../orders/tracked-order.js';
import type { ReturnSnapshot } from '../returns/oms-returns.js';
import type { SiteProfile } from '../sites/site-profile.js';
import type { ShownOrder } from './crm-order-book.js';
import { crmShowsOtherwise } from './differences-of.js';
import { acknowledgedBy } from './repair.js';

/** An order that both sides have and we have not, as they have it now. */
export interface PresentSides {
  /** As the CRM captured it; taken on now. */
  readonly captured: AcceptedOrder;
  readonly oms: OrderSnapshot;
  /** Of the last change that the OMS was told. */
  readonly omsVersion: number | undefined;
  readonly returns: readonly ReturnSnapshot[];
  readonly crm: ShownOrder;
}

export interface RebuiltOrder {
  readonly tracked: TrackedOrder;
  /** Whether the CRM shows all of it already: then there is nothing to write. */
  readonly isShown: boolean;
}

/**
 * An order as it was tracked, as far as both sides still tell: what was agreed and the steps of its life from the CRM, where it stands
 * from the OMS. What the OMS did meanwhile becomes a step of its own. @throws PermanentFault where the sides contradict each other.
 */
export function rebuiltOrder(site: SiteProfile, sides: PresentSides, sourceMessage: string): RebuiltOrder {
  const rebuilt = put(site, sides, sourceMessage);
  const otherwise = crmShowsOtherwise(inWordsOf(site, rebuilt).wanted, sides.crm);
  if (otherwise.length === 0) return settled(site, rebuilt, sides.crm, true);
  if (otherwise.every(({ field }) => field === 'omsTime')) {
    // The OMS touched it and published nothing of it: what is shown is true as of the moment that is shown.
    return settled(site, put(site, asShown(sides), sourceMessage), sides.crm, true);
  }
  const version = rebuilt.version + 1;
  const told = { ...rebuilt, version, wanted: projectionOf(rebuilt, version) };
  return settled(site, told, sides.crm, false);
}

const settled = (site: SiteProfile, tracked: TrackedOrder, crm: ShownOrder, isShown: boolean): RebuiltOrder => ({
  tracked: { ...tracked, acknowledged: acknowledgedBy({ ...inWordsOf(site, tracked), acknowledged: {} }, crm) },
  isShown,
});

function put(site: SiteProfile, sides: PresentSides, sourceMessage: string): TrackedOrder {
  const { captured, oms, returns, crm } = sides;
  const { terms, acceptedAt } = captured;
  const shown = crm.records[recordNamed('order', terms.crmOrderId)] ?? {};
  const history = historyShown(terms, crm);
  const told = toldByHistory(history);
  // The OMS tells all of the moment that the last of them is of.
  const before = told.at(-1)?.at === oms.at ? told.slice(0, -1) : told;
  const begun: TrackedOrder = {
    order: orderShown(sides),
    life: { observations: withAmounts(before, terms, shown) },
    ...{ history, wanted: {}, version: 0, acknowledged: {}, revision: 0 },
  };
  const { tracked, effect } = snapshotPublished(begun, oms, { recordedAt: acceptedAt, sourceMessage });
  if (effect === 'late') throw olderThanShown(site, terms);
  const life = returns.reduce((order: TrackedOrder, one) => returnPublished(order, one, acceptedAt), tracked);
  const version = typeof shown['version'] === 'number' ? shown['version'] : 0;
  return { ...life, version, wanted: projectionOf(life, version) };
}

function orderShown({ captured: { terms, acceptedAt }, oms, omsVersion, crm }: PresentSides): SubmittedOrder {
  const awaited = oms.lines.filter(({ cancelRequest }) => cancelRequest === 'requested').map(({ id }) => id);
  const requests = recordsOf('request', crm).flatMap(([id, fields]) => requestShown(crmRecordId(id), fields, awaited));
  return {
    ...{ state: 'submitted', terms, acceptedAt, submittedAt: acceptedAt, omsOrderId: oms.omsOrderId },
    ...given({ omsVersion, requests: requests.length === 0 ? undefined : requests }),
  };
}

function historyShown(terms: OrderTerms, crm: ShownOrder): readonly RecordedEntry[] {
  const lines = new Map(terms.lines.map(({ id }) => [lineKey(terms, id), id]));
  const prefix = `${orderKey(terms.site, terms.number)}:`;
  return recordsOf('history', crm).flatMap(([id, fields]): RecordedEntry[] => {
    const key = textOf(fields['lineKey']);
    const [at, recordedAt] = [momentOf(fields['omsTime']), momentOf(fields['recordedAt'])];
    if (!at || !recordedAt) return [];
    const step = {
      ...{ id, track: textOf(fields['track']) ?? '', to: textOf(fields['to']) ?? '' },
      line: key === null ? null : (lines.get(key) ?? lineId(key.replace(prefix, ''))),
      ...{ from: textOf(fields['from']), quantities: textOf(fields['quantities']), reason: textOf(fields['reason']) },
      ...{ at, recordedAt },
      ...{ sourceMessage: textOf(fields['sourceMessage']) ?? '', late: fields['late'] === true },
    };
    return [step];
  });
}

/** What the order came to is shown as it was before a full cancel took it to zero: the last snapshot before that told it. */
function withAmounts(
  told: readonly Observation[],
  { currency }: OrderTerms,
  shown: FieldValues,
): readonly Observation[] {
  const last = told.findLastIndex(({ status }) => status !== 'cancelled');
  const amounts = { total: amountOf(shown['total'], currency), taxes: amountOf(shown['taxes'], currency) };
  return told.map((seen, index) => (index === last ? { ...seen, ...amounts } : seen));
}

/** The same, of the moments that the CRM shows. */
function asShown(sides: PresentSides): PresentSides {
  const { captured, oms, returns, crm } = sides;
  const { site, crmOrderId } = captured.terms;
  const at = (name: string, told: Instant): Instant => momentOf(crm.records[name]?.['omsTime']) ?? told;
  return {
    ...sides,
    oms: { ...oms, at: at(recordNamed('order', crmOrderId), oms.at) },
    returns: returns.map((one) => ({ ...one, at: at(recordNamed('return', orderKey(site, one.number)), one.at) })),
  };
}

function recordsOf(kind: 'history' | 'request', { records }: ShownOrder): readonly (readonly [string, FieldValues])[] {
  const prefix = recordNamed(kind, '');
  return Object.entries(records)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, fields]) => [name.slice(prefix.length), fields] as const);
}

const textOf = (value: FieldValue | undefined): string | null => (typeof value === 'string' ? value : null);
const momentOf = (value: FieldValue | undefined) => (typeof value === 'string' ? instantIn(value) : undefined);
const amountOf = (value: FieldValue | undefined, currency: string) =>
  typeof value === 'number' || typeof value === 'string' ? (parseAmount(value, currency) ?? null) : null;

const olderThanShown = ({ id }: SiteProfile, { number }: OrderTerms) =>
  new PermanentFault('rebuild.oms_behind', `Of order ${number} the OMS tells an older state than the CRM shows.`, {
    context: { site: id, orderNumber: number },
    violations: [
      {
        field: 'orderNumber',
        rule: 'sides.agree',
        sentence: 'The OMS tells an older state of the order than the CRM shows.',
        remedy: 'Have the OMS publish the order again, then rebuild once more.',
      },
    ],
  });
