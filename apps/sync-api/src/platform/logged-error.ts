import type { SerializedError } from 'pino';

/** What systems say of an error about where and why, never about whom. */
const TOLD = [
  ...['type', 'message', 'stack', 'code', 'kind'],
  ...['errno', 'syscall', 'address', 'port'],
  ...['severity', 'schema', 'table', 'column', 'constraint', 'routine'],
];

/**
 * Of an error, what may be logged. Whatever else it carries may hold what must not be: a failed statement carries its values and the row it
 * met, a failed call its body.
 */
export function loggedError(error: SerializedError): Record<string, unknown> {
  const { aggregateErrors } = error;
  return {
    ...Object.fromEntries(TOLD.filter((name) => error[name] !== undefined).map((name) => [name, error[name]])),
    ...(Array.isArray(aggregateErrors) ? { aggregateErrors: aggregateErrors.map(loggedError) } : {}),
  };
}
