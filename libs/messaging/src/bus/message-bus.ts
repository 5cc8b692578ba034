/** A message on its way to one lane: the encoded envelope and what the bus itself needs to know. */
export interface RoutedMessage {
  /** Logical name of the queue (`orders.submit-order`). */
  readonly queue: string;
  readonly lane: number;
  readonly messageId: string;
  readonly name: string;
  /** Failed attempts so far. */
  readonly attempts: number;
  /** Its place in the outbox, which it keeps through every retry: what stands lower came first. */
  readonly position: string;
  /** The envelope as JSON text. */
  readonly body: string;
}

/** A message of ours as it arrives, not decoded: whoever takes it decides what to do with one that cannot be read. */
export interface Delivery {
  readonly queue: string;
  readonly lane: number;
  readonly messageId: string | undefined;
  /** What the message is called and what it is, as its sender says outside of the envelope; undefined where nothing is said. */
  readonly name: string | undefined;
  readonly contentType: string | undefined;
  readonly attempts: number;
  readonly position: string | undefined;
  readonly body: Buffer;
}

/** A foreign message exactly as it came. */
export interface RawDelivery {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
  readonly contentType: string | undefined;
  readonly messageId: string | undefined;
}

export interface ConsumeOptions {
  /** The most messages in one batch. A batch is never waited for: what is there is handed over at once. */
  readonly batchSize: number;
  /** How many lanes to take from, where more may hold messages than are sent to. */
  readonly lanes?: number;
}

export interface Subscription {
  /** Takes nothing more, waits for the running handlers, gives back what was not handled, in order. */
  close(): Promise<void>;

  /** Takes from no more than so many lanes from now on; the others as with `close`. */
  narrow(lanes: number): Promise<void>;
}

export interface QueueDepth {
  /** Physical name, without the prefix. */
  readonly queue: string;
  readonly messages: number;
}

/** Carries messages between our own parts, and brings foreign ones in. At least once, in order per lane. */
export abstract class MessageBus {
  /** Connects and declares every queue. Rejects with a TransientFault when the far side cannot be reached. */
  abstract start(): Promise<void>;

  /**
   * Sends in the order given. Resolves when all are safely held; rejects (TransientFault) otherwise, and then any of them may have been
   * sent or not: send all of them again. A message that is sent twice arrives twice. Calls may overlap: what one sends comes before what
   * later ones send, and when one is rejected, so are those that were made while it was under way.
   */
  abstract publish(messages: readonly RoutedMessage[]): Promise<void>;

  /**
   * Takes from every lane of a queue. A lane has one active consumer among all replicas; when it goes, the next one takes over.
   * Lanes run side by side; within a lane batches come in order, one at a time. A batch is acknowledged only after the handler has
   * resolved. When the handler rejects, the same messages come again, first and in order, after a short pause.
   * Survives the loss of the connection: what was not acknowledged comes again.
   */
  abstract consume(
    queue: string,
    options: ConsumeOptions,
    handler: (batch: readonly Delivery[]) => Promise<void>,
  ): Promise<Subscription>;

  /** Takes foreign messages from a queue that is not ours, named as it is (no prefix, no lanes). Settled as in `consume`; no order promised. */
  abstract consumeExternal(
    queue: string,
    options: ConsumeOptions,
    handler: (batch: readonly RawDelivery[]) => Promise<void>,
  ): Promise<Subscription>;

  /** How many messages wait in each lane. */
  abstract depths(): Promise<readonly QueueDepth[]>;

  /** Whether messages flow now, with one sentence for a person. Never rejects. */
  abstract healthy(): Promise<{ readonly up: boolean; readonly detail: string }>;

  /** Takes nothing more, waits up to `graceMs` for running handlers, closes. What was not acknowledged is not lost. */
  abstract close(options: { readonly graceMs: number }): Promise<void>;
}
