import { ConflictFault, PermanentFault } from '../kernel/faults.js';
import { orderNumber } from '../kernel/ids.js';
import type { AcceptedOrder } from './order.js';
import { trackAccepted, type TrackedOrder } from './tracked-order.js';

/**
 * An order was found valid. One that the OMS does not hold yet is taken on as it now reads, also when it was accepted before: whoever
 * corrected it in the CRM submits it again. One number is one order: another CRM order under it is a fault that names the rule. One that
 * was placed meanwhile is a ConflictFault: what was edited since is a revision.
 */
export function decideSubmission(order: AcceptedOrder, known: TrackedOrder | undefined): TrackedOrder {
  if (!known) return trackAccepted(order);
  if (known.order.terms.crmOrderId !== order.terms.crmOrderId) throw numberTaken(order);
  if (known.order.state === 'submitted') throw placedMeanwhile();
  return { ...known, order };
}

const placedMeanwhile = () =>
  new ConflictFault('order.placed_meanwhile', 'The order was placed while it was read for another submission.');

const numberTaken = ({ terms }: AcceptedOrder) =>
  new PermanentFault(
    'order.number_taken',
    `Another order of the CRM was already submitted under the number of this one.`,
    {
      context: { site: terms.site, orderNumber: orderNumber(terms.number) },
      violations: [
        {
          field: 'number',
          rule: 'number.taken',
          sentence: 'Another order of the CRM was already submitted under this number.',
          remedy: 'Give the order a number of its own.',
        },
      ],
    },
  );
