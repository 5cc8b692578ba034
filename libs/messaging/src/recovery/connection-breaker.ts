import type { TransientFault } from '@tandem/domain';

export interface BreakerSettings {
  /** Messages of so many different keys fail of a connection, and none succeeds in between: it is held to be down. */
  readonly keysInARow: number;
  /** From then on one message at a time is let through to see: after so long at first, twice as long each time. Milliseconds. */
  readonly firstProbeAfterMs: number;
  readonly lastProbeAfterMs: number;
  /** The others wait so long, unless they are called back earlier because a probe has succeeded. Milliseconds. */
  readonly waitMs: number;
}

/** So many are asked back in time for the next probe; the rest would only travel to and fro. */
const candidates = 4;
/** Right after an outage so many keys are enough: it may well not be over. */
const keysWhenWary = 2;
/** In a long outage the keys that failed first are as good as any other again. */
const mostTried = 16;
/** A probe that has not ended by then never will. Milliseconds. */
const probeLostAfterMs = 90_000;

interface Outage {
  readonly since: number;
  code: string;
  intervalMs: number;
  probeAt: number;
  probe: { readonly key: string; readonly since: number } | undefined;
  probes: number;
  /** Keys that failed as a probe: others have a go before them, for it may be they that are ill. */
  readonly tried: Set<string>;
  /** When those come back that were asked to be the next probe. */
  booked: readonly number[];
}

export interface OutageState {
  readonly downForMs: number;
  /** Of the latest fault. */
  readonly code: string;
  readonly probes: number;
  readonly nextProbeInMs: number;
}

/** Whether one far side answers one site. While it does not, messages wait, and one is let through from time to time. */
export class ConnectionBreaker {
  /** Of all faults so far: what waits in the outbox with one of these waits for this connection. */
  readonly codes = new Set<string>();
  /** When it was last found to be well again; undefined where it was never down. */
  closedAt: number | undefined;
  private readonly failing = new Set<string>();
  private wary = false;
  private lastIntervalMs = 0;
  private outage: Outage | undefined;

  /** @param now milliseconds of a clock that never jumps. */
  constructor(
    private readonly settings: BreakerSettings,
    private readonly now: () => number,
  ) {}

  get state(): OutageState | undefined {
    if (!this.outage) return undefined;
    const { since, code, probes, probeAt } = this.outage;
    const now = this.now();
    return { downForMs: now - since, code, probes, nextProbeInMs: Math.max(0, probeAt - now) };
  }

  /** A message of this key failed of the connection. */
  failed(key: string, fault: TransientFault): void {
    this.codes.add(fault.code);
    const { outage } = this;
    if (outage) {
      outage.code = fault.code;
      if (outage.probe?.key === key) this.probeFailed(outage, key, fault.retryAfterMs ?? 0);
      return;
    }
    this.failing.add(key);
    const { keysInARow } = this.settings;
    if (this.failing.size >= (this.wary ? Math.min(keysWhenWary, keysInARow) : keysInARow)) this.open(fault);
  }

  succeeded(): void {
    this.failing.clear();
    this.wary = this.outage !== undefined;
    if (this.outage) {
      this.closedAt = this.now();
      this.lastIntervalMs = this.outage.intervalMs;
    }
    this.outage = undefined;
  }

  /** It ended in a way that says nothing of the connection: another may go at once. */
  probeEnded(key: string): void {
    if (this.outage?.probe?.key !== key) return;
    this.outage.probe = undefined;
    this.outage.probeAt = this.now();
  }

  /** How long a message of the key must wait; 0: it may go, and while the connection is down it is the probe (tell with `letThrough`). */
  waitMs(key: string): number {
    const { outage } = this;
    if (!outage) return 0;
    const now = this.now();
    const isTried = outage.tried.has(key);
    const turn = outage.probeAt + (isTried ? this.settings.firstProbeAfterMs : 0);
    const isProbing = outage.probe !== undefined && now < outage.probe.since + probeLostAfterMs;
    if (!isProbing && now >= turn) return 0;
    const due = Math.max(turn, isProbing ? now + outage.intervalMs : now);
    outage.booked = outage.booked.filter((other) => other > now);
    // They come by themselves: were they booked, soon nobody else would be.
    if (!isTried && outage.booked.length >= candidates) return this.settings.waitMs;
    if (!isTried) outage.booked = [...outage.booked, due];
    return due - now;
  }

  letThrough(key: string): void {
    const { outage } = this;
    if (!outage) return;
    const now = this.now();
    outage.probe = { key, since: now };
    outage.probeAt = now + outage.intervalMs;
    outage.probes++;
  }

  private open(fault: TransientFault): void {
    const now = this.now();
    // A message that is done without a call closes too early: then it goes on as it was, or all that waits would come every second.
    const { firstProbeAfterMs, lastProbeAfterMs } = this.settings;
    const intervalMs = this.wary ? Math.min(2 * this.lastIntervalMs, lastProbeAfterMs) : firstProbeAfterMs;
    this.failing.clear();
    this.outage = {
      since: now,
      code: fault.code,
      intervalMs,
      probeAt: now + Math.max(intervalMs, fault.retryAfterMs ?? 0),
      probe: undefined,
      probes: 0,
      tried: new Set(),
      booked: [],
    };
  }

  /** The far side's own wish is a lower bound. */
  private probeFailed(outage: Outage, key: string, wishedMs: number): void {
    outage.probe = undefined;
    outage.tried.add(key);
    for (const first of outage.tried) if (outage.tried.size > mostTried) outage.tried.delete(first);
    outage.intervalMs = Math.min(2 * outage.intervalMs, this.settings.lastProbeAfterMs);
    outage.probeAt = this.now() + Math.max(outage.intervalMs, wishedMs);
  }
}
