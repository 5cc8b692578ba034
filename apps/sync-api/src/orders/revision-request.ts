import type { TrackedOrder } from '@tandem/domain';
import { causedBy, type Message, type MessageWriter } from '@tandem/messaging';

/** Asks that a placed order be compared with what the CRM now says of it, in the lane that it was placed in. */
export function revisionRequest(messages: MessageWriter, { order: { terms } }: TrackedOrder, cause: Message): Message {
  const { site, number } = terms;
  const body = { site, orderNumber: number };
  return messages.write('order.revision-requested.v1', { key: number, site, body, cause: causedBy(cause) });
}
