import { SpanKind, SpanStatusCode, trace, type Attributes, type Span } from '@opentelemetry/api';
import { faultOf } from '@tandem/domain';

const tracer = trace.getTracer('@tandem/adapters-salesforce');

/** Runs one call under a client span `crm.<what>`, which keeps how it ended: the fault's code, never a body or a token. */
export function inCallSpan<T>(what: string, attributes: Attributes, call: (span: Span) => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(`crm.${what}`, { kind: SpanKind.CLIENT, attributes }, async (span) => {
    try {
      return await call(span);
    } catch (thrown) {
      const fault = faultOf(thrown);
      span.setAttribute('error.type', fault.code);
      span.setStatus({ code: SpanStatusCode.ERROR, message: fault.message });
      throw fault;
    } finally {
      span.end();
    }
  });
}
