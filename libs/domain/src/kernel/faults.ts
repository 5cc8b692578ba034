/**
 * What can go wrong, named by what must happen next. A refusal by the business is an answer and never one of these.
 * Sentences and context are shown to people and logged: they hold names of fields and rules, never a value that may be personal or secret.
 */
export type SyncFault = TransientFault | ConflictFault | SuspendingFault | PermanentFault | Defect;

export type FaultContext = Readonly<Record<string, string | number | boolean | readonly string[]>>;

interface FaultDetails {
  readonly cause?: unknown;
  readonly context?: FaultContext;
}

/** Whom a site has a connection to. */
export type FarSide = 'crm' | 'oms';

/** The same call may work later: a time-out, a 5xx, a row lock. */
export class TransientFault extends Error {
  readonly kind = 'transient';
  readonly context: FaultContext;
  /** Who was out of order as a whole. Undefined where only one record was concerned, such as by a row lock: others may well succeed. */
  readonly farSide: FarSide | undefined;
  /** How long the far side asked us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    readonly code: string,
    sentence: string,
    details: FaultDetails & { readonly retryAfterMs?: number; readonly farSide?: FarSide } = {},
  ) {
    super(sentence, { cause: details.cause });
    this.context = details.context ?? {};
    this.farSide = details.farSide;
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** We acted on stale state: the whole command again. */
export class ConflictFault extends Error {
  readonly kind = 'conflict';
  readonly context: FaultContext;

  constructor(
    readonly code: string,
    sentence: string,
    details: FaultDetails = {},
  ) {
    super(sentence, { cause: details.cause });
    this.context = details.context ?? {};
  }
}

/** Nothing on this connection will work until a person or a token acts: credentials, a revoked scope, a spent budget. */
export class SuspendingFault extends Error {
  readonly kind = 'suspending';
  readonly context: FaultContext;

  constructor(
    readonly code: string,
    sentence: string,
    details: FaultDetails = {},
  ) {
    super(sentence, { cause: details.cause });
    this.context = details.context ?? {};
  }
}

/** One rule that one field breaks, and what to do about it. */
export interface Violation {
  /** Path of the field as its sender knows it, such as `lines[2].quantity`. */
  readonly field: string;
  /** Stable dotted code of the rule, such as `quantity.negative`. */
  readonly rule: string;
  readonly sentence: string;
  readonly remedy: string;
}

/** This message will never work as it is: undecodable, unmapped, against a rule. */
export class PermanentFault extends Error {
  readonly kind = 'permanent';
  readonly context: FaultContext;
  readonly violations: readonly Violation[];

  constructor(
    readonly code: string,
    sentence: string,
    details: FaultDetails & { readonly violations?: readonly Violation[] } = {},
  ) {
    super(sentence, { cause: details.cause });
    this.context = details.context ?? {};
    this.violations = details.violations ?? [];
  }
}

/** Our own mistake. */
export class Defect extends Error {
  readonly kind = 'defect';
  readonly code = 'tandem.defect';
  readonly context: FaultContext;

  constructor(sentence: string, details: FaultDetails = {}) {
    super(sentence, { cause: details.cause });
    this.context = details.context ?? {};
  }
}

/** Whatever was thrown, as a fault: what nobody named is a defect. */
export function faultOf(thrown: unknown): SyncFault {
  if (
    thrown instanceof TransientFault ||
    thrown instanceof ConflictFault ||
    thrown instanceof SuspendingFault ||
    thrown instanceof PermanentFault ||
    thrown instanceof Defect
  ) {
    return thrown;
  }
  return new Defect('Something failed in a way that nobody had named.', { cause: thrown });
}
