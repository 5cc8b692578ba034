import { status, type Metadata } from '@grpc/grpc-js';
import { Defect, SuspendingFault, TransientFault, type SyncFault } from '@tandem/domain';

interface BusRefusal {
  /** End of the code after `sfdc.platform.eventbus.grpc.`: transcriptions differ in the rest (§3.3). */
  readonly suffix: string;
  readonly kind: 'transient' | 'suspending';
  readonly code: string;
  readonly sentence: string;
  readonly retryAfterMs?: number;
}

/** §3.3; the first row that fits decides, and where none does the status of gRPC. */
const BUS_REFUSALS: readonly BusRefusal[] = [
  refusal('service.auth.error', 'transient', 'crm.session_expired', 'The event bus no longer accepts our session.'),
  refusal('auth.headers.invalid', 'suspending', 'crm.bus_headers', 'The event bus does not accept our credentials.'),
  refusal('service.tenant.license', 'suspending', 'crm.bus_licence', 'The org has no licence for its event bus.'),
  refusal('topic.not.found', 'suspending', 'crm.channel_unknown', 'The org has no such channel: is it selected there?'),
  refusal('topic.meta.permission', 'suspending', 'crm.channel_hidden', 'The integration user may not see the channel.'),
  refusal('topic.api.unavailable', 'suspending', 'crm.channel_hidden', 'The channel cannot be read over the API.'),
  refusal('cannot.subscribe', 'suspending', 'crm.channel_hidden', 'The integration user may not read the channel.'),
  refusal(
    'subscription.limit.exceeded',
    'suspending',
    'crm.delivery_budget_spent',
    'The events that the org may deliver in 24 hours are used up.',
  ),
  {
    ...refusal('limit.exceeded', 'transient', 'crm.bus_busy', 'The event bus asks us to slow down.'),
    retryAfterMs: 60_000,
  },
  {
    ...refusal('limit.triggered', 'transient', 'crm.bus_busy', 'The event bus asks us to slow down.'),
    retryAfterMs: 60_000,
  },
  {
    ...refusal('protection.triggered', 'transient', 'crm.bus_busy', 'The event bus asks us to slow down.'),
    retryAfterMs: 60_000,
  },
  refusal('service.unavailable', 'transient', 'crm.bus_unavailable', 'The event bus is not available.'),
  refusal('internal.error', 'transient', 'crm.bus_unavailable', 'Something failed inside the event bus.'),
];

function refusal(suffix: string, kind: BusRefusal['kind'], code: string, sentence: string): BusRefusal {
  return { suffix, kind, code, sentence };
}

interface BusError {
  readonly code: status;
  readonly metadata?: Metadata;
}

const isBusError = (thrown: unknown): thrown is BusError =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'number';

/** §3.3: the trailer that tells more than the status does. */
const busCodeOf = ({ metadata }: BusError): string => String(metadata?.get('error-code')[0] ?? '');

/** Whether the position that we gave is not one that the bus knows, or no longer. */
export const isCursorLost = (thrown: unknown): boolean =>
  isBusError(thrown) && busCodeOf(thrown).endsWith('replayid.corrupted');

export const isUnauthenticated = (thrown: unknown): boolean =>
  isBusError(thrown) && (thrown.code === status.UNAUTHENTICATED || busCodeOf(thrown).endsWith('service.auth.error'));

export const isCancelled = (thrown: unknown): boolean => isBusError(thrown) && thrown.code === status.CANCELLED;

/** The fault for whatever ended a call of the event bus; undefined where it was not the bus. The text is left out: it can quote us. */
export function faultOfBusError(thrown: unknown): SyncFault | undefined {
  if (!isBusError(thrown)) return undefined;
  const busCode = busCodeOf(thrown);
  const context = { busCode, grpcStatus: status[thrown.code] };
  const known = BUS_REFUSALS.find(({ suffix }) => busCode.endsWith(suffix));
  if (known?.kind === 'suspending') return new SuspendingFault(known.code, known.sentence, { context });
  if (known) {
    const wait = known.retryAfterMs === undefined ? {} : { retryAfterMs: known.retryAfterMs };
    return new TransientFault(known.code, known.sentence, { context, ...wait });
  }
  return faultOfStatus(thrown.code, context);
}

function faultOfStatus(code: status, context: { busCode: string; grpcStatus: string }): SyncFault {
  switch (code) {
    case status.PERMISSION_DENIED:
    case status.NOT_FOUND:
      return new SuspendingFault('crm.channel_hidden', 'The channel is not there, or not for us.', { context });
    case status.INVALID_ARGUMENT:
      return new Defect('The event bus did not understand us.', { context });
    case status.RESOURCE_EXHAUSTED:
      return new TransientFault('crm.bus_busy', 'The event bus asks us to slow down.', {
        context,
        retryAfterMs: 60_000,
      });
    default:
      return new TransientFault('crm.bus_unavailable', 'The connection to the event bus ended.', { context });
  }
}
