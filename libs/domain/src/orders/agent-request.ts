import type { CrmOrderId, CrmOrgName, CrmRecordId, LineId } from '../kernel/ids.js';
import type { Instant } from '../kernel/instant.js';

/** What agents may ask for, in the CRM. */
export type AskedAction = 'cancel' | 'hold' | 'release-hold' | 'reroute' | 'change-address';

/** What an agent asks to have done to an order, as the CRM keeps it. */
export interface AgentAsk {
  readonly id: CrmRecordId;
  readonly order: CrmOrderId;
  /** Undefined where the CRM names an action that we do not know. */
  readonly action: AskedAction | undefined;
  /** One line, by the key that the CRM shows for it; the order as a whole where absent. */
  readonly lineKey?: string;
  /** Units of the line; all that can be where absent. */
  readonly quantity?: number;
  readonly comment?: string;
}

/** The same as the OMS is told it. */
export type AgentAction =
  | {
      readonly kind: 'cancel';
      readonly reason: string;
      readonly comment?: string;
      readonly lines?: readonly { readonly id: LineId; readonly quantity?: number }[];
    }
  | {
      readonly kind: 'hold' | 'release-hold';
      readonly type: string;
      readonly comment?: string;
      readonly line?: LineId;
    };

/** A request that was decided on and that the OMS has not answered yet. Kept before the OMS is told, so that a repeat tells it the same. */
export interface BegunRequest {
  readonly id: CrmRecordId;
  readonly action: AgentAction;
}

/** `accepted`: the OMS has passed it on, and its outcome is still to come. */
export type RequestAnswer = 'accepted' | 'confirmed' | 'refused';

export interface AnsweredRequest {
  readonly id: CrmRecordId;
  readonly answer: RequestAnswer;
  /** For the agent. */
  readonly sentence: string;
  readonly at: Instant;
  /** When the OMS had done it, by its own clock. */
  readonly confirmedAt?: Instant;
  /** Lines whose cancellation the OMS has passed on. */
  readonly awaits?: readonly LineId[];
}

/** What agents ask for, as the CRM keeps it. What became of it is shown by the projection of the order. */
export abstract class CrmAgentRequests {
  /** Undefined where the org has no such request. Reads only; whatever goes wrong is a SyncFault. */
  abstract read(org: CrmOrgName, id: CrmRecordId): Promise<AgentAsk | undefined>;
}
