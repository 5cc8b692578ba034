import type { Misbehaviour } from '@tandem/domain/testing';

export interface CannedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Message {
  readonly Type: 'INFO' | 'WARNING' | 'ERROR';
  readonly Code: string;
  readonly Description: string;
}

/** What the connection does instead of answering. */
export type Silence = 'answer-lost' | 'connection-cut';

const JSON_TYPE = { 'content-type': 'application/json', 'cp-trace-id': 'c0ffee00c0ffee00c0ffee00c0ffee00' };

/** Answers in the OMS's own shapes, §1, §2.3, §10. */
export const CANNED: Readonly<Record<Exclude<Misbehaviour, Silence>, CannedAnswer>> = {
  'server-error': failure(500, 'ManhException', { Type: 'ERROR', Code: '99999', Description: 'Internal error' }),
  'unavailable-html': html(503, 'Service Temporarily Unavailable'),
  'bad-request-html': html(502, 'Bad Gateway'),
  'lock-wait': failure(500, 'ManhException', {
    Type: 'ERROR',
    Code: '99999',
    Description: 'Lock wait timeout exceeded; try restarting transaction',
  }),
  'success-with-failure': envelope(200, true, null, [
    { Type: 'ERROR', Code: '99999', Description: 'The record could not be saved' },
  ]),
  'success-with-failure-in-record': envelope(
    200,
    true,
    {
      Messages: { Message: [{ Type: 'ERROR', Code: '99999', Description: 'The record could not be saved' }], Size: 1 },
    },
    [],
  ),
  'failure-with-warning-only': failure(400, 'ManhValidationException', {
    Type: 'WARNING',
    Code: '10209',
    Description: 'Shipping restriction applies to order line 1',
  }),
  'hard-restriction': failure(400, 'ManhValidationException', {
    Type: 'ERROR',
    Code: '10208',
    Description: 'Item LAMP-01 has a shipping restriction for this address',
  }),
  'stale-version': failure(
    400,
    'ManhValidationException',
    { Type: 'ERROR', Code: '10208', Description: 'Stale version: 1 is not higher than 1' },
    'error.10208',
  ),
  'nothing-found': envelope(200, true, [], []),
  'not-json': { status: 200, headers: JSON_TYPE, body: '{"success":tr' },
  'empty-answer': { status: 200, headers: JSON_TYPE, body: '' },
  'expired-token': {
    status: 401,
    headers: JSON_TYPE,
    body: JSON.stringify({ error: 'invalid_token', error_description: 'Access token expired' }),
  },
  forbidden: failure(403, 'ManhException', {
    Type: 'ERROR',
    Code: '403',
    Description: 'Grant api::order::transaction::admin is missing',
  }),
  'over-budget': withHeader(
    failure(429, 'ManhException', { Type: 'ERROR', Code: '99999', Description: 'Entitlement used up' }),
    'retry-after',
    '7',
  ),
};

function envelope(
  status: number,
  success: boolean,
  data: unknown,
  messages: readonly Message[],
  more = {},
): CannedAnswer {
  const frame = { success, header: null, data, messageKey: null, message: null, errors: [], exceptions: [] };
  const wire = messages.map((message) => ({ ...message, ErrorCode: null, ErrorField: null, QuickInfo: false }));
  const body = { ...frame, messages: { Message: wire, Size: wire.length }, statusCode: 'OK', ...more };
  return { status, headers: JSON_TYPE, body: JSON.stringify(body) };
}

function failure(status: number, resource: string, message: Message, messageKey = `error.${status}`): CannedAnswer {
  return envelope(status, false, null, [message], {
    messageKey: `error.${status}`,
    message: 'Bad Request',
    exceptions: [{ messageData: null, resource, messageKey, message: message.Description, stackTrace: null }],
    rootCause: `com.manh.cp.fw.entity.exception.${resource}: ${message.Description}`,
    requestUri: '/error',
    statusCode: status === 400 ? 'BAD_REQUEST' : String(status),
  });
}

function html(status: number, title: string): CannedAnswer {
  const body = `<html><body><h1>${status} ${title}</h1></body></html>`;
  return { status, headers: { 'content-type': 'text/html' }, body };
}

function withHeader(answer: CannedAnswer, name: string, value: string): CannedAnswer {
  return { ...answer, headers: { ...answer.headers, [name]: value } };
}
