import type { ConfirmChannel } from 'amqplib';
import { answered, discard, type RabbitConnection } from './rabbit-connection.js';

/** The broker's no: AMQP's code, and what it said. */
export interface Refusal {
  readonly code: number;
  readonly text: string;
}

export const notFound = 404;
export const accessRefused = 403;
export const locked = 405;
export const declaredOtherwise = 406;

/** Puts questions to the broker, which says no by closing the channel: each no costs a channel, and is an answer here. */
export class Inquiry {
  private channel: ConfirmChannel | undefined;
  private refusal: Error | undefined;

  constructor(private readonly connection: RabbitConnection) {}

  /** The no to the question, or undefined. Anything else that goes wrong is thrown. */
  async put(question: (channel: ConfirmChannel) => Promise<unknown>): Promise<Refusal | undefined> {
    const channel = this.channel ?? (await this.open());
    try {
      await answered('what it is asked', question(channel));
      return undefined;
    } catch (error) {
      this.channel = undefined;
      const refusal = refusalIn(this.refusal) ?? refusalIn(error);
      if (refusal !== undefined) return refusal;
      discard(channel);
      throw error;
    }
  }

  end(): void {
    if (this.channel !== undefined) discard(this.channel);
    this.channel = undefined;
  }

  private async open(): Promise<ConfirmChannel> {
    this.refusal = undefined;
    const channel = await this.connection.quietChannel((error) => (this.refusal = error));
    this.channel = channel;
    return channel;
  }
}

const refusalIn = (error: unknown): Refusal | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'number'
    ? { code: error.code, text: error.message }
    : undefined;
