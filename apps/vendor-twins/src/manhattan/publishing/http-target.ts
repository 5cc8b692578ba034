import { createHmac } from 'node:crypto';
import type { OutboundMessage } from './message.js';
import { wrap, type HttpTargetSettings, type Target } from './targets.js';

const TIMEOUT_MS = 10_000;

/** Push over HTTP: any 2xx acknowledges. Signed with HMAC-SHA256 over `<unix seconds>.<raw body>`, or with a bearer token. */
export function httpTarget(settings: HttpTargetSettings): Target {
  const closing = new AbortController();
  return {
    async deliver(message) {
      const body = JSON.stringify(documentOf(settings.shape, message));
      const response = await fetch(settings.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(settings.shape === 'bare' ? message.attributes : {}),
          ...credentials(settings, body),
        },
        body,
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`the receiver answered ${response.status}`);
    },
    close() {
      closing.abort();
      return Promise.resolve();
    },
  };
}

function documentOf(shape: HttpTargetSettings['shape'], message: OutboundMessage): unknown {
  if (shape === 'wrapped') return wrap(message);
  if (shape === 'bare') return message.payload;
  return {
    message: {
      data: Buffer.from(JSON.stringify(message.payload)).toString('base64'),
      attributes: message.attributes,
      messageId: message.id.slice(-16),
      publishTime: message.attributes.msg_submission_time_utc,
    },
    subscription: 'projects/twin/subscriptions/publish-order',
  };
}

function credentials({ bearer, hmacSecret }: HttpTargetSettings, body: string): Record<string, string> {
  if (bearer !== undefined) return { authorization: `Bearer ${bearer}` };
  if (hmacSecret === undefined) return {};
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', hmacSecret).update(`${timestamp}.${body}`).digest('hex');
  return { 'X-Tandem-Timestamp': timestamp, 'X-Tandem-Signature': `sha256=${signature}` };
}
