import { status } from '@grpc/grpc-js';

/** A call that Pub/Sub refuses: the gRPC status code and the sentence that goes with it. */
export class RpcRefusal extends Error {
  constructor(
    readonly code: status,
    readonly details: string,
  ) {
    super(details);
  }
}

export function notFound(resource: string): RpcRefusal {
  return new RpcRefusal(status.NOT_FOUND, `Resource not found (resource=${resource}).`);
}

export function alreadyExists(resource: string): RpcRefusal {
  return new RpcRefusal(status.ALREADY_EXISTS, `Resource already exists in the project (resource=${resource}).`);
}

export function invalidArgument(details: string): RpcRefusal {
  return new RpcRefusal(status.INVALID_ARGUMENT, details);
}

/** Clients are to try again. */
export function unavailable(): RpcRefusal {
  return new RpcRefusal(status.UNAVAILABLE, 'The service was unable to fulfill your request. Please try again.');
}

export function unimplemented(details: string): RpcRefusal {
  return new RpcRefusal(status.UNIMPLEMENTED, details);
}
