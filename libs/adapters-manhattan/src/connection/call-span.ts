import { context, propagation, SpanKind, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import { faultOf } from '@tandem/domain';

/** What a call is about, for the trace: names and numbers of ours, never a body. */
export interface CallSubject {
  readonly organization: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly orderNumber?: string | undefined;
}

/** Runs a call as a client span `oms.<entity>.<verb>`; it is given the headers that carry the trace on. */
export function asSpan<Result>(
  subject: CallSubject,
  run: (span: Span, traceHeaders: Readonly<Record<string, string>>) => Promise<Result>,
): Promise<Result> {
  const attributes = {
    'http.request.method': subject.method,
    'oms.organization': subject.organization,
    ...(subject.orderNumber !== undefined && { 'tandem.order_number': subject.orderNumber }),
  };
  const tracer = trace.getTracer('@tandem/adapters-manhattan');
  return tracer.startActiveSpan(spanName(subject), { kind: SpanKind.CLIENT, attributes }, async (span) => {
    try {
      const headers: Record<string, string> = {};
      propagation.inject(context.active(), headers);
      return await run(span, headers);
    } catch (thrown) {
      const { kind, code } = faultOf(thrown);
      span.setAttributes({ 'tandem.fault.kind': kind, 'tandem.fault.code': code });
      span.setStatus({ code: SpanStatusCode.ERROR, message: code });
      throw thrown;
    } finally {
      span.end();
    }
  });
}

/** Of `/{component}/api/{component}/{entity}[/{verb}]` (§2.1); what is read by a key has no verb of its own. */
export function spanName({ method, path }: Pick<CallSubject, 'method' | 'path'>): string {
  const [, , , entity = 'unknown', verb] = path.replace(/^\//, '').replace(/\?.*$/, '').split('/');
  return `oms.${entity}.${method === 'GET' ? 'read' : (verb ?? 'call')}`;
}
