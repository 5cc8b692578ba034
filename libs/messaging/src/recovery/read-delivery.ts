import { PermanentFault, type Violation } from '@tandem/domain';
import type { Delivery } from '../bus/message-bus.js';
import type { MessageName } from '../catalog.js';
import { decodeMessage } from '../decode-message.js';
import type { Message } from '../envelope.js';

/** None of ours comes near it. More is not parsed: what it becomes would not fit into the memory of the process. */
const mostBytes = 10 * 1024 * 1024;

/**
 * What a delivery on a queue of ours holds. Anybody with the right to may have sent it: a PermanentFault says which rule it breaks, and
 * quotes no more of it than what looks like a name.
 */
export function messageIn(delivery: Delivery, names: readonly MessageName[]): Message {
  const { queue, contentType, name, body } = delivery;
  if (body.length > mostBytes) {
    const sentence = `The body has ${body.length} bytes, and ours never more than ${mostBytes}.`;
    throw foreign(
      'message.oversized',
      'body',
      sentence,
      'Send large documents some other way, and a reference to them.',
    );
  }
  if (contentType !== undefined && !/^application\/json\s*(;|$)/i.test(contentType)) {
    const sentence = `The content type is ${shown(contentType)}, and on our queues it is application/json.`;
    throw foreign(
      'message.foreign-type',
      'contentType',
      sentence,
      `Find out who sends to ${queue}, and have it stopped.`,
    );
  }
  const message = decodeMessage(body);
  if (name !== undefined && name !== message.name) {
    const sentence = `The header calls the message ${shown(name)}, and its envelope says ${message.name}.`;
    throw foreign('message.mislabelled', 'type', sentence, 'Have the sender write the same name into both.');
  }
  if (!names.includes(message.name))
    throw new PermanentFault('message.misrouted', `${message.name} does not belong on the queue ${queue}.`);
  return message;
}

function foreign(code: string, field: string, sentence: string, remedy: string): PermanentFault {
  const violations: readonly Violation[] = [{ field, rule: code, sentence, remedy }];
  return new PermanentFault(code, sentence, { violations });
}

/** A name or a media type may be shown; anything else could be a person's. */
const shown = (value: string) => (/^[\w.+-]{1,60}(\/[\w.+-]{1,60})?$/.test(value) ? value : 'something else');
