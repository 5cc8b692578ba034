import type { TenderStanding } from '../fulfillment/order-snapshot.js';
import { PermanentFault } from '../kernel/faults.js';
import type { Instant } from '../kernel/instant.js';
import type { Tender } from '../orders/order.js';
import { minus } from './minor.js';

/** Nothing is refunded that was not captured, tender by tender (I5, F18). */
export function checkTenders(tenders: readonly TenderStanding[]): void {
  tenders.forEach(({ captured, refunded }, index) => {
    if (refunded <= captured) return;
    const sentence = `More was refunded on tender ${index + 1} than was captured on it.`;
    throw new PermanentFault('money.refund_above_capture', sentence, {
      context: { captured, refunded },
      violations: [
        {
          field: `tenders[${index}].refunded`,
          rule: 'tender.refund_above_capture',
          sentence,
          remedy: 'Correct the refund at the OMS or at the payment provider; the order is published again then.',
        },
      ],
    });
  });
}

/** What the OMS did with each tender that was agreed on; one that we do not know of is no record of the CRM. */
export function tenderAccounts(
  tenders: readonly Tender[],
  told: readonly TenderStanding[] | null,
): readonly TenderStanding[] {
  return (told ?? []).filter(({ id }) => tenders.some((tender) => tender.id === id));
}

/** When the first authorization ends that money is still to be captured on; null where none is open or none ends (F22). */
export function nextExpiry(tenders: readonly Tender[], told: readonly TenderStanding[] | null): Instant | null {
  const accounts = tenders.map((tender) => told?.find(({ id }) => id === tender.id) ?? tender);
  const open = accounts.filter(({ authorized, captured }) => minus(authorized, captured) > 0);
  return open.flatMap(({ authorizationExpires }) => authorizationExpires ?? []).sort()[0] ?? null;
}
