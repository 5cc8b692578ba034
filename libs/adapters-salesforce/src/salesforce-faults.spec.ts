import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { REFUSALS } from './crm-refusals.js';
import { BrokenCall, RefusedCall } from './fetch-transport.js';
import {
  errorsIn,
  faultOfBrokenCall,
  faultOfErrors,
  faultOfRefusedCall,
  faultOfRefusedLogin,
  unreadableAnswer,
} from './salesforce-faults.js';

const faultOf = (code: string, message = '', fields: readonly string[] = []) =>
  faultOfErrors([{ code, message, fields }]);

describe('An error of the org', () => {
  it.each([
    ['UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record', 'transient', 'crm.row_locked'],
    ['CANNOT_EXECUTE_FLOW_TRIGGER', 'The flow failed: UNABLE_TO_LOCK_ROW', 'transient', 'crm.row_locked'],
    ['CANNOT_EXECUTE_FLOW_TRIGGER', 'The flow failed: a formula', 'permanent', 'crm.automation_failed'],
    ['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'caused by: UNABLE_TO_LOCK_ROW', 'transient', 'crm.row_locked'],
    ['SERVER_UNAVAILABLE', '', 'transient', 'crm.unavailable'],
    ['QUERY_TIMEOUT', '', 'transient', 'crm.too_slow'],
    ['REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 'suspending', 'crm.budget_spent'],
    [
      'REQUEST_LIMIT_EXCEEDED',
      'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
      'transient',
      'crm.too_many_concurrent',
    ],
    [
      'INVALID_FIELD',
      'Foreign key external ID: s-1 not found for field OMS_Shipment_Key__c in entity OMS_Shipment__c',
      'transient',
      'crm.parent_missing',
    ],
    ['INVALID_FIELD', "No such column 'Nope__c' on entity 'Order'", 'suspending', 'crm.field_unknown'],
    ['INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', 'transient', 'crm.parent_missing'],
    ['ENTITY_IS_LOCKED', '', 'transient', 'crm.record_in_approval'],
    ['DUPLICATE_VALUE', 'duplicate value found: A__c duplicates', 'conflict', 'crm.duplicate_value'],
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'STALE_UPDATE: later version', 'conflict', 'crm.stale_version'],
    ['DUPLICATE_EXTERNAL_ID', '', 'permanent', 'crm.key_ambiguous'],
    ['STRING_TOO_LONG', '', 'permanent', 'crm.field_too_long'],
    ['INSUFFICIENT_ACCESS_OR_READONLY', '', 'suspending', 'crm.access_missing'],
    ['NOT_IN_ANY_TABLE', '', 'permanent', 'crm.refused'],
  ])('%s (%s) is %s: %s', (vendor, message, kind, code) => {
    expect(faultOf(vendor, message)).toMatchObject({ kind, code, context: { vendorCode: vendor } });
  });

  it.each([
    [300, 'permanent', 'crm.key_ambiguous'],
    [302, 'suspending', 'crm.moved'],
    [403, 'suspending', 'crm.access_missing'],
    [404, 'permanent', 'crm.refused'],
    [420, 'transient', 'crm.unavailable'],
    [429, 'transient', 'crm.too_many_requests'],
    [502, 'transient', 'crm.unavailable'],
  ])('without a code, status %s is %s: %s', (status, kind, code) => {
    expect(faultOfRefusedCall(new RefusedCall(status, {}, '<html>Down for maintenance</html>'))).toMatchObject({
      kind,
      code,
      context: { httpStatus: status },
    });
  });

  it('tells an org that is out of order from a record that is held up', () => {
    const refused = faultOfRefusedCall(new RefusedCall(503, {}, '<html>Down for maintenance</html>'));
    const login = faultOfRefusedLogin(new RefusedCall(500, {}, ''));
    const unreached = faultOfBrokenCall(new BrokenCall(true, undefined));
    for (const fault of [refused, login, unreached, unreadableAnswer('a call')])
      expect(fault).toMatchObject({ kind: 'transient', farSide: 'crm' });
    for (const code of ['UNABLE_TO_LOCK_ROW', 'ENTITY_IS_LOCKED', 'QUERY_TIMEOUT'])
      expect(faultOf(code)).toMatchObject({ kind: 'transient', farSide: undefined });
  });

  it('waits as long as the org asks', () => {
    expect(faultOfRefusedCall(new RefusedCall(503, { 'retry-after': '7' }, ''))).toMatchObject({ retryAfterMs: 7_000 });
    expect(faultOfRefusedCall(new RefusedCall(503, { 'retry-after': 'soon' }, ''))).toMatchObject({
      retryAfterMs: undefined,
    });
  });

  it('is the real one where siblings fell with it', () => {
    const errors = ['PROCESSING_HALTED', 'ALL_OR_NONE_OPERATION_ROLLED_BACK', 'STRING_TOO_LONG'].map((errorCode) => ({
      errorCode,
    }));

    expect(faultOfErrors(errorsIn(errors))).toMatchObject({ code: 'crm.field_too_long' });
    expect(faultOfErrors(errorsIn(errors.slice(0, 1)))).toMatchObject({ kind: 'transient', code: 'crm.rolled_back' });
  });

  it.each([
    [
      'STRING_TOO_LONG',
      'Account Name: data value too large: Mira Sample, 1 Example Way (max length=255)',
      '(max length=255)',
    ],
    [
      'DUPLICATE_VALUE',
      'duplicate value found: Key__c duplicates value on record with id: 801000000000001',
      'duplicate value found: Key__c',
    ],
    [
      'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      'Refused for mira@example.com, card 4111 1111 1111 1111, order 801000000000001AAA',
      'Refused for … card …, order …',
    ],
    ['INVALID_EMAIL_ADDRESS', 'Email: invalid email address: mira@example', undefined],
  ])('keeps the rule of %s and drops the value', (vendor, message, rule) => {
    const fault = faultOf(vendor, message, ['Name']);

    expect(fault.context).toEqual({ vendorCode: vendor, fields: ['Name'], ...(rule && { rule }) });
    expect(`${fault.message} ${String(fault.cause)}`).not.toContain(message);
  });

  it('never shows what the org quotes, but for the words of a validation rule', () => {
    const rows = REFUSALS.filter(({ vendor }) => vendor !== 'FIELD_CUSTOM_VALIDATION_EXCEPTION');

    fc.assert(
      fc.property(fc.constantFrom(...rows), fc.stringMatching(/^zq[a-z]{6,12}$/), ({ vendor }, secret) => {
        const { message, context } = faultOf(vendor, `Some Field: bad value: ${secret}: '${secret}' (${secret})`);
        expect(JSON.stringify({ message, context })).not.toContain(secret);
      }),
    );
  });

  it('is named by one row of the table at most, and every row can be reached', () => {
    const reached = (index: number) =>
      REFUSALS.slice(0, index).every(({ vendor, text }) => vendor !== REFUSALS[index]?.vendor || text !== undefined);

    expect(REFUSALS.filter((_row, index) => !reached(index)).map(({ vendor }) => vendor)).toEqual([]);
  });
});

describe('A refused login', () => {
  it.each([
    [400, 'invalid_grant', 'suspending', 'crm.login_refused'],
    [401, 'invalid_client', 'suspending', 'crm.login_refused'],
    [400, 'rate_limit_exceeded', 'transient', 'crm.login_unavailable'],
    [503, 'unavailable', 'transient', 'crm.login_unavailable'],
  ])('with %s %s is %s', (status, error, kind, code) => {
    const body = JSON.stringify({ error, error_description: 'authentication failure' });

    expect(faultOfRefusedLogin(new RefusedCall(status, {}, body))).toMatchObject({ kind, code });
  });
});
