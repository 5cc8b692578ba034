import { describe, expect, it } from '@jest/globals';
import {
  consolidatedOf,
  deliveryOf,
  landingHeaders,
  partlyShipped,
  pushedOf,
  wrappedOf,
} from '../../testing/samples.js';
import { ManhattanOrderFeed } from './manhattan-order-feed.js';

const feed = new ManhattanOrderFeed();
const kept = (content: unknown) => feed.keepable(deliveryOf(content));
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();

const SECRET = 'eyJhbGciOi.a+b/c=';
const headers = { ...landingHeaders(), ENCRYPTED_OAUTH_TOKEN: SECRET };
const wrapped = wrappedOf(JSON.stringify(partlyShipped()), headers);
/** With the texts in base64 written out, however deep. */
const laidOpen = (text: string): string =>
  text.replace(/[A-Za-z0-9+/]{40,}={0,2}/g, (coded) => laidOpen(Buffer.from(coded, 'base64').toString()));

describe('What is kept of a message (§7.2)', () => {
  it.each([
    ['in the landing format', wrapped],
    ['in the landing format as a text', JSON.stringify(JSON.stringify(wrapped))],
    ['in a list', consolidatedOf(wrapped, partlyShipped())],
    ['among the attributes of a push', pushedOf(partlyShipped(), { encrypted_oauth_token: SECRET })],
    ['within what is pushed', pushedOf(wrapped)],
    ['within what is pushed within what is pushed', pushedOf(pushedOf(wrapped))],
    ['escaped as some senders do', `{"ENCRYPTED_OAUTH_TOKEN" : "${SECRET.replace('=', '\\u003d')}"}`],
    ['in half a message', JSON.stringify(wrapped).slice(0, -9)],
  ])('is without the token that travels %s', (_, content) => {
    const text = laidOpen(textOf(kept(content)));
    expect(text).toMatch(/OAUTH_TOKEN\W+\[redacted\]/i);
    expect(text).not.toContain(SECRET.slice(0, 10));
  });

  it('is read as the whole message was', () => {
    const [before, after] = [deliveryOf(pushedOf(wrapped)), { headers: {}, body: kept(pushedOf(wrapped)) }];
    expect(feed.open(after)).toEqual(feed.open(before));
    expect(feed.snapshot(after, 0)).toEqual(feed.snapshot(before, 0));
  });

  it('is the same bytes where no token is, also where they are no text', () => {
    for (const body of [
      Buffer.from(JSON.stringify(pushedOf(partlyShipped()))),
      Buffer.from([0x7b, 0xff, 0x22, 0xfe]),
    ]) {
      expect(feed.keepable({ headers: {}, body })).toBe(body);
    }
  });
});
