import { context, propagation, SpanKind, SpanStatusCode, trace, type Attributes } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';

/**
 * Makes spans real. They go to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names (the exporter reads it); without one they only give
 * logs and messages their trace ids. Call before anything that is traced. Yields what flushes and stops it.
 */
export function startTracing(
  collector: string | undefined,
  processors: readonly SpanProcessor[] = [],
): () => Promise<void> {
  const exporting = collector === undefined ? [] : [new BatchSpanProcessor(new OTLPTraceExporter())];
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ [ATTR_SERVICE_NAME]: 'tandem-sync-api' }),
    spanProcessors: [...exporting, ...processors],
  });
  provider.register();
  return () => provider.shutdown();
}

const tracer = () => trace.getTracer('tandem');

/**
 * Runs the receipt of foreign messages in a span of its own. Below the active span where there is one, else below the sender's, where
 * the headers tell of one.
 */
export async function inReceiptSpan<Result>(
  name: string,
  headers: Readonly<Record<string, unknown>>,
  attributes: Attributes,
  work: () => Promise<Result>,
): Promise<Result> {
  const active = context.active();
  const parent = trace.getSpan(active) ? active : propagation.extract(active, headers);
  return tracer().startActiveSpan(name, { kind: SpanKind.CONSUMER, attributes }, parent, async (span) => {
    try {
      return await work();
    } catch (thrown) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw thrown;
    } finally {
      span.end();
    }
  });
}

/** W3C trace context of the active span, to travel with messages. */
export function currentTraceparent(): string | undefined {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier['traceparent'];
}

export const currentTraceId = (): string | undefined => trace.getActiveSpan()?.spanContext().traceId;

/** The trace that a W3C trace context belongs to. */
export const traceIdIn = (traceparent: string): string | undefined => traceparent.split('-')[1];
