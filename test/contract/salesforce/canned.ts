import type { CrmMisbehaviour, RecordRefusal } from '@tandem/domain/testing';

export interface CannedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the connection does instead of answering. */
export type Silence = 'answer-lost' | 'connection-cut' | 'silence';

const error = (status: number, errorCode: string, message: string): CannedAnswer => ({
  status,
  body: JSON.stringify([{ message, errorCode }]),
});

const html = (status: number, title: string): CannedAnswer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<html><body><h1>${status} ${title}</h1></body></html>`,
});

/** Answers in the org's own shapes (§1.6, §2.1, §2.11). */
export const CANNED: Readonly<Record<Exclude<CrmMisbehaviour, Silence>, CannedAnswer>> = {
  'session-ended': error(401, 'INVALID_SESSION_ID', 'Session expired or invalid'),
  'session-of-wrong-kind': error(401, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API'),
  'no-right': error(403, 'INSUFFICIENT_ACCESS', 'insufficient access rights on cross-reference id'),
  'daily-limit': error(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
  'concurrent-limit': error(
    403,
    'REQUEST_LIMIT_EXCEEDED',
    'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
  ),
  'unavailable-html': html(503, 'Service Unavailable'),
  'bad-gateway-html': html(502, 'Bad Gateway'),
  'no-route': html(420, 'No route'),
  'slow-down': { status: 429, headers: { 'retry-after': '7' }, body: '' },
  'server-error': error(500, 'UNKNOWN_EXCEPTION', 'An unexpected error occurred. ErrorId: 1-2 (3)'),
  maintenance: error(503, 'SERVER_UNAVAILABLE', 'Server is unavailable'),
  'query-timeout': error(400, 'QUERY_TIMEOUT', 'Your query request was running for too long.'),
  'unknown-version': error(400, 'UNSUPPORTED_API_VERSION', 'Invalid Api version specified on URL'),
  'not-json': { status: 200, body: '{"compositeResponse":[{' },
  'empty-answer': { status: 200, body: '' },
};

export interface RecordError {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

const refused = (statusCode: string, message: string, ...fields: readonly string[]): RecordError => ({
  statusCode,
  message,
  fields,
});

const SOMEONE = 'Mira Oakfield, mira@example.test';

/** §2.2, §2.11; with what they quote of a customer, which must not be repeated. */
export const REFUSED: Readonly<Record<RecordRefusal, RecordError>> = {
  'row-locked': refused('UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record'),
  'in-approval': refused('ENTITY_IS_LOCKED', 'the entity is locked for editing'),
  'rolled-back': refused(
    'ALL_OR_NONE_OPERATION_ROLLED_BACK',
    'Record rolled back because not all records were valid and the request was using AllOrNone header',
  ),
  duplicate: refused(
    'DUPLICATE_VALUE',
    'duplicate value found: OMS_Event_Id__c duplicates value on record with id: a0Q000000000123',
  ),
  'several-of-this-key': refused('DUPLICATE_EXTERNAL_ID', 'more than one record found for external id field'),
  'parent-unknown': refused(
    'INVALID_FIELD',
    'Foreign key external ID: K-1 not found for field OMS_Shipment_Key__c in entity OMS_Shipment__c',
  ),
  'required-field': refused('REQUIRED_FIELD_MISSING', 'Required fields are missing: [Region__c]', 'Region__c'),
  'too-long': refused('STRING_TOO_LONG', `To: data value too large: ${SOMEONE} (max length=80)`, 'To_Status__c'),
  'not-in-picklist': refused(
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    'bad value for restricted picklist field: Gift',
    'Type__c',
  ),
  rule: refused('FIELD_CUSTOM_VALIDATION_EXCEPTION', `Orders of ${SOMEONE} need a region.`),
  'field-unknown': refused('INVALID_FIELD', "No such column 'OMS_Status__c' on entity 'Order'"),
  'field-read-only': refused(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    'Unable to create/update fields: To_Status__c. Please check the security settings of this field.',
    'To_Status__c',
  ),
  'no-right': refused('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id'),
  'storage-full': refused('STORAGE_LIMIT_EXCEEDED', 'storage limit exceeded'),
  'duplicate-rule': refused('DUPLICATES_DETECTED', 'Use one of these records?', 'Name'),
  deleted: refused('ENTITY_IS_DELETED', 'entity is deleted'),
  'locked-in-automation': refused(
    'CANNOT_EXECUTE_FLOW_TRIGGER',
    'We can’t save this record because the flow failed: UNABLE_TO_LOCK_ROW: unable to obtain exclusive access',
  ),
  'automation-failed': refused('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'OrderTrigger: execution of AfterUpdate'),
  'code-of-tomorrow': refused('A_CODE_OF_TOMORROW', `${SOMEONE} is not welcome`),
};
