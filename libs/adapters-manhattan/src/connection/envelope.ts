import { isRecord, scalarOf, type JsonRecord } from '../json.js';

/** One thing that an answer says, from wherever it said it (§2.3). */
export interface VendorMessage {
  /** `ERROR`, `WARNING`, `INFO`, the class of an exception, `oauth`, or, where no answer came, `network` and `unreadable`. */
  readonly type: string;
  readonly code: string;
  readonly text: string;
  readonly field?: string;
}

/** An answer without its envelope. */
export interface Envelope {
  readonly succeeded: boolean;
  readonly data: unknown;
  /** Of a search: `{ totalCount, page, size }`, as texts or numbers (§2.2). */
  readonly header?: unknown;
  readonly messages: readonly VendorMessage[];
}

/** Undefined where the body is not whole JSON, such as the page of a gateway. A body without an envelope is `data` (§2.3). */
export function parseEnvelope(status: number, text: string): Envelope | undefined {
  const delivered = status >= 200 && status < 300;
  if (text.trim() === '') return delivered ? undefined : { succeeded: false, data: undefined, messages: [] };
  const body = parse(text);
  if (body === undefined) return undefined;
  if (!isRecord(body)) return { succeeded: delivered, data: body, messages: [] };
  const enveloped = 'success' in body;
  const messages = messagesOf(body);
  const said = enveloped ? isTrue(body['success']) : delivered;
  return {
    // Status and flag may both say yes over a business failure, and the status no over a warning (§0.2, §10.2, §10.3).
    succeeded: said && !messages.some(isError),
    data: enveloped ? body['data'] : body,
    ...(enveloped && isRecord(body['header']) && { header: body['header'] }),
    messages,
  };
}

/** A flag may come as text (§10.31). */
const isTrue = (value: unknown): boolean => value === true || scalarOf(value).toLowerCase() === 'true';

export const isError = ({ type }: VendorMessage): boolean => type.toUpperCase() === 'ERROR';

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function messagesOf(body: JsonRecord): readonly VendorMessage[] {
  const inner = isRecord(body['data']) ? body['data'] : {};
  return [
    ...entriesOf(body['messages']).map(messageOf),
    ...entriesOf(inner['Messages']).map(messageOf),
    // Of promises, which come without an envelope (§6.5).
    ...entriesOf(body['MessageDTO'] ?? inner['MessageDTO']).map(messageOf),
    ...entriesOf(body['exceptions']).map(exceptionOf),
    ...headlinesOf(body),
  ];
}

/** `{ Message: […] }`, or the list itself. */
function entriesOf(value: unknown): readonly JsonRecord[] {
  const list = isRecord(value) ? value['Message'] : value;
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

const messageOf = (entry: JsonRecord): VendorMessage => ({
  type: scalarOf(entry['Type']),
  code: scalarOf(entry['Code']) || scalarOf(entry['ErrorCode']),
  text: scalarOf(entry['Description']) || scalarOf(entry['ShortDescription']),
  ...(scalarOf(entry['ErrorField']) !== '' && { field: scalarOf(entry['ErrorField']) }),
});

const exceptionOf = (entry: JsonRecord): VendorMessage => ({
  type: scalarOf(entry['resource']),
  code: scalarOf(entry['messageKey']),
  text: scalarOf(entry['message']),
});

/** The generic top of a failed answer, its root cause, and the body of OAuth (§1). */
function headlinesOf(body: JsonRecord): readonly VendorMessage[] {
  const headlines = [
    { type: 'headline', code: scalarOf(body['messageKey']), text: scalarOf(body['message']) },
    { type: 'rootCause', code: '', text: scalarOf(body['rootCause']) },
    { type: 'oauth', code: scalarOf(body['error']), text: scalarOf(body['error_description']) },
  ];
  return headlines.filter(({ code, text }) => code !== '' || text !== '');
}
