import { Metadata, status, type ServiceError } from '@grpc/grpc-js';

const prefix = 'sfdc.platform.eventbus.grpc.';

/** A call that the Pub/Sub API refuses: a gRPC status, and the vendor's own code in the trailer `error-code` (§3.3). */
export function rpcRefusal(
  code: status,
  errorCode: string,
  sentence: string,
  rpcId: string,
): Error & Pick<ServiceError, 'code' | 'details' | 'metadata'> {
  const metadata = new Metadata();
  metadata.set('error-code', `${prefix}${errorCode}`);
  const details = `${sentence} rpcId: ${rpcId}`;
  return Object.assign(new Error(details), { code, details, metadata });
}

/** Faults that a test orders on open streams, by name. */
export const streamFaults: Readonly<Record<string, { code: status; errorCode: string; sentence: string }>> = {
  unauthenticated: {
    code: status.UNAUTHENTICATED,
    errorCode: 'service.auth.error',
    sentence: 'An authentication exception occurred.',
  },
  unavailable: {
    code: status.UNAVAILABLE,
    errorCode: 'service.unavailable',
    sentence: 'The service is temporarily unavailable.',
  },
  deliveryQuota: {
    code: status.RESOURCE_EXHAUSTED,
    errorCode: 'subscription.limit.exceeded',
    sentence: 'The daily event delivery allocation is used up.',
  },
  internal: {
    code: status.INTERNAL,
    errorCode: 'subscription.internal.error',
    sentence: 'An internal error occurred.',
  },
};
