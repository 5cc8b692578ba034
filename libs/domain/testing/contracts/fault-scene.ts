import { faultOf, type SyncFault } from '@tandem/domain';

/** What a call failed with. @throws where it did not fail */
export async function faultFrom(call: () => Promise<unknown>): Promise<SyncFault> {
  const answer = await call().catch((thrown: unknown) => ({ fault: faultOf(thrown) }));
  if (typeof answer === 'object' && answer !== null && 'fault' in answer) return answer.fault as SyncFault;
  throw new Error(`Expected a fault, was answered ${JSON.stringify(answer)}`);
}
