import { PermanentFault, TransientFault, type SiteProfile, type TrackedOrder, type Violation } from '@tandem/domain';

export const orderUnknown = (site: SiteProfile, crmOrderId: string) =>
  new PermanentFault('crm.order_unknown', `The CRM org of site ${site.id} has no order ${crmOrderId}.`, {
    context: { site: site.id, crmOrderId },
    violations: [
      {
        field: 'crmOrderId',
        rule: 'order.exists',
        sentence: 'The CRM has no order with this id, or hides it from the integration user.',
        remedy: 'Check the id and the site in the address, and the permissions of the integration user.',
      },
    ],
  });

export const orderNotKept = (site: string, orderNumber: string) =>
  new PermanentFault('orders.not_kept', `Order ${orderNumber} of site ${site} is not kept here.`, {
    context: { site, orderNumber },
    violations: [
      {
        field: 'orderNumber',
        rule: 'order.known',
        sentence: 'The order was never submitted through this installation.',
        remedy: 'Submit the order, then replay this message.',
      },
    ],
  });

export const notPlacedYet = (site: string, orderNumber: string) =>
  new TransientFault(
    'orders.not_placed_yet',
    `Order ${orderNumber} of site ${site} was edited before the OMS had it.`,
    {
      context: { site, orderNumber },
    },
  );

export const requestUnknown = ({ id, crmOrg }: SiteProfile, requestId: string) =>
  new PermanentFault('crm.request_unknown', `CRM org ${crmOrg} has no request ${requestId} of an agent.`, {
    context: { site: id, requestId },
    violations: [
      {
        field: 'requestId',
        rule: 'request.exists',
        sentence: 'The CRM has no request with this id, or hides it from the integration user.',
        remedy: 'Check the permissions of the integration user and replay this message, or let the agent ask again.',
      },
    ],
  });

/** The order stands at the OMS as it was agreed. */
export const editRefused = ({ order: { terms } }: TrackedOrder, violations: readonly Violation[]) =>
  new PermanentFault(
    'orders.edit_refused',
    `The edit of order ${terms.number} cannot be passed on: ${violations.map(({ sentence }) => sentence).join(' ')}`,
    { violations, context: { site: terms.site, orderNumber: terms.number } },
  );
