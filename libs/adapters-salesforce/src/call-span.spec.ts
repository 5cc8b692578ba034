import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { TransientFault } from '@tandem/domain';
import { inCallSpan } from './call-span.js';

const spans = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
provider.register();

beforeEach(() => spans.reset());
afterAll(async () => {
  await provider.shutdown();
  trace.disable();
});

describe('The span of a call', () => {
  it('is a client span named for the call, with what it was given', async () => {
    const answer = await inCallSpan('read-order', { 'crm.org': 'north', 'crm.records': 3 }, async () => 'fine');

    expect(answer).toBe('fine');
    expect(spans.getFinishedSpans()).toMatchObject([
      { name: 'crm.read-order', kind: SpanKind.CLIENT, attributes: { 'crm.org': 'north', 'crm.records': 3 } },
    ]);
  });

  it('keeps the code of the fault that ended it, and no more of what was thrown', async () => {
    const cause = new Error('body with mira@example.com');
    const call = inCallSpan('login', {}, () =>
      Promise.reject(new TransientFault('crm.timed_out', 'Too slow.', { cause })),
    );

    await expect(call).rejects.toMatchObject({ code: 'crm.timed_out' });
    const [span] = spans.getFinishedSpans();
    expect(span).toMatchObject({
      attributes: { 'error.type': 'crm.timed_out' },
      status: { code: SpanStatusCode.ERROR, message: 'Too slow.' },
      events: [],
    });
  });
});
