import type { PlayedOrder } from '../../golden/play-order.js';
import type { Cluster } from './cluster.js';
import type { Publish } from './sender.js';

let count = 0;

/** Never the same twice in a run; 34 characters, as the vendor's are. */
const freshMessageId = (mark: string): string => `${mark}${String(++count).padStart(34 - mark.length, '0')}`;

/** What the OMS holds of an order at this moment, told once more under an id of its own: a repeat that changes nothing. */
export async function retold(
  { oms }: Cluster,
  { expected }: PlayedOrder,
  { mark, wholeSeconds }: { readonly mark: string; readonly wholeSeconds: boolean },
): Promise<Publish | undefined> {
  const order = await oms.order(expected.number);
  if (order === undefined) return undefined;
  const text = JSON.stringify(order);
  const told = wholeSeconds ? text.replaceAll(/(\d\d:\d\d:\d\d)\.\d{1,3}/g, '$1') : text;
  return publishOf(freshMessageId(mark), expected.site.organization, Buffer.from(told));
}

const publishOf = (id: string, organization: string, body: Buffer, contentType?: string): Publish => ({
  id,
  headers: { MSG_ID_PK: id, MSG_TYPE: 'PublishOrderEventMSGType', Organization: organization },
  body,
  ...(contentType !== undefined && { contentType }),
});

/** Messages that can never work: each must be kept and parked, and hold up nobody. */
export function poisonous(mark: string): readonly Publish[] {
  const unknown = {
    OrderId: `NOBODY-${mark}`,
    OrgId: 'AURORA',
    OrderLine: [],
    UpdatedTimestamp: '2026-01-01T00:00:00.000',
  };
  const text = JSON.stringify(unknown);
  const publish = (kind: string, body: Buffer, contentType?: string) =>
    publishOf(freshMessageId(`BAD-${kind}-${mark}-`), 'AURORA', body, contentType);
  return [
    publish('UNKNOWN', Buffer.from(text)),
    publish('TRUNCATED', Buffer.from(text.slice(0, text.length / 2))),
    publish('ENCODING', Buffer.from([0xff, 0xfe, ...Buffer.from(text, 'utf16le')])),
    publish('LATIN1', Buffer.from([0x7b, 0x22, 0xe9, 0x22, 0x3a])),
    publish('LARGE', Buffer.from(JSON.stringify({ ...unknown, OrderId: 7, Filler: 'x'.repeat(5 * 1024 * 1024) }))),
    publish('FOREIGN', Buffer.from('<order/>'), 'application/xml'),
    publish('EMPTY', Buffer.alloc(0)),
  ];
}
