import { describe, expect, it } from '@jest/globals';
import { Defect, PermanentFault } from '@tandem/domain';
import fc from 'fast-check';
import {
  cancelled,
  consolidatedOf,
  deliveryOf,
  landingHeaders,
  partlyShipped,
  pushedOf,
  wrappedOf,
  type Sample,
} from '../../testing/samples.js';
import { ManhattanOrderFeed } from './manhattan-order-feed.js';

const feed = new ManhattanOrderFeed();
const envelope = (content: unknown, headers?: Record<string, string>) => feed.open(deliveryOf(content, headers));

/** Every way in which one order has been seen to travel, with the position it then has. */
const shapes = (order: Sample): readonly (readonly [string, unknown, number])[] => {
  const submitted = { ...order, EventSubmitTimestamp: '2026-03-01T10:20:31.9' };
  return [
    ['bare', order, 0],
    ['consolidated', consolidatedOf(cancelled(), submitted), 1],
    ['in the landing format', wrappedOf(order), 0],
    ['in the landing format as text', wrappedOf(JSON.stringify(order)), 0],
    ['pushed', pushedOf(order), 0],
    ['pushed, in the landing format', pushedOf(wrappedOf(JSON.stringify(order))), 0],
    ['pushed, in the landing format, consolidated', pushedOf(wrappedOf(consolidatedOf(submitted))), 0],
    ['consolidated from wrapped ones', consolidatedOf(wrappedOf(order), pushedOf(submitted)), 1],
    ['a plain list', [submitted], 0],
  ];
};

describe('The feed of the OMS', () => {
  it.each(shapes(partlyShipped()))(
    'reads the same snapshot of an order that comes %s (§7.2, §7.3)',
    (_, content, at) => {
      const expected = feed.snapshot(deliveryOf(partlyShipped()), 0);
      expect(feed.snapshot(deliveryOf(content), at)).toEqual(expected);
    },
  );

  it('lists the orders of a consolidated message in the order of its body (§7.3)', () => {
    const { orders } = envelope(consolidatedOf(cancelled(), partlyShipped(), cancelled()));
    expect(orders.map(({ orderNumber }) => orderNumber)).toEqual(['NW-1002', 'NW-1001', 'NW-1002']);
  });

  it.each([
    ['MSG_ID_PK of the transport', partlyShipped(), { msg_id_pk: 'A1' }, 'A1'],
    ['MSG_ID_PK in the landing format', wrappedOf(partlyShipped()), {}, landingHeaders()['MSG_ID_PK']],
    ['MSG_ID_PK before the id of the broker', pushedOf(partlyShipped(), { MSG_ID_PK: 'A2' }), {}, 'A2'],
    ['the id of the broker', pushedOf(partlyShipped()), {}, '880001'],
    ['the id of the broker as a header', partlyShipped(), { messageid: '880002' }, '880002'],
    ['nothing where nothing is', partlyShipped(), {}, undefined],
    ['nothing of the parts of a list', consolidatedOf(wrappedOf(partlyShipped())), {}, undefined],
  ])('takes %s for the message id (§7.2)', (_, content, headers, expected) => {
    expect(envelope(content, headers).messageId).toBe(expected);
  });

  it.each([
    ['the attribute', partlyShipped(), { Organization: 'NORTHWIND-EU' }, 'NORTHWIND-EU'],
    ['the attribute, in any case', partlyShipped(), { ORGANIZATION: 'NORTHWIND-EU' }, 'NORTHWIND-EU'],
    ['OrgId where there is no attribute', partlyShipped(), {}, 'NORTHWIND-US'],
    ['OrgId where the attribute is empty', partlyShipped(), { organization: '' }, 'NORTHWIND-US'],
  ])('takes %s for the organization (§7.2, §9)', (_, content, headers, expected) => {
    expect(envelope(content, headers).orders[0]?.organization).toBe(expected);
    expect(feed.snapshot(deliveryOf(content, headers), 0).organization).toBe(expected);
  });

  it.each([
    ['half of a message', JSON.stringify(partlyShipped()).slice(0, 200), 'body', 'json.expected'],
    ['a page', '<html><body>Bad gateway</body></html>', 'body', 'json.expected'],
    ['a number', '17', 'body', 'object.expected'],
    ['a half push', { message: { data: 'eyJPcmRlcklk' } }, 'message.data', 'json.expected'],
    ['a half payload', wrappedOf('{"OrderId":'), 'OriginalPayload', 'json.expected'],
    ['an order without a number', { ...partlyShipped(), OrderId: null }, 'OrderId', 'value.missing'],
    ['an order of nobody', { ...partlyShipped(), OrgId: '' }, 'OrgId', 'value.missing'],
    ['a plain list of nothing', '[]', 'data', 'list.empty'],
    ['a consolidated list of nothing', consolidatedOf(), 'data', 'list.empty'],
    ['a list with a stranger', consolidatedOf(cancelled(), 5), 'data[1]', 'object.expected'],
  ])('refuses %s, naming field and rule', (_, content, field, rule) => {
    const thrown = faultFrom(() => envelope(content));
    expect(thrown.code).toBe('oms.unreadable_message');
    expect(thrown.context).toEqual({ field, rule });
  });

  it('refuses what is not UTF-8', () => {
    const utf16 = { headers: {}, body: Buffer.from(JSON.stringify(partlyShipped()), 'utf16le').subarray(0, 301) };
    expect(faultFrom(() => feed.open(utf16)).code).toBe('oms.unreadable_message');
    expect(faultFrom(() => feed.open({ headers: {}, body: Buffer.from([0x7b, 0xff, 0xfe]) })).context['rule']).toBe(
      'utf8.expected',
    );
  });

  it('refuses endless wrapping', () => {
    const deep = Array.from({ length: 20 }).reduce<unknown>((inner) => wrappedOf(inner), partlyShipped());
    expect(faultFrom(() => envelope(deep)).context['rule']).toBe('nesting.too_deep');
  });

  it('never quotes what it could not read', () => {
    const { message, cause, context } = faultFrom(() => envelope('{"CustomerEmail":"ada@shop.example" oops'));
    expect(JSON.stringify([message, String(cause), context])).not.toMatch(/ada|shop/);
  });

  it('calls a position that does not exist a defect of ours', () => {
    expect(() => feed.snapshot(deliveryOf(partlyShipped()), 1)).toThrow(Defect);
  });

  it('answers a truncated or overwritten message with nothing but a permanent fault', () => {
    const whole = Buffer.from(JSON.stringify(pushedOf(wrappedOf(consolidatedOf(partlyShipped(), cancelled())))));
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.nat(whole.length), bytes, fc.boolean(), (at, patch, cut) => {
        const body = cut
          ? whole.subarray(0, at)
          : Buffer.concat([whole.subarray(0, at), patch, whole.subarray(at + patch.length)]);
        expectReadOrRefused({ headers: {}, body });
      }),
    );
  });

  it('answers any value in any place of an order with nothing but a permanent fault', () => {
    const paths = pathsOf(partlyShipped());
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        expectReadOrRefused(deliveryOf(replaced(partlyShipped(), path, value)));
      }),
      { numRuns: 500 },
    );
  });
});

type Path = readonly (string | number)[];

const entries = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

const pathsOf = (value: unknown): readonly Path[] =>
  entries(value).flatMap(([key, child]) => [[key], ...pathsOf(child).map((rest) => [key, ...rest])]);

function replaced(value: unknown, [key, ...rest]: Path, replacement: unknown): unknown {
  if (key === undefined) return replacement;
  const changed = entries(value).map(([name, child]) => [
    name,
    name === String(key) ? replaced(child, rest, replacement) : child,
  ]);
  return Array.isArray(value) ? changed.map(([, child]) => child) : Object.fromEntries(changed);
}

function expectReadOrRefused(delivery: ReturnType<typeof deliveryOf>) {
  try {
    for (const position of feed.open(delivery).orders.keys()) feed.snapshot(delivery, position);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(PermanentFault);
  }
}

function faultFrom(act: () => unknown): PermanentFault {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof PermanentFault) return thrown;
    throw thrown;
  }
  throw new Error('It was read.');
}
