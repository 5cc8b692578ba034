import {
  MessageBus,
  type ConsumeOptions,
  type Delivery,
  type RawDelivery,
  type RoutedMessage,
  type Subscription,
} from '@tandem/messaging';

/** Does all that the bus behind it does; what a test plants is one of these methods done badly. */
export class PassingBus extends MessageBus {
  constructor(protected readonly inner: MessageBus) {
    super();
  }

  override start(): Promise<void> {
    return this.inner.start();
  }

  override publish(messages: readonly RoutedMessage[]): Promise<void> {
    return this.inner.publish(messages);
  }

  override consume(
    queue: string,
    options: ConsumeOptions,
    handler: (batch: readonly Delivery[]) => Promise<void>,
  ): Promise<Subscription> {
    return this.inner.consume(queue, options, handler);
  }

  override consumeExternal(
    queue: string,
    options: ConsumeOptions,
    handler: (batch: readonly RawDelivery[]) => Promise<void>,
  ): Promise<Subscription> {
    return this.inner.consumeExternal(queue, options, handler);
  }

  override depths() {
    return this.inner.depths();
  }

  override healthy() {
    return this.inner.healthy();
  }

  override close(options: { readonly graceMs: number }): Promise<void> {
    return this.inner.close(options);
  }
}
