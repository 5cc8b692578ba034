import type { SyncFault } from '@tandem/domain';

/** What one of the org's error codes means to us. */
export interface Refusal {
  /** The vendor's code, as `errorCode` or `statusCode`. */
  readonly vendor: string;
  /** Only where the text matches: a few codes have two meanings. Needs an integration user whose language is English (§4.6). */
  readonly text?: RegExp;
  readonly kind: Exclude<SyncFault['kind'], 'defect'>;
  readonly code: string;
  readonly sentence: string;
  /** What of the text may be shown: names of fields and rules. Everything else can quote a customer's values (§2.2). */
  readonly keep?: RegExp;
  readonly retryAfterMs?: number;
}

const seconds = (count: number) => count * 1_000;
const rowLock = /UNABLE_TO_LOCK_ROW/;

/** The table of §2.11; the first row that fits decides. */
export const REFUSALS: readonly Refusal[] = [
  ...rows('suspending', [
    ['INVALID_SESSION_ID', 'crm.session_expired', 'The org no longer accepts our session.'],
    ['LIMIT_EXCEEDED', 'crm.event_budget_spent', 'The org has no event publications left for this hour.'],
    ['TXN_SECURITY_METERING_ERROR', 'crm.security_policy', 'A security policy of the org stopped the call.'],
    ['STORAGE_LIMIT_EXCEEDED', 'crm.storage_full', 'The org has no storage left.'],
    ['INVALID_TYPE', 'crm.object_unknown', 'The org has no such object, or hides it from the integration user.'],
    ['INSUFFICIENT_ACCESS', 'crm.access_missing', 'The integration user may not do this.'],
    ['INSUFFICIENT_ACCESS_OR_READONLY', 'crm.access_missing', 'The integration user may not do this.'],
    [
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
      'crm.access_missing',
      'The integration user may not use a parent.',
    ],
    ['API_DISABLED_FOR_ORG', 'crm.api_disabled', 'The org does not let the integration user call its API.'],
    ['UNSUPPORTED_API_VERSION', 'crm.version_unsupported', 'The org does not know the configured API version.'],
    ['METHOD_NOT_ALLOWED', 'crm.method_refused', 'The org does not allow the call.'],
  ]),
  ...rows('transient', [
    ['UNABLE_TO_LOCK_ROW', 'crm.row_locked', 'Another transaction held the record for too long.'],
    ['SERVER_UNAVAILABLE', 'crm.unavailable', 'The org is not available.'],
    ['API_CURRENTLY_DISABLED', 'crm.unavailable', 'The org is being maintained.'],
    ['PLATFORM_EVENT_PUBLISHING_UNAVAILABLE', 'crm.unavailable', 'The org cannot publish events just now.'],
    ['QUERY_TIMEOUT', 'crm.too_slow', 'The org took too long over a query.'],
    ['REQUEST_RUNNING_TOO_LONG', 'crm.too_slow', 'The org took too long over the request.'],
    ['INVALID_QUERY_LOCATOR', 'crm.page_expired', 'The org no longer holds the next page of the answer.'],
    ['UNKNOWN_EXCEPTION', 'crm.internal_error', 'Something failed inside the org.'],
    ['PROCESSING_HALTED', 'crm.rolled_back', 'Undone by the org, because of another record of the same call.'],
    [
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'crm.rolled_back',
      'Undone by the org, because of another record of the call.',
    ],
    ['INVALID_CROSS_REFERENCE_KEY', 'crm.parent_missing', 'The org does not have the parent of the record yet.'],
  ]),
  ...rows('permanent', [
    [
      'DUPLICATE_EXTERNAL_ID',
      'crm.key_ambiguous',
      'Several records of the org have this key: they must be repaired there.',
    ],
    ['MULTIPLE_CHOICES', 'crm.key_ambiguous', 'Several records of the org have this key: they must be repaired there.'],
    ['REQUIRED_FIELD_MISSING', 'crm.field_required', 'The org requires a field that we do not fill.'],
    ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'crm.value_not_listed', 'A picklist of the org lacks the value.'],
    ['FIELD_INTEGRITY_EXCEPTION', 'crm.field_integrity', 'A value does not fit what the org relates it to.'],
    ['INVALID_EMAIL_ADDRESS', 'crm.email_invalid', 'The org does not take the e-mail address.'],
    ['INVALID_CURRENCY_ISO', 'crm.currency_unknown', 'The currency is not active in the org.'],
    ['MALFORMED_ID', 'crm.id_malformed', 'An id is not of the kind that the org expects.'],
    ['INVALID_QUERY_FILTER_OPERATOR', 'crm.id_malformed', 'An id is not of the kind that the org expects.'],
    ['DUPLICATES_DETECTED', 'crm.duplicate_rule', 'A duplicate rule of the org refused the record.'],
    ['ENTITY_IS_DELETED', 'crm.record_deleted', 'The record was deleted in the org.'],
    ['NOT_FOUND', 'crm.not_found', 'The org has no such record.'],
    ['FAILED_ACTIVATION', 'crm.activation_failed', 'The org refused to activate the order.'],
    ['INACTIVE_OWNER_OR_USER', 'crm.owner_inactive', 'The owner of the record is not active in the org.'],
    ['JSON_PARSER_ERROR', 'crm.body_unreadable', 'The org could not read what we sent.'],
  ]),
  {
    vendor: 'REQUEST_LIMIT_EXCEEDED',
    text: /Concurrent/,
    kind: 'transient',
    code: 'crm.too_many_concurrent',
    sentence: 'Too many long calls run in the org at once.',
    retryAfterMs: seconds(10),
  },
  {
    vendor: 'REQUEST_LIMIT_EXCEEDED',
    kind: 'suspending',
    code: 'crm.budget_spent',
    sentence: 'The API calls that the org may take in 24 hours are used up.',
  },
  {
    vendor: 'ENTITY_IS_LOCKED',
    kind: 'transient',
    code: 'crm.record_in_approval',
    sentence: 'The record is locked by an approval process of the org.',
    retryAfterMs: seconds(900),
  },
  {
    vendor: 'INVALID_FIELD',
    text: /Foreign key external ID/i,
    kind: 'transient',
    code: 'crm.parent_missing',
    sentence: 'The org does not have the parent of the record yet.',
    keep: /not found for field \w+ in entity \w+/i,
  },
  {
    vendor: 'INVALID_FIELD',
    kind: 'suspending',
    code: 'crm.field_unknown',
    sentence: 'The org has no such field, or hides it from the integration user: is the package installed?',
    keep: /No such column '[\w.]+' on (entity|sobject of type) '?\w+'?/,
  },
  {
    vendor: 'INVALID_FIELD_FOR_INSERT_UPDATE',
    kind: 'suspending',
    code: 'crm.field_not_writable',
    sentence: 'The integration user may not write a field, or the org keeps it read-only.',
    keep: /Unable to create\/update fields: [\w, ]+/,
  },
  {
    vendor: 'MALFORMED_QUERY',
    kind: 'suspending',
    code: 'crm.query_refused',
    sentence: 'The org does not understand our query.',
    keep: /Didn't understand relationship '\w+'/,
  },
  {
    vendor: 'DUPLICATE_VALUE',
    kind: 'conflict',
    code: 'crm.duplicate_value',
    sentence: 'A record with this key was written at the same time.',
    keep: /duplicate value found: \w+/i,
  },
  {
    vendor: 'STRING_TOO_LONG',
    kind: 'permanent',
    code: 'crm.field_too_long',
    sentence: 'A text is longer than its field in the org.',
    keep: /\(max length=\d+\)$/,
  },
  {
    vendor: 'NUMBER_OUTSIDE_VALID_RANGE',
    kind: 'permanent',
    code: 'crm.number_out_of_range',
    sentence: 'A number does not fit its field in the org.',
  },
  {
    // The rule of our package (§2.9): there is no optimistic lock of the org's own.
    vendor: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    text: /STALE_UPDATE/,
    kind: 'conflict',
    code: 'crm.stale_version',
    sentence: 'The record already shows a later version of the order.',
  },
  {
    vendor: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    kind: 'permanent',
    code: 'crm.rule_refused',
    sentence: 'A validation rule of the org refused the record.',
    keep: /.+/s,
  },
  ...['CANNOT_EXECUTE_FLOW_TRIGGER', 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY'].flatMap((vendor): readonly Refusal[] => [
    {
      vendor,
      text: rowLock,
      kind: 'transient',
      code: 'crm.row_locked',
      sentence: 'An automation of the org met a record that another transaction held for too long.',
    },
    {
      vendor,
      kind: 'permanent',
      code: 'crm.automation_failed',
      sentence: 'An automation of the org (trigger or flow) failed on the record.',
    },
  ]),
];

function rows(kind: Refusal['kind'], table: readonly (readonly [string, string, string])[]): readonly Refusal[] {
  return table.map(([vendor, code, sentence]) => ({ vendor, kind, code, sentence }));
}
