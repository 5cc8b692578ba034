import type { PlayedOrder } from '../../golden/play-order.js';
import type { OmsTwin } from '../../support/stack/oms-twin.js';
import type { Publish } from './sender.js';

let count = 0;

/** Never the same twice in a run; 34 characters, as the vendor's are. */
const freshMessageId = (mark: string): string => `${mark}${String(++count).padStart(34 - mark.length, '0')}`;

export interface TellerOptions {
  /** The dates that are told have no fraction. */
  readonly wholeSeconds: boolean;
  readonly remembersForMs: number;
}

/** Tells once more, each time under an id of its own, what the OMS holds of an order: a repeat that changes nothing. */
export class Teller {
  private readonly known = new Map<string, { readonly at: number; readonly text: string }>();

  constructor(
    private readonly oms: OmsTwin,
    private readonly options: TellerOptions,
  ) {}

  /** Undefined where the OMS holds nothing of it. */
  async retold({ expected: { number, site } }: PlayedOrder, mark: string): Promise<Publish | undefined> {
    const text = await this.textOf(number);
    return text === undefined ? undefined : publishOf(freshMessageId(mark), site.organization, Buffer.from(text));
  }

  private async textOf(number: string): Promise<string | undefined> {
    const { wholeSeconds, remembersForMs } = this.options;
    const known = this.known.get(number);
    if (known !== undefined && performance.now() < known.at + remembersForMs) return known.text;
    const order = await this.oms.order(number);
    if (order === undefined) return undefined;
    const whole = JSON.stringify(order);
    const text = wholeSeconds ? whole.replaceAll(/(\d\d:\d\d:\d\d)\.\d{1,3}/g, '$1') : whole;
    if (remembersForMs > 0) this.known.set(number, { at: performance.now(), text });
    return text;
  }
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
