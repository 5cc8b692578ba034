import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { context, propagation, SpanStatusCode, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import {
  envelope,
  failure,
  optionsFor,
  startVendor,
  token,
  type ScriptedVendor,
} from '../../testing/scripted-vendor.js';
import { spanName } from './call-span.js';
import { ManhattanConnection } from './manhattan-connection.js';

const spans = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
let vendor: ScriptedVendor;
let connection: ManhattanConnection;

beforeAll(async () => {
  provider.register();
  vendor = await startVendor(({ path }) => {
    if (path === '/oauth/token') return token('secret-token');
    if (path.endsWith('/save')) return { ...envelope({ OrderId: 'A-1' }), headers: { 'cp-trace-id': 'trace-7' } };
    return failure(404, { Type: 'ERROR', Code: 'error.404', Description: 'Mira Oakfield is not there' });
  });
  connection = new ManhattanConnection(optionsFor(vendor.url));
});
beforeEach(() => spans.reset());
afterAll(async () => {
  await connection.close();
  await vendor.close();
  await provider.shutdown();
  trace.disable();
  context.disable();
  propagation.disable();
});

describe('The span of a call', () => {
  it('tells order, status and the trace of the OMS, and carries ours on', async () => {
    await connection.call('POST', '/order/api/order/order/save', { OrderId: 'A-1' }, { orderNumber: 'A-1' });
    const [span] = spans.getFinishedSpans();
    expect(span?.name).toBe('oms.order.save');
    expect(span?.attributes).toEqual({
      'http.request.method': 'POST',
      'http.response.status_code': 200,
      'oms.organization': 'AURORA',
      'tandem.order_number': 'A-1',
      'cp-trace-id': 'trace-7',
    });
    const { traceId = '', spanId = '' } = span?.spanContext() ?? {};
    expect(vendor.to('/order').at(-1)?.headers['traceparent']).toBe(`00-${traceId}-${spanId}-01`);
  });

  it('tells a fault by kind and code, never by what was said', async () => {
    await expect(connection.call('GET', '/order/api/order/order/orderId/A-2')).rejects.toMatchObject({
      code: 'oms.not_found',
    });
    const [span] = spans.getFinishedSpans();
    expect(span?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'oms.not_found' });
    expect(span?.attributes).toMatchObject({ 'http.response.status_code': 404, 'tandem.fault.kind': 'permanent' });
    expect(JSON.stringify([span?.attributes, span?.events])).not.toMatch(/secret|Mira|Bearer/);
  });

  it.each([
    ['POST', '/order/api/order/order/save?templateName=T', 'oms.order.save'],
    ['GET', '/order/api/order/order/orderId/A-1', 'oms.order.read'],
    ['POST', '/customer/api/customer/customer/save', 'oms.customer.save'],
    ['GET', '/', 'oms.unknown.read'],
  ] as const)('names %s %s %s (§2.1)', (method, path, name) => {
    expect(spanName({ method, path })).toBe(name);
  });
});
