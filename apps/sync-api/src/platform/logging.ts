import { trace } from '@opentelemetry/api';
import type { Options } from 'pino-http';
import { loggedError } from './logged-error.js';
import type { LogLevel } from './settings.js';

/** JSON lines with the trace id. No bodies, no headers, no query strings, no values of statements: those may hold what must not be logged. */
export const loggingOptions = (level: LogLevel): { readonly pinoHttp: Options } => ({
  pinoHttp: {
    level,
    mixin: traceIds,
    // At peak a line for each good call would drown what matters.
    customLogLevel: (_request, response) =>
      response.statusCode >= 500 ? 'error' : response.statusCode >= 400 ? 'warn' : 'debug',
    serializers: {
      req: ({ id, method, url }: { id: unknown; method: string; url: string }) => ({
        id,
        method,
        path: url.split('?')[0],
      }),
      err: loggedError,
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
    },
  },
});

function traceIds(): object {
  const span = trace.getActiveSpan()?.spanContext();
  return span ? { traceId: span.traceId, spanId: span.spanId } : {};
}
