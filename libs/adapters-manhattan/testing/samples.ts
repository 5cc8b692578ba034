import { readFileSync } from 'node:fs';
import type { FeedDelivery } from '@tandem/domain';

export type Sample = Record<string, unknown>;

const read = (name: string): Sample =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8')) as Sample;

/** One line in two parcels and in part still to come, a hold, and a line that comes back (§2.5, §3.2, §4.2, §10.31). */
export const partlyShipped = (): Sample => read('order-partly-shipped.json');

/** The shape of a full cancel: every row at zero, none at 9000 (§3.2). */
export const cancelled = (): Sample => read('order-cancelled.json');

/** Attributes of a publish as they are kept in the landing format (§7.2). */
export const landingHeaders = (): Sample => read('landing-headers.json');

export const deliveryOf = (content: unknown, headers: Record<string, string> = {}): FeedDelivery => ({
  headers,
  body: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
});

export const consolidatedOf = (...orders: readonly unknown[]): Sample => ({ data: orders, ConsolidatedPayload: true });

export const wrappedOf = (payload: unknown, headers: Sample = landingHeaders()): Sample => ({
  OriginalHeaders: headers,
  OriginalPayload: payload,
});

/** The push envelope of the broker; attribute values are text there. */
export const pushedOf = (content: unknown, attributes: Record<string, string> = {}): Sample => ({
  message: { data: Buffer.from(JSON.stringify(content)).toString('base64'), attributes, messageId: '880001' },
  subscription: 'orders',
});

/** The sample with changes laid over its first level. */
export const withChanges = (sample: Sample, changes: Sample): Sample => ({ ...sample, ...changes });
