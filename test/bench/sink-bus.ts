import { MessageBus, type RoutedMessage, type Subscription } from '@tandem/messaging';

/** Takes whatever is sent and keeps nothing: to measure the sending side alone. */
export class SinkBus extends MessageBus {
  private readonly nothing: Subscription = { close: async () => undefined, narrow: async () => undefined };

  constructor(private readonly onTaken: (count: number) => void = () => undefined) {
    super();
  }

  override async start(): Promise<void> {}

  override async publish(messages: readonly RoutedMessage[]): Promise<void> {
    this.onTaken(messages.length);
  }

  override async consume() {
    return this.nothing;
  }

  override async consumeExternal() {
    return this.nothing;
  }

  override async depths() {
    return [];
  }

  override async healthy() {
    return { up: true, detail: 'It takes all.' };
  }

  override async close(): Promise<void> {}
}
