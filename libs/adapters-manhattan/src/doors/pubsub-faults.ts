import { SuspendingFault, TransientFault, type SyncFault } from '@tandem/domain';
import { isRecord } from '../json.js';

/** Codes of gRPC that a person has to mend, and `key` for a key that is none. What the client's error says is not repeated. */
const SUSPENDING: ReadonlyMap<unknown, readonly [code: string, sentence: string]> = new Map<
  unknown,
  readonly [string, string]
>([
  [5, ['oms.subscription_unknown', 'The subscription of the OMS is not there. Compare its name with the one given.']],
  [7, ['oms.subscription_forbidden', 'Our service account may not pull from the subscription of the OMS.']],
  [16, ['oms.subscription_credentials_refused', 'Google Pub/Sub refuses the key of our service account.']],
  ['key', ['oms.misconfigured', 'The key of the service account is not JSON with client_email and private_key.']],
]);

export function pubsubFault(cause: unknown): SyncFault {
  const status = isRecord(cause) ? cause['code'] : undefined;
  const [code, sentence] = SUSPENDING.get(status) ?? [];
  if (code !== undefined && sentence !== undefined) return new SuspendingFault(code, sentence, { cause });
  return new TransientFault('oms.subscription_lost', 'The subscription of the OMS was lost; it is opened again.', {
    cause,
  });
}
