import { faultOf, unreachable, type SyncFault, type Violation } from '@tandem/domain';

/** RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly violations?: readonly Violation[];
  readonly traceId?: string;
}

/** Permanent faults that have a status of their own; the others are 422. */
const STATUS: Readonly<Record<string, number>> = {
  'api.bad_request': 400,
  'api.unauthorized': 401,
  'sites.unknown': 404,
  'orders.not_found': 404,
  'reconciliation.not_found': 404,
  'replay.not_found': 404,
  'crm.order_unknown': 404,
};

export function problemOf(thrown: unknown, traceId: string | undefined): Problem {
  const fault = faultOf(thrown);
  const violations = fault.kind === 'permanent' ? fault.violations : [];
  return {
    type: `https://tandem.invalid/problems/${fault.code}`,
    title: TITLES[fault.kind],
    status: statusOf(fault),
    detail: fault.message,
    code: fault.code,
    ...(violations.length > 0 && { violations }),
    ...(traceId !== undefined && { traceId }),
  };
}

const TITLES: Readonly<Record<SyncFault['kind'], string>> = {
  transient: 'Not possible right now; the same call may work later.',
  conflict: 'Something else changed it meanwhile; try again.',
  suspending: 'A connection is out of order; an operator was told.',
  permanent: 'The call cannot work as it is.',
  defect: 'A mistake of ours; it was logged.',
};

function statusOf(fault: SyncFault): number {
  switch (fault.kind) {
    case 'transient':
    case 'suspending':
      return 503;
    case 'conflict':
      return 409;
    case 'permanent':
      return STATUS[fault.code] ?? 422;
    case 'defect':
      return 500;
    default:
      return unreachable(fault);
  }
}
