import { PermanentFault } from '@tandem/domain';

/** The OMS uses a word that nobody has told us the meaning of. Messages that fail of the same word are found by it, and released together. */
export function unmapped(field: string, told: string, { sentence, remedy }: { sentence: string; remedy: string }) {
  return new PermanentFault('oms.unmapped_status', sentence, {
    context: { field, value: told.slice(0, 40) },
    violations: [{ field, rule: 'status.unmapped', sentence, remedy }],
  });
}
