import type { Json, JsonObject } from './json.js';
import type { Refusal } from './refusal.js';

export interface VendorMessage {
  type: 'INFO' | 'WARNING' | 'ERROR';
  code: string;
  description: string;
}

const STATUS_NAMES: Record<number, string> = {
  400: 'BAD_REQUEST',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  503: 'SERVICE_UNAVAILABLE',
};
const REASONS: Record<number, string> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
  500: 'Internal Server Error',
};

/** A successful answer (§2.3). `messages` may still carry an ERROR: success is not what it seems. */
export function success(
  component: string,
  data: Json,
  messages: VendorMessage[] = [],
  header: JsonObject | null = null,
): JsonObject {
  return { ...frame(component, messages), success: true, header, data, statusCode: 'OK', requestUri: null };
}

/** A refused call (§2.3): the useful words are in `messages`, the top level stays generic. */
export function failure(component: string, refusal: Refusal): JsonObject {
  const { status, code, description, messageKey, type } = refusal;
  const resource = status === 400 ? 'ManhValidationException' : 'ManhException';
  const rootCause = `com.manh.cp.fw.entity.exception.${resource}: ${description}`;
  return {
    ...frame(component, [{ type, code, description }]),
    success: false,
    data: null,
    messageKey: `error.${status}`,
    message: REASONS[status] ?? 'Error',
    exceptions: [{ messageData: null, resource, messageKey, message: description, stackTrace: null }],
    rootCause,
    requestUri: '/error',
    statusCode: STATUS_NAMES[status] ?? String(status),
  };
}

function frame(component: string, messages: VendorMessage[]): JsonObject {
  return {
    success: true,
    header: null,
    data: null,
    messageKey: null,
    message: null,
    errors: [],
    exceptions: [],
    messages: { Message: messages.map(wireMessage), Size: messages.length },
    rootCause: null,
    cloudComponent: `com-manh-cp-${component}`,
    cloudComponentHostName: `com-manh-cp-${component}-0`,
  };
}

function wireMessage({ type, code, description }: VendorMessage): JsonObject {
  return {
    Type: type,
    Code: code,
    Description: description,
    ShortDescription: null,
    ErrorCode: null,
    ErrorField: null,
    ResourceId: null,
    QuickInfo: false,
    BusinessKeys: null,
  };
}
