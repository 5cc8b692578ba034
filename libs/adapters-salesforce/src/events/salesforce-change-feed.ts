import {
  CrmChangeFeed,
  crmRecordId,
  instantOf,
  PermanentFault,
  type CrmAgentRequest,
  type CrmEntity,
  type CrmEventEnvelope,
  type CrmRecordChange,
  type FeedDelivery,
} from '@tandem/domain';
import { listAt, parsedJson, textAt, valueAt } from '../json.js';

const ENTITIES: Readonly<Record<string, CrmEntity>> = { Account: 'account', Contact: 'contact', Order: 'order' };

const CHANGES: Readonly<Record<string, CrmRecordChange['change']>> = {
  CREATE: 'created',
  UPDATE: 'updated',
  DELETE: 'deleted',
  UNDELETE: 'restored',
};

/** §2.10. Type conversions name many records by a wildcard such as `001*`, an overflow none by zeros (§3.1): no record's ids. */
const isRecordId = (id: unknown): id is string => typeof id === 'string' && /^(?!0{15})[a-zA-Z0-9]{15,18}$/.test(id);

const NOT_FOR_US: CrmEventEnvelope = { isEcho: false, happenings: [] };

/** The events of the org as `ChannelSubscription` gives them: JSON, without need of their schema. */
export class SalesforceChangeFeed extends CrmChangeFeed {
  /** @param client our name in the origin of what we write (§2.8). */
  constructor(private readonly client = 'tandem') {
    super();
  }

  override open({ headers, body }: FeedDelivery): CrmEventEnvelope {
    const event =
      headers['content-type'] === 'application/json' ? parsedJson(Buffer.from(body).toString('utf8')) : null;
    if (event === null || typeof event !== 'object') throw unreadable('body', 'The event does not follow its schema.');
    const header = valueAt(event, 'ChangeEventHeader');
    if (header !== undefined) return this.changes(header);
    const looked = valueAt(event, 'LookedAt');
    if (looked !== undefined) return lookedAt(looked);
    return { isEcho: false, happenings: [agentRequest(event, headers['crm-event-id'])] };
  }

  private changes(header: unknown): CrmEventEnvelope {
    const entity = ENTITIES[textAt(header, 'entityName') ?? ''];
    if (!entity) return NOT_FOR_US;
    const isEcho = originNames(textAt(header, 'changeOrigin') ?? '', this.client);
    const committed = valueAt(header, 'commitTimestamp');
    const transaction = textAt(header, 'transactionKey');
    if (typeof committed !== 'number' || !transaction)
      throw unreadable('ChangeEventHeader', 'The event has no commit.');
    const fields = [...listAt(header, 'changedFields'), ...listAt(header, 'nulledFields')];
    const told = {
      kind: 'record-changed' as const,
      entity,
      change: CHANGES[textAt(header, 'changeType') ?? ''] ?? ('unclear' as const),
      fields: [...new Set(fields.filter((name) => typeof name === 'string'))],
      committedAt: instantOf(new Date(committed)),
    };
    const sequence = String(valueAt(header, 'sequenceNumber'));
    const happenings = listAt(header, 'recordIds')
      .filter(isRecordId)
      // Enriched events share one replay id, so that it tells nothing apart (§3.1).
      .map((id) => ({
        ...told,
        recordId: crmRecordId(id),
        dedupeKey: `${transaction}:${sequence}:${id.slice(0, 15)}`,
      }));
    return { isEcho, happenings };
  }
}

/** `com/salesforce/api/rest/67.0;client=tandem` (§3.1); some end in a slash. */
const originNames = (origin: string, client: string) =>
  origin.split(';').some((part) => part.replace(/\/$/, '') === `client=${client}`);

function lookedAt(looked: unknown): CrmEventEnvelope {
  const entity = ENTITIES[textAt(looked, 'entityName') ?? ''];
  const id = textAt(looked, 'recordId');
  const at = Date.parse((textAt(looked, 'modifiedAt') ?? '').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  if (!entity || !isRecordId(id) || Number.isNaN(at)) throw unreadable('LookedAt', 'The record has no id or time.');
  const committedAt = instantOf(new Date(at));
  return {
    isEcho: false,
    happenings: [
      {
        kind: 'record-changed',
        entity,
        recordId: crmRecordId(id),
        change: valueAt(looked, 'isDeleted') === true ? 'deleted' : 'unclear',
        fields: [],
        committedAt,
        dedupeKey: `looked:${id.slice(0, 15)}:${committedAt}`,
      },
    ],
  };
}

/** `OMS_Agent_Request__e` of our package: what the agent panel publishes. */
function agentRequest(event: unknown, eventId: string | undefined): CrmAgentRequest {
  const requestId = textAt(event, 'Request_Id__c') ?? eventId;
  const action = textAt(event, 'Action__c');
  const order = textAt(event, 'Order_Id__c');
  const created = valueAt(event, 'CreatedDate');
  if (!requestId || !action || !isRecordId(order) || typeof created !== 'number') {
    throw unreadable('OMS_Agent_Request__e', 'The request names no action, no order or no time.');
  }
  const by = textAt(event, 'CreatedById');
  return {
    kind: 'agent-requested',
    requestId,
    action,
    orderId: crmRecordId(order),
    requestedBy: isRecordId(by) ? crmRecordId(by) : undefined,
    requestedAt: instantOf(new Date(created)),
    dedupeKey: `request:${requestId}`,
  };
}

const unreadable = (field: string, sentence: string) =>
  new PermanentFault('crm.event_unreadable', sentence, {
    violations: [
      {
        field,
        rule: 'event.readable',
        sentence,
        remedy: 'Check that the package in the org is the one of this version.',
      },
    ],
  });
