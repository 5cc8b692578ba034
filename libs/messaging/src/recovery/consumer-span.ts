import {
  context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type SpanContext,
} from '@opentelemetry/api';
import type { Message } from '../envelope.js';

const tracer = trace.getTracer('@tandem/messaging');

/**
 * Runs work inside a span. One message: the span continues its trace. Several: a span of its own that links to each, as one span can
 * have but one parent.
 */
export async function inConsumerSpan<T>(
  queue: string,
  messages: readonly Message[],
  work: () => Promise<T>,
): Promise<T> {
  const causes = messages.flatMap(({ traceparent }) => spanContextOf(traceparent));
  const [only] = messages.length === 1 ? causes : [];
  const parent = only === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, only);
  const options = {
    kind: SpanKind.CONSUMER,
    links: only === undefined ? causes.map((cause) => ({ context: cause })) : [],
    attributes: {
      'messaging.operation.name': 'process',
      'messaging.destination.name': queue,
      'messaging.batch.message_count': messages.length,
    },
  };
  const span = tracer.startSpan(`process ${queue}`, options, parent);
  try {
    return await context.with(trace.setSpan(parent, span), work);
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

/** Runs what a batch does for one of its messages alone in the trace of that message. */
export function inTraceOf<T>({ traceparent }: Pick<Message, 'traceparent'>, work: () => T): T {
  const [cause] = spanContextOf(traceparent);
  return cause === undefined ? work() : context.with(trace.setSpanContext(ROOT_CONTEXT, cause), work);
}

const w3c = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

function spanContextOf(traceparent: string | undefined): SpanContext[] {
  const [, traceId, spanId, flags] = w3c.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return [];
  return [{ traceId, spanId, traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED, isRemote: true }];
}
