import type { Violation } from '@tandem/domain';

/** What is asked of an order that the OMS does not hold, or has archived (§3.9). */
export const ABSENT_ORDER: { readonly kind: 'refused'; readonly violations: readonly Violation[] } = {
  kind: 'refused',
  violations: [
    {
      field: 'number',
      rule: 'order.unknown',
      sentence: 'The OMS does not hold the order; it may have archived it.',
      remedy: 'Look the order up at the OMS. A save would create it anew.',
    },
  ],
};
