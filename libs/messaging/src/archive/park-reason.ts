import { unreachable, type FaultContext, type SyncFault, type Violation } from '@tandem/domain';

/** Why a message was set aside, for the person who takes care of it. */
export interface ParkReason {
  readonly kind: SyncFault['kind'];
  /** Stable dotted code. */
  readonly code: string;
  /** What happened. */
  readonly sentence: string;
  /** What was tried. */
  readonly tried: string;
  /** Who can mend it, and what to press. */
  readonly remedy: string;
  readonly violations?: readonly Violation[];
  /** What the fault was about, such as the field and the value that nobody has mapped. */
  readonly context?: FaultContext;
}

export const parkReason = (fault: SyncFault, attempts: number): ParkReason => ({
  kind: fault.kind,
  code: fault.code,
  sentence: fault.message,
  tried: attempts === 1 ? 'It was tried once.' : `It was tried ${attempts} times.`,
  remedy: remedyOf(fault),
  ...(fault.kind === 'permanent' && fault.violations.length > 0 && { violations: fault.violations }),
  ...(Object.keys(fault.context).length > 0 && { context: fault.context }),
});

function remedyOf(fault: SyncFault): string {
  switch (fault.kind) {
    case 'transient':
      return 'The far side was out of order for too long. When it is well again, replay the message.';
    case 'conflict':
      return 'Others kept changing the same record. Replay the message when they are done.';
    case 'suspending':
      return 'An administrator of the connection must renew the credentials or the permission; then replay the message.';
    case 'permanent':
      return 'Correct what the sentence names at its source or in the site profile; then replay the message.';
    case 'defect':
      return 'This is a mistake in Tandem. Report it with the code and the trace; replay the message after the update.';
    default:
      return unreachable(fault);
  }
}
