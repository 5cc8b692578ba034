import type { FarSide, SyncFault, TransientFault } from '@tandem/domain';
import type { Message } from '../envelope.js';
import { ConnectionBreaker, type BreakerSettings, type OutageState } from './connection-breaker.js';
import type { Outcome } from './outcome.js';

/** A far side that does not answer a site, as far as this process knows. */
export interface ConnectionDown extends OutageState {
  readonly site: string;
  readonly farSide: FarSide;
}

/** A connection that was down and is well again. */
export interface ConnectionBack {
  readonly site: string;
  readonly farSide: FarSide;
  readonly wasDownForMs: number;
}

interface Connection {
  readonly site: string;
  readonly farSide: FarSide;
  readonly breaker: ConnectionBreaker;
}

interface Failure {
  readonly connection: Connection;
  readonly fault: TransientFault;
}

/** A site whose waiting messages may come back, and the codes of the faults that they wait with. */
export interface Reopened {
  readonly site: string;
  readonly codes: readonly string[];
}

/**
 * The connections of every site, shared by all queues of the process. Who needs which is learned: messages of a name on a queue need
 * what one of them has failed of.
 */
export class ConnectionBreakers {
  private readonly connections = new Map<string, Connection>();
  private readonly needs = new Map<string, Set<Connection>>();

  /** @param now milliseconds of a clock that never jumps. */
  constructor(
    private readonly settings: BreakerSettings,
    private readonly now: () => number,
    private readonly onChange: (change: ConnectionDown | ConnectionBack) => void,
  ) {}

  /** How long a message must wait; 0: nothing that it needs is down, or it may go and see (tell with `letThrough`). */
  waitMs(queue: string, message: Message): number {
    return Math.max(0, ...this.neededBy(queue, message).map(({ breaker }) => breaker.waitMs(message.key)));
  }

  letThrough(queue: string, message: Message): void {
    for (const { breaker } of this.neededBy(queue, message)) breaker.letThrough(message.key);
  }

  /** What became of a message that was tried. */
  note(queue: string, message: Message, outcome: Outcome): void {
    const failed = outcome.kind === 'failed' ? this.concernedBy(outcome.fault, message) : undefined;
    if (failed) this.failed(queue, message, failed);
    for (const connection of this.neededBy(queue, message)) {
      if (outcome.kind === 'done') this.succeeded(connection);
      else if (connection !== failed?.connection) connection.breaker.probeEnded(message.key);
    }
  }

  /** For how long a message waits that has failed of a connection that is down; undefined where it was another fault, or it is not down. */
  waitAfter(fault: SyncFault, message: Message): number | undefined {
    const breaker = this.concernedBy(fault, message)?.connection.breaker;
    return breaker?.state && breaker.waitMs(message.key);
  }

  down(): readonly ConnectionDown[] {
    return [...this.connections.values()].flatMap(({ site, farSide, breaker: { state } }) =>
      state ? [{ site, farSide, ...state }] : [],
    );
  }

  /** Connections that were found to be well again at this time or later, and still are. */
  reopenedSince(time: number): readonly Reopened[] {
    return [...this.connections.values()].flatMap(({ site, breaker: { closedAt, state, codes } }) =>
      closedAt !== undefined && closedAt >= time && !state ? [{ site, codes: [...codes] }] : [],
    );
  }

  private succeeded({ site, farSide, breaker }: Connection): void {
    const wasDownForMs = breaker.state?.downForMs;
    breaker.succeeded();
    if (wasDownForMs !== undefined) this.onChange({ site, farSide, wasDownForMs });
  }

  private failed(queue: string, message: Message, { connection, fault }: Failure): void {
    const { site, farSide, breaker } = connection;
    const wasDown = breaker.state !== undefined;
    const need = needOf(queue, message);
    this.needs.set(need, (this.needs.get(need) ?? new Set()).add(connection));
    breaker.failed(message.key, fault);
    const { state } = breaker;
    if (!wasDown && state) this.onChange({ site, farSide, ...state });
  }

  private concernedBy(fault: SyncFault, { site }: Message): Failure | undefined {
    if (fault.kind !== 'transient' || fault.farSide === undefined) return undefined;
    const { farSide } = fault;
    const name = `${farSide} ${site}`;
    const known = this.connections.get(name);
    if (known) return { connection: known, fault };
    const connection = { site, farSide, breaker: new ConnectionBreaker(this.settings, this.now) };
    this.connections.set(name, connection);
    return { connection, fault };
  }

  private neededBy(queue: string, message: Message): readonly Connection[] {
    return [...(this.needs.get(needOf(queue, message)) ?? [])];
  }
}

const needOf = (queue: string, { site, name }: Message) => `${site} ${queue} ${name}`;
