import { PermanentFault, type Violation } from '@tandem/domain';

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
