import { describe, expect, it } from '@jest/globals';
import { PermanentFault, TransientFault } from '@tandem/domain';
import { parseEnvelope } from './envelope.js';
import { manhattanFault } from './manhattan-faults.js';

/** As a connection does it: what cannot be parsed is unreadable. */
function faultOf(status: number, body: unknown, headers = {}) {
  const envelope = parseEnvelope(status, typeof body === 'string' ? body : JSON.stringify(body));
  if (envelope?.succeeded === true) return 'success';
  return manhattanFault({
    status,
    headers,
    messages: envelope?.messages ?? [{ type: 'unreadable', code: '', text: '' }],
  });
}

const says = (Type: string, Code: string, Description: string) => ({
  messages: { Message: [{ Type, Code, Description }] },
});
const no = (message: object) => ({
  success: false,
  data: null,
  messageKey: 'error.400',
  message: 'Bad Request',
  ...message,
});
const yes = (message: object) => ({ success: true, data: { OrderId: 'A' }, ...message });

const validation = no({
  exceptions: [{ resource: 'ManhValidationException', messageKey: 'x', message: 'The order is not valid' }],
  ...says('ERROR', 'OrderLine.ItemId', 'Item LAMP is not known'),
  rootCause: 'com.manh.cp.fw.entity.exception.ManhValidationException: …',
});

describe('The answer of the OMS becomes a fault by one table', () => {
  it.each([
    ['a validation (§2.3)', 400, validation, 'permanent', 'oms.refused'],
    ['a 400 that explains itself poorly', 400, no({}), 'permanent', 'oms.refused'],
    [
      'an error inside a success (§0.2)',
      200,
      yes(says('ERROR', 'ORD1', 'No such order type')),
      'permanent',
      'oms.refused',
    ],
    [
      'an error in data.Messages (§10.2)',
      200,
      { success: true, data: { Messages: says('ERROR', 'ORD1', 'No').messages } },
      'permanent',
      'oms.refused',
    ],
    [
      'a lock wait, whatever the status (§10.32)',
      500,
      no(says('ERROR', '99999', 'Lock wait timeout exceeded')),
      'transient',
      'oms.lock_wait',
    ],
    [
      'a lock wait inside a success (§10.32)',
      200,
      yes(says('ERROR', '1', 'Lock wait timeout exceeded')),
      'transient',
      'oms.lock_wait',
    ],
    [
      'a lock wait in a validation (§2.3)',
      400,
      no(says('ERROR', '1', 'Concurrent update of the order')),
      'transient',
      'oms.lock_wait',
    ],
    [
      'a stale version (§2.6)',
      400,
      no(says('ERROR', '10208', 'VersionTimestamp is not higher')),
      'conflict',
      'oms.stale_version',
    ],
    [
      'a mass action beside another one (§3.1)',
      400,
      no(says('ERROR', 'MassAction', 'A mass action is already running')),
      'transient',
      'oms.busy',
    ],
    ['a stale version by its key (§2.6)', 400, no({ messageKey: 'error.10208' }), 'conflict', 'oms.stale_version'],
    [
      'the other 10208, a shipping restriction (§2.3)',
      200,
      yes(says('ERROR', '10208', 'Item is restricted for shipping to AK')),
      'permanent',
      'oms.refused',
    ],
    [
      'a shipping restriction that speaks of versions (§2.3)',
      400,
      no(says('ERROR', 'error.10208', 'This version of the item is restricted')),
      'permanent',
      'oms.refused',
    ],
    [
      'a payment that failed after the save (§2.3)',
      200,
      yes(says('ERROR', 'pay::10001', 'Payment could not be processed')),
      'permanent',
      'oms.payment_failed',
    ],
    ['a generic failure (§2.3)', 200, no(says('ERROR', '99999', 'Error')), 'transient', 'oms.failed'],
    ['a no without a reason', 200, { success: false }, 'transient', 'oms.failed'],
    [
      'a token that is not accepted (§1)',
      401,
      { error: 'invalid_token', error_description: 'Access token expired' },
      'suspending',
      'oms.unauthorized',
    ],
    [
      'credentials that are refused (§1)',
      400,
      { error: 'invalid_grant', error_description: 'Bad credentials' },
      'suspending',
      'oms.credentials_refused',
    ],
    ['a grant that is missing (§1)', 403, no({}), 'suspending', 'oms.forbidden'],
    ['too many calls (§12)', 429, '', 'transient', 'oms.rate_limited'],
    ['maintenance with a page (§12)', 503, '<html>Back soon</html>', 'transient', 'oms.unavailable'],
    ['a failure of the OMS', 500, no({}), 'transient', 'oms.unavailable'],
    ['the page of a gateway', 404, '<html>No route</html>', 'transient', 'oms.unreadable_answer'],
    ['half an answer', 200, '{"success":true,"da', 'transient', 'oms.unreadable_answer'],
    ['an empty answer', 200, '', 'transient', 'oms.unreadable_answer'],
    ['a redirection to a sign-in', 302, '<html>Sign in</html>', 'transient', 'oms.unreadable_answer'],
    ['an unknown record (§2.3)', 404, no({ messageKey: 'error.404' }), 'permanent', 'oms.not_found'],
    ['an unknown record without a body', 404, '', 'permanent', 'oms.not_found'],
    ['a conflict of states (§2.3)', 409, no({}), 'conflict', 'oms.conflict'],
    ['a method that is not allowed', 405, no({}), 'permanent', 'oms.unexpected_status'],
  ])('%s', (_, status, body, kind, code) => {
    expect(faultOf(status, body)).toMatchObject({ kind, code });
  });

  it.each([
    ['a warning', 200, yes(says('WARNING', '10209', 'Shipping is restricted'))],
    ['an information', 200, yes(says('INFO', '10254', 'Completed'))],
    ['a status that is none (§10.3)', 400, yes(says('WARNING', '10209', 'Shipping is restricted'))],
    ['a flag in words (§10.31)', 200, { success: 'true', data: {} }],
    ['a body without an envelope (§2.3)', 200, { RequestId: 'Cart_01' }],
  ])('except a success with %s', (_, status, body) => {
    expect(faultOf(status, body)).toBe('success');
  });

  it('does not take a warning beside it for the failure (§2.3)', () => {
    const messages = {
      Message: [
        { Type: 'WARNING', Code: '10208', Description: 'version' },
        { Type: 'ERROR', Code: 'X1', Description: 'No' },
      ],
    };
    expect(faultOf(400, no({ messages }))).toMatchObject({ code: 'oms.refused', violations: [{ sentence: 'No' }] });
  });

  it('keeps the OMS’s own sentence, its field and rule (§2.3)', () => {
    const fault = faultOf(400, validation);
    expect(fault).toBeInstanceOf(PermanentFault);
    expect(fault).toMatchObject({
      message: 'The OMS refused it: Item LAMP is not known',
      violations: [
        {
          field: 'OrderLine.ItemId',
          rule: 'oms.refused.OrderLine_ItemId',
          sentence: 'Item LAMP is not known',
          remedy: 'Correct what the sentence names, then send it again.',
        },
      ],
    });
  });

  it.each([
    [
      'the generic failure of a success (§2.3)',
      200,
      yes(says('ERROR', '99999', 'Payment group is closed')),
      'oms.failed',
    ],
    ['a failure on its side', 500, no(says('ERROR', 'X', 'Payment group is closed')), 'oms.unavailable'],
    ['a conflict of states', 409, no(says('ERROR', '250', 'Payment group is closed')), 'oms.conflict'],
  ])('passes on what the OMS said: %s', (_, status, body, code) => {
    expect(faultOf(status, body)).toMatchObject({ code, message: expect.stringContaining('Payment group is closed') });
  });

  it('tells an OMS that is out of order from a record that is held up', () => {
    const unreached = manhattanFault({ status: 0, messages: [{ type: 'network', code: 'ECONNREFUSED', text: '' }] });
    for (const fault of [unreached, faultOf(503, '<html></html>'), faultOf(429, '')])
      expect(fault).toMatchObject({ kind: 'transient', farSide: 'oms' });
    const held = faultOf(500, no(says('ERROR', 'E1', 'Lock wait timeout exceeded')));
    expect(held).toMatchObject({ kind: 'transient', farSide: undefined });
  });

  it('hides what is personal in a sentence', () => {
    const text = `Customer ada.pine@shop.example (+1 555-010-0123) ${'x'.repeat(400)}`;
    const fault = faultOf(400, no(says('ERROR', 'E1', text)));
    const sentence = fault instanceof PermanentFault ? fault.violations[0]?.sentence : undefined;
    expect(sentence).toMatch(/^Customer <e-mail> \(\+<digits>\) x+…$/);
    expect(sentence).toHaveLength(300);
  });

  it.each([
    ['seconds', { 'retry-after': '7' }, 7000],
    [
      'a date, measured by the clock of the OMS',
      { 'retry-after': 'Tue, 03 Mar 2026 10:00:30 GMT', date: 'Tue, 03 Mar 2026 10:00:00 GMT' },
      30_000,
    ],
    ['a date without a clock', { 'retry-after': 'Tue, 03 Mar 2026 10:00:30 GMT' }, undefined],
    ['nothing', {}, undefined],
  ])('waits as long as it is asked to in %s', (_, headers, wait) => {
    for (const status of [429, 503]) {
      const fault = faultOf(status, '<html></html>', headers);
      expect(fault instanceof TransientFault && fault.retryAfterMs).toBe(wait);
    }
  });
});
