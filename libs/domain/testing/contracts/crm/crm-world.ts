import type {
  CapturedAddress,
  CapturedOrder,
  CrmChangeFeed,
  CrmCursor,
  AskedAction,
  CrmAgentRequests,
  CrmCustomers,
  CrmDoor,
  CrmEntity,
  CrmEventEnvelope,
  CrmOrderBook,
  CrmOrderId,
  CrmOrders,
  CrmProjections,
  CrmRecordId,
  FieldValue,
  RecordAddress,
  SiteProfile,
  SyncFault,
} from '@tandem/domain';

/** What a CRM, or an org of it, may or may not offer to the kit. Declared by its driver, never found out by trying. */
export type CrmCapability =
  /** We may show who we are by an assertion that we sign. */
  | 'assertion'
  /** Its events can be listened to. */
  | 'events'
  /** It can be made to send its events as a claim needs them: repeated, without fields, late. */
  | 'event-faults'
  /** There is an org whose records name their currency. */
  | 'many-currencies'
  /** There is an org whose records do not. */
  | 'one-currency'
  /** There is an org that keeps states and countries as codes. */
  | 'coded-places'
  /** There is an org whose accounts may be persons. */
  | 'person-accounts'
  /** Agents may ask for something by an event. */
  | 'agent-requests';

/** Features by which orgs differ. */
export type OrgFeature = 'many-currencies' | 'one-currency' | 'coded-places' | 'person-accounts';

/** The adapter under test. */
export interface CrmPorts {
  readonly orders: CrmOrders;
  readonly book: CrmOrderBook;
  readonly projections: CrmProjections;
  readonly customers: CrmCustomers;
  readonly requests: CrmAgentRequests;
  readonly feed: CrmChangeFeed;
  readonly door: CrmDoor;
}

/** What an installation may choose of the adapter. */
export interface CrmChoices {
  readonly signsIn?: 'by-secret' | 'by-assertion';
  /** Wrong on purpose. */
  readonly credentials?: 'refused';
  readonly apiVersion?: string;
  /** Our name in what we write; `tandem` unless told. */
  readonly client?: string;
  /** For one call as a whole, in milliseconds. */
  readonly timeoutMs?: number;
  /** Of an org with one currency. */
  readonly currency?: string;
}

/** How the CRM, or what lies before it, answers the next calls that match. */
export type CrmMisbehaviour =
  | 'session-ended'
  | 'session-of-wrong-kind'
  | 'no-right'
  | 'daily-limit'
  | 'concurrent-limit'
  | 'unavailable-html'
  | 'bad-gateway-html'
  | 'no-route'
  | 'slow-down'
  | 'server-error'
  | 'maintenance'
  | 'query-timeout'
  | 'unknown-version'
  | 'not-json'
  | 'empty-answer'
  /** Nothing is done and nothing answered. */
  | 'connection-cut'
  /** It is done, and the answer never comes. */
  | 'answer-lost'
  /** The answer comes later than any claim waits. */
  | 'silence';

/** How the CRM refuses single records. */
export type RecordRefusal =
  | 'row-locked'
  | 'in-approval'
  | 'rolled-back'
  | 'duplicate'
  | 'several-of-this-key'
  | 'parent-unknown'
  | 'required-field'
  | 'too-long'
  | 'not-in-picklist'
  | 'rule'
  | 'field-unknown'
  | 'field-read-only'
  | 'no-right'
  | 'storage-full'
  | 'duplicate-rule'
  | 'deleted'
  | 'locked-in-automation'
  | 'automation-failed'
  | 'code-of-tomorrow';

export type CrmCallKind = 'sign-in' | 'describe' | 'read' | 'next-page' | 'write' | 'any';

/** A call of the adapter as it was heard. */
export interface HeardCall {
  readonly kind: CrmCallKind;
  /** Where it went: to the address of the log-in, or to the one that the log-in named. */
  readonly host: 'login' | 'instance';
  readonly apiVersion: string | undefined;
  /** As which client it was made. */
  readonly client: string | undefined;
  /** Of what was written, call by call: how many records travelled in each collection. */
  readonly collections: readonly HeardCollection[];
}

export interface HeardCollection {
  readonly object: string;
  readonly records: readonly HeardRecord[];
}

/** A record as it travelled: the CRM's names of its fields, and of them those that say which parent it has. */
export interface HeardRecord {
  readonly fields: readonly string[];
}

/** Between adapter and CRM: hears calls and misbehaves when told to. */
export interface CrmWire {
  misbehave(kind: CrmMisbehaviour, on: CrmCallKind, times?: number): void;
  /** The next write is carried out but for the records at these places, counted over the whole call; those are refused. */
  refuse(refusal: RecordRefusal, ...places: readonly number[]): void;
  /** Answers are cut into pages of so many records. */
  pagesOf(records: number): void;
  heard(kind: CrmCallKind): readonly HeardCall[];
}

/** A place as people write it, by its parts. Null empties a part. */
export interface Place {
  readonly street?: string | null;
  readonly city?: string | null;
  readonly state?: string | null;
  readonly postalCode?: string | null;
  readonly country?: string | null;
}

export interface AccountDraft {
  /** Of a company; a person has names instead, where the org knows persons. */
  readonly name?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly mobile?: string;
  readonly key?: string | null;
  readonly phone?: string | null;
  readonly taxExemptId?: string | null;
  readonly billing?: Place;
  readonly shipping?: Place;
  /** Of a person. */
  readonly mailing?: Place;
}

export interface ContactDraft {
  readonly firstName?: string | null;
  readonly lastName?: string;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly mobile?: string | null;
  readonly mailing?: Place;
}

export interface OrderDraft {
  readonly purchaseOrderNumber?: string | null;
  readonly instructions?: string | null;
  readonly billing?: Place;
}

/** An order as it was entered. */
export interface EnteredOrder {
  readonly order: CrmOrderId;
  readonly account: CrmRecordId;
  /** By the id of the line. */
  readonly lines: ReadonlyMap<string, CrmRecordId>;
}

/** What a captured order cannot say of itself and the desk must know. */
export interface EntryOptions {
  /** The customer's account; one of its own unless told. */
  readonly account?: CrmRecordId;
  /** The name that bills go to; the customer's unless told. */
  readonly billTo?: Pick<CapturedAddress, 'firstName' | 'lastName'>;
}

/** A change as its events should tell it. */
export interface Entered {
  readonly entity: CrmEntity;
  readonly id: CrmRecordId;
  /** The CRM's names of the fields, compounds by path. */
  readonly fields: readonly string[];
}

export interface AskDraft {
  readonly action: AskedAction;
  readonly lineKey?: string;
  readonly quantity?: number;
  readonly comment?: string;
}

/** People, flows and other systems at work in the CRM, by its public API. */
export interface Desk {
  enterOrder(order: CapturedOrder, options?: EntryOptions): Promise<EnteredOrder>;
  enterAccount(draft: AccountDraft): Promise<CrmRecordId>;
  enterContact(account: CrmRecordId | undefined, draft: ContactDraft): Promise<CrmRecordId>;
  changeAccount(id: CrmRecordId, draft: AccountDraft): Promise<Entered>;
  changeContact(id: CrmRecordId, draft: ContactDraft): Promise<Entered>;
  changeOrder(id: CrmOrderId, draft: OrderDraft): Promise<Entered>;
  /** Two accounts in one transaction. */
  changeTogether(changes: readonly (readonly [CrmRecordId, AccountDraft])[]): Promise<readonly Entered[]>;
  /** As `changeAccount`, by a caller that gives itself a name. */
  changeAccountAs(client: string, id: CrmRecordId, draft: AccountDraft): Promise<Entered>;
  remove(entity: CrmEntity, id: CrmRecordId | CrmOrderId): Promise<void>;
  /** What an agent's page does: enters the request and tells of it. Answers its id. */
  ask(order: CrmOrderId, draft: AskDraft): Promise<CrmRecordId>;
  /** Ends every session that we have, as an administrator would. */
  endSessions(): Promise<void>;
}

/** A record as agents see it: what is projected under the names of `ProjectedFields`, and what it belongs to. */
export interface ShownRecord {
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** The id or key of its parent. */
  readonly parent: string | undefined;
}

/** How the CRM sends its events. */
export interface EventFaults {
  /** Changes are told without their fields. */
  readonly gaps?: boolean;
  /** So many copies more of each event. */
  readonly copies?: number;
  /** Of the positions that the CRM gives, in bytes. */
  readonly positionBytes?: number;
  /** So often a position is refused as if it had been forgotten. */
  readonly forgottenPositions?: number;
  readonly denied?: boolean;
  readonly deliveriesSpent?: boolean;
}

/** What came through the door since it was opened. */
export interface Listening {
  readonly envelopes: readonly CrmEventEnvelope[];
  /** Why records were looked at, batch by batch, where they were. */
  readonly because: readonly string[];
  /** The last that was to be kept. */
  readonly position: Uint8Array | undefined;
  readonly ended: Promise<SyncFault | undefined>;
  close(): Promise<void>;
}

/** A CRM and everything around it that a claim needs: the target's driver makes one. */
export interface CrmWorld {
  readonly site: SiteProfile;
  /** What is not offered here, with the reason. */
  readonly lacks: ReadonlyMap<CrmCapability, string>;
  /** The adapter under test, on connections of its own where choices are named. */
  ports(choices?: CrmChoices): CrmPorts;
  /** Never given before, in this CRM. */
  newKey(): string;
  readonly desk: Desk;
  readonly wire: CrmWire;
  shown(address: RecordAddress): Promise<ShownRecord | undefined>;
  /** The org that has the feature; it may be this one. */
  orgWith(feature: OrgFeature): Promise<CrmWorld>;
  /** Listens to the changes of a kind of record, or to the requests of agents; the door is open when it returns. */
  listen(to: CrmEntity | 'requests', after?: CrmCursor): Promise<Listening>;
  sendEvents(faults: EventFaults): Promise<void>;
  eventually<T>(what: string, probe: () => Promise<T | undefined>): Promise<T>;
  /** Ends what a claim began: misbehaviour, subscriptions. */
  restore(): Promise<void>;
  close(): Promise<void>;
}
