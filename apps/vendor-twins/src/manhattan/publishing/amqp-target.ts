import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { connect, type ChannelModel, type ConfirmChannel } from 'amqplib';
import type { OutboundMessage } from './message.js';
import { wrap, type AmqpTargetSettings, type Target } from './targets.js';

/**
 * Publishing through the default exchange on a confirm channel, attributes as message headers. It declares nothing: a
 * queue that does not exist is a failed delivery (`mandatory`), to be tried again. A lost connection is opened anew, and
 * so is one over which a message is not confirmed in time: a broker that was killed may never say so.
 */
export function amqpTarget({ url, queue, shape }: AmqpTargetSettings): Target {
  let line: Promise<OpenLine> | undefined;
  const open = () => {
    if (line) return line;
    const opening = openLine(url, () => {
      if (line === opening) line = undefined;
    });
    line = opening;
    return opening;
  };
  return {
    async deliver(message) {
      const document = shape === 'wrapped' ? wrap(message) : message.payload;
      await publish(await open(), queue, message, Buffer.from(JSON.stringify(document)));
    },
    // A line that is cut while it is opened or closed may never say so.
    async close() {
      const closed = line?.then(({ connection }) => connection.close()).catch(() => undefined);
      await Promise.race([closed, pause(closesWithinMs, undefined, { ref: false })]);
    },
  };
}

const confirmWithinMs = 10_000;
const closesWithinMs = 5_000;

interface OpenLine {
  connection: ChannelModel;
  channel: ConfirmChannel;
  /** Attempts that the broker could not route. */
  returned: Set<string>;
  hangUp(): void;
}

/** Resolves when the broker has confirmed and the queue was there. */
async function publish(line: OpenLine, queue: string, message: OutboundMessage, content: Buffer): Promise<void> {
  // Copies share the message id, so each attempt has a mark of its own by which a return is recognised.
  const attempt = randomUUID();
  const options = {
    headers: message.attributes,
    messageId: message.id,
    correlationId: attempt,
    contentType: 'application/json',
    persistent: true,
    mandatory: true,
  };
  await new Promise<void>((resolve, reject) => {
    line.channel.publish('', queue, content, options, (error: unknown) => {
      clearTimeout(late);
      if (error) reject(error instanceof Error ? error : new Error('the broker refused the message'));
      else resolve();
    });
    const late = setTimeout(() => {
      line.hangUp();
      reject(new Error('the broker did not confirm the message in time'));
    }, confirmWithinMs);
  });
  if (line.returned.delete(attempt)) throw new Error(`queue ${queue} does not exist`);
}

/** `lost` is called once the line is of no use any more; its connection is then closed for good. */
async function openLine(url: string, lost: () => void): Promise<OpenLine> {
  try {
    const connection = await connect(url);
    const hangUp = () => {
      lost();
      connection.close().catch(() => undefined);
    };
    connection.on('error', lost);
    connection.on('close', lost);
    const channel = await connection.createConfirmChannel();
    channel.on('error', hangUp);
    channel.on('close', lost);
    const returned = new Set<string>();
    channel.on('return', (message: { properties: { correlationId: string } }) => {
      returned.add(message.properties.correlationId);
    });
    return { connection, channel, returned, hangUp };
  } catch (error) {
    lost();
    throw error;
  }
}
