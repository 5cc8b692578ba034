import { faultOf, PermanentFault, type SyncFault, type Violation } from '@tandem/domain';

/**
 * The fault of a call that several messages share, where it falls on all of them. What one of them brought about is thrown instead: then
 * the batch is halved until the one to blame stands alone.
 */
export function faultOfAll(thrown: unknown, messages: readonly unknown[]): SyncFault {
  const fault = faultOf(thrown);
  if (messages.length > 1 && (fault.kind === 'permanent' || fault.kind === 'defect')) throw fault;
  return fault;
}

export const customerRefused = (site: string, accountId: string, violations: readonly Violation[]) =>
  new PermanentFault(
    'customer.refused',
    `The customer cannot be taken on: ${violations.map((one) => one.sentence).join(' ')}`,
    { violations, context: { site, accountId } },
  );

export const orderNotKept = (site: string, orderNumber: string) =>
  new PermanentFault('customers.order_not_kept', `Order ${orderNumber} of site ${site} is not kept here.`, {
    context: { site, orderNumber },
    violations: [
      {
        field: 'orderNumber',
        rule: 'order.known',
        sentence: 'The order that needs the customer was never submitted through this installation.',
        remedy: 'Submit the order, then replay this message.',
      },
    ],
  });
