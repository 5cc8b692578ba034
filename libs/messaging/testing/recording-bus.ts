import { TransientFault } from '@tandem/domain';
import { MessageBus, type RoutedMessage, type Subscription } from '../src/bus/message-bus.js';

/** Takes what is published and keeps it for the test to look at. Carries nothing on: for tests of the sending side alone. */
export class RecordingBus extends MessageBus {
  readonly published: RoutedMessage[] = [];
  /** What happens on each publish, after the messages were taken. May throw, may wait. */
  afterTaking: () => Promise<unknown> = async () => undefined;
  refusals = 0;

  override async start(): Promise<void> {}

  override async publish(messages: readonly RoutedMessage[]): Promise<void> {
    if (this.refusals > 0) {
      this.refusals -= 1;
      throw new TransientFault('bus.unavailable', 'The bus refuses, as the test wished.');
    }
    this.published.push(...messages);
    await this.afterTaking();
  }

  override async consume(): Promise<Subscription> {
    return { close: async () => undefined, narrow: async () => undefined };
  }

  override async consumeExternal(): Promise<Subscription> {
    return { close: async () => undefined, narrow: async () => undefined };
  }

  override async depths() {
    return [];
  }

  override async healthy() {
    return { up: true, detail: 'The bus records.' };
  }

  override async close(): Promise<void> {}
}
