import type { FeedDelivery } from '../fulfillment/oms-order-feed.js';
import type { CrmRecordId } from '../kernel/ids.js';
import type { Instant } from '../kernel/instant.js';

/** The records whose changes we are told of. */
export type CrmEntity = 'account' | 'contact' | 'order';

/** One record that is not as it was. What it now holds is read from the CRM: events may be late, merged, or without fields. */
export interface CrmRecordChange {
  readonly kind: 'record-changed';
  readonly entity: CrmEntity;
  readonly recordId: CrmRecordId;
  /** `unclear`: the CRM could not say what happened, only that something did. */
  readonly change: 'created' | 'updated' | 'deleted' | 'restored' | 'unclear';
  /** Names of the changed fields as the CRM has them, compounds by path; empty where the CRM did not say. */
  readonly fields: readonly string[];
  readonly committedAt: Instant;
  /** Same for every repeat of this change of this record. */
  readonly dedupeKey: string;
}

/** Someone at the CRM asks for something to be done to an order. What exactly, the record of the request says; who may ask for what is decided where it is carried out. */
export interface CrmAgentRequest {
  readonly kind: 'agent-requested';
  readonly requestId: string;
  /** Kind of action, as the CRM names it. */
  readonly action: string;
  readonly orderId: CrmRecordId;
  readonly requestedBy: CrmRecordId | undefined;
  readonly requestedAt: Instant;
  readonly dedupeKey: string;
}

export type CrmHappening = CrmRecordChange | CrmAgentRequest;

export interface CrmEventEnvelope {
  /** True where our own write caused the event: it stops here. */
  readonly isEcho: boolean;
  /** One entry a record: an event may tell of several. None where the event is not for us. */
  readonly happenings: readonly CrmHappening[];
}

/** Reads the events of the CRM as a door gave them. Pure; what cannot be read is a PermanentFault. */
export abstract class CrmChangeFeed {
  abstract open(delivery: FeedDelivery): CrmEventEnvelope;
}
